//! All integration tests, in one binary.

mod foreign;
mod generator;
mod golden;
mod managed;
mod model;
mod programs;
mod runtime;
mod support;
mod ui;
