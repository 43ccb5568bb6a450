//! All integration tests, in one binary.

mod managed;
mod model;
mod runtime;
mod support;
