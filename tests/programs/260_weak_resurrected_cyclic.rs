//! An object resurrected from a cycle has already lost its weak references, though it lives on.

use super::python::*;
use std::cell::RefCell;

golden!("260_weak_resurrected_cyclic");

thread_local! {
    static SAVED: RefCell<Vec<Gc<T>>> = const { RefCell::new(Vec::new()) };
}

#[managed(new = from_fields)]
struct T {
    name: &'static str,
    #[managed(mut)]
    me: Option<Gc<T>>,
}

impl T {
    fn new(name: &'static str) -> Gc<Self> {
        let this = T::from_fields(name, None);
        this.set_me(Some(this.clone()));
        this
    }
}

#[managed]
impl T {
    fn __del__(this: &Gc<Self>) {
        out!("del {}", this.name);
        SAVED.with_borrow_mut(|saved| saved.push(this.clone()));
    }
}

fn watch(t: &Gc<T>) -> WeakRef<T> {
    WeakRef::with_callback(t, (), |(), _| out!("callback"))
}

fn main() {
    gc::collect();
    gc::disable();
    let t = T::new("t");
    let r = watch(&t);
    drop(t);
    gc::collect();
    let saved = || SAVED.with_borrow(|saved| saved[0].clone());
    out!("alive: {} old ref dead: {}", saved().name, repr(&r.upgrade().is_none()));
    let s = watch(&saved());
    out!("new ref works: {}", repr(&Gc::ptr_eq(&s.upgrade().unwrap(), &saved())));
    drop(SAVED.take());
    gc::collect();
    out!("new ref dead: {}", repr(&s.upgrade().is_none()));
}
