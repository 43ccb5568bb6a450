//! `__del__` runs exactly once, at the moment the last reference goes.

use super::python::*;
use std::cell::RefCell;

golden!("100_del_basic");

thread_local! {
    static DELETED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

#[managed]
struct T {
    name: String,
}

#[managed]
impl T {
    fn __del__(&self) {
        DELETED.with_borrow_mut(|deleted| deleted.push(self.name.clone()));
    }
}

fn deleted() -> String {
    DELETED.with_borrow(repr)
}

fn main() {
    let a = T::new("a".to_owned());
    let b = a.clone();
    drop(a);
    out!("{}", deleted());
    drop(b);
    out!("{}", deleted());
    T::new("c".to_owned());
    out!("{}", deleted());
    for i in 0..3 {
        T::new(format!("n{i}"));
    }
    out!("{}", deleted());
}
