//! All integration tests, in one binary.

mod foreign;
mod generator;
mod golden;
mod inspect;
mod managed;
mod model;
mod programs;
mod runtime;
mod script;
mod support;
mod ui;
mod weakcoll;
