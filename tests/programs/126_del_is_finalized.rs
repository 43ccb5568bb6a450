//! `gc::is_finalized` is true once `__del__` has run, and stays true for a resurrected object.

use super::python::*;
use std::cell::RefCell;

golden!("126_del_is_finalized");

thread_local! {
    static SAVED: RefCell<Vec<Gc<T>>> = const { RefCell::new(Vec::new()) };
}

#[managed]
struct T {
    name: &'static str,
    #[managed(mut, default)]
    me: Option<Gc<T>>,
}

#[managed]
impl T {
    fn __del__(this: &Gc<Self>) {
        out!("del {}", this.name);
        SAVED.with_borrow_mut(|saved| saved.push(this.clone()));
    }
}

fn saved(index: usize) -> Gc<T> {
    SAVED.with_borrow(|saved| saved[index].clone())
}

fn main() {
    gc::collect();
    gc::disable();
    let t = T::new("t");
    out!("before {}", repr(&gc::is_finalized(&t)));
    drop(t);
    out!("after {}", repr(&gc::is_finalized(&saved(0))));
    let c = T::new("c");
    c.set_me(Some(c.clone()));
    out!("before {}", repr(&gc::is_finalized(&c)));
    drop(c);
    gc::collect();
    out!("after {}", repr(&gc::is_finalized(&saved(1))));
    saved(1).set_me(None);
    drop(SAVED.take());
    out!("end {}", SAVED.with_borrow(Vec::len));
}
