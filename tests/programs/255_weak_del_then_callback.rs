//! Refcount death: `__del__` runs first with the reference still alive, callbacks next, fields last.

use super::python::*;
use std::cell::RefCell;

golden!("255_weak_del_then_callback");

thread_local! {
    static REF: RefCell<Option<WeakRef<T>>> = const { RefCell::new(None) };
}

fn referent() -> Option<Gc<T>> {
    REF.with_borrow(Option::clone).unwrap().upgrade()
}

#[managed]
struct Leaf {
    name: String,
}

#[managed]
impl Leaf {
    fn __del__(&self) {
        out!("del leaf {}", self.name);
    }
}

#[managed(new = from_fields)]
struct T {
    name: &'static str,
    leaf: Gc<Leaf>,
}

impl T {
    fn new(name: &'static str) -> Gc<Self> {
        T::from_fields(name, Leaf::new(format!("{name}.leaf")))
    }
}

#[managed]
impl T {
    fn __del__(this: &Gc<Self>) {
        let is_alive = referent().is_some_and(|referent| Gc::ptr_eq(&referent, this));
        out!("del {} weak ref alive: {}", this.name, repr(&is_alive));
    }
}

fn main() {
    let t = T::new("t");
    REF.set(Some(WeakRef::with_callback(&t, (), |(), _| out!("callback"))));
    drop(t);
    out!("end {}", repr(&referent().is_none()));
}
