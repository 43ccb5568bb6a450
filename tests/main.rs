//! All integration tests, in one binary.

mod foreign;
mod managed;
mod ui;
