//! The macros of refcycle.
#![allow(dead_code)]
mod paths;
mod report;
mod script;
