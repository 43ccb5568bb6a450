//! All integration tests, in one binary.

mod foreign;
mod golden;
mod managed;
mod model;
mod programs;
mod runtime;
mod script;
mod support;
mod ui;
