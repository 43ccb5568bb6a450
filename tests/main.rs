//! All integration tests, in one binary.

mod generator;
mod managed;
