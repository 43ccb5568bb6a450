//! All integration tests, in one binary.

mod foreign;
mod managed;
mod model;
mod runtime;
mod support;
mod ui;
