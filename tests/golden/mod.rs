//! The examples print what CPython prints for the same program, byte for byte.

mod debug;
mod scripts;

use std::cell::RefCell;

thread_local! {
    static OUTPUT: RefCell<String> = const { RefCell::new(String::new()) };
}

fn print(line: &str) {
    OUTPUT.with_borrow_mut(|output| {
        output.push_str(line);
        output.push('\n');
    });
}

/// Takes the place of the standard macro in the examples, which are modules here.
macro_rules! println {
    ($($part:tt)*) => { super::print(&format!($($part)*)) };
}

#[path = "../../examples/notebook.rs"]
mod notebook;

#[test]
fn the_notebook_prints_what_cpython_prints() {
    notebook::main();
    let (output, expected) = (OUTPUT.take(), include_str!("notebook.out"));
    assert!(output == expected, "the notebook printed\n{output}\nbut CPython prints\n{expected}");
}
