//! The examples print what CPython prints for the same program, byte for byte.

mod debug;
mod scripts;

use refcycle::builtins::{capture, write};

/// Where the prints of scripts go, too.
fn print(line: &str) {
    write(&format!("{line}\n")).expect("the test captures it");
}

/// Takes the place of the standard macro in the examples, which are modules here.
macro_rules! println {
    ($($part:tt)*) => { super::print(&format!($($part)*)) };
}

#[path = "../../examples/bank.rs"]
mod bank;
#[path = "../../examples/dom.rs"]
mod dom;
#[path = "../../examples/embed.rs"]
mod embed;
#[path = "../../examples/interpreter.rs"]
mod interpreter;
#[path = "../../examples/notebook.rs"]
#[allow(dead_code)]
mod notebook;
#[path = "../../examples/observer.rs"]
mod observer;
#[path = "../../examples/pipeline.rs"]
mod pipeline;
#[path = "../../examples/scheduler.rs"]
mod scheduler;

fn check(example: fn(), expected: &str) {
    let printed = capture(example);
    assert!(printed == expected, "it printed\n{printed}\nbut CPython prints\n{expected}");
}

#[test]
fn the_notebook_prints_what_cpython_prints() {
    check(notebook::in_rust, include_str!("notebook.out"));
}

#[test]
fn the_notebook_as_a_script_prints_what_cpython_prints() {
    check(notebook::in_script, include_str!("notebook.out"));
}

#[test]
fn the_pipeline_prints_what_cpython_prints() {
    check(pipeline::main, include_str!("pipeline.out"));
}

#[test]
fn the_scheduler_prints_what_cpython_prints() {
    check(scheduler::main, include_str!("scheduler.out"));
}

#[test]
fn the_bank_prints_what_cpython_prints() {
    check(bank::main, include_str!("bank.out"));
}

#[test]
fn the_document_tree_prints_what_cpython_prints() {
    check(dom::main, include_str!("dom.out"));
}

#[test]
fn the_interpreter_prints_what_cpython_prints() {
    check(interpreter::main, include_str!("interpreter.out"));
}

#[test]
fn the_observers_print_what_cpython_prints() {
    check(observer::main, include_str!("observer.out"));
}

#[test]
fn scripts_in_rust_print_what_cpython_prints() {
    check(embed::main, include_str!("embed.out"));
}
