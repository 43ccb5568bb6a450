//! A weak reference created inside `__del__` is dead once the object is gone, and its callback runs.

use super::python::*;
use std::cell::RefCell;

golden!("261_weak_created_in_del");

thread_local! {
    static REFS: RefCell<Vec<WeakRef<T>>> = const { RefCell::new(Vec::new()) };
}

#[managed]
struct T {
    name: &'static str,
}

#[managed]
impl T {
    fn __del__(this: &Gc<Self>) {
        let r = WeakRef::with_callback(this, (), |(), r| {
            out!("callback, dead: {}", repr(&r.upgrade().is_none()));
        });
        REFS.with_borrow_mut(|refs| refs.push(r.clone()));
        out!("inside {}", repr(&Gc::ptr_eq(&r.upgrade().unwrap(), this)));
    }
}

fn main() {
    let t = T::new("t");
    drop(t);
    out!("after {}", repr(&REFS.with_borrow(|refs| refs[0].upgrade().is_none())));
    drop(REFS.take());
}
