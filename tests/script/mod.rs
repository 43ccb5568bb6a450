//! `gc_script!` seen from Rust: its items, its statements, and the parts of the language that the golden programs leave out.

mod any;
mod arguments;
mod construct;
mod defaults;
mod fields;
mod generators;
mod items;
mod language;
mod locals;
mod managed;
mod places;
mod rust;
mod statements;
