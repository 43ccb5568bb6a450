//! A panic that escapes `__del__` goes to the unraisable hook; the program continues.

use super::python::*;
use std::panic::catch_unwind;

golden!("102_del_exception_is_unraisable");

#[managed]
struct Bad {
    name: &'static str,
}

#[managed]
impl Bad {
    fn __del__(&self) {
        out!("del {}", self.name);
        raise("ValueError", format!("from {}", self.name));
    }
}

fn main() {
    set_unraisable_hook(|kind, message| out!("unraisable {kind} {message}"));
    let a = Bad::new("a");
    drop(a);
    out!("after a");
    let items = List::of([Bad::new("x"), Bad::new("y")]);
    items.clear();
    out!("after list {}", items.len());
    let outcome = catch_unwind(|| {
        Bad::new("t");
        out!("inside try");
    });
    if outcome.is_err() {
        out!("never caught here");
    }
    out!("end");
}
