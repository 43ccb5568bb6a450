//! A weak reference returns the object while it lives and `None` afterwards.

use super::python::*;

golden!("250_weak_basic");

#[managed]
struct T {
    name: &'static str,
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn main() {
    let t = T::new("t");
    let r = Gc::downgrade(&t);
    out!("alive {} {}", repr(&Gc::ptr_eq(&r.upgrade().unwrap(), &t)), r.upgrade().unwrap().name);
    let s = r.upgrade();
    drop(t);
    out!("kept by s {}", repr(&Gc::ptr_eq(&r.upgrade().unwrap(), s.as_ref().unwrap())));
    drop(s);
    out!("dead {} {}", repr(&r.upgrade().is_none()), repr(&r.upgrade().is_none()));
    let e = Gc::downgrade(&T::new("temp"));
    out!("born dead {}", repr(&e.upgrade().is_none()));
}
