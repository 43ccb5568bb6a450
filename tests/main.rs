//! All integration tests, in one binary.

mod managed;
mod programs;
