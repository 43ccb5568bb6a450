//! `gc::disable` stops only the cycle collector; refcount deaths stay immediate.

use super::python::*;

golden!("168_cycle_disable_keeps_refcounting");

#[managed]
struct T {
    name: &'static str,
    #[managed(mut, default)]
    me: Option<Gc<T>>,
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn main() {
    gc::collect();
    gc::disable();
    out!("enabled {}", repr(&gc::is_enabled()));
    let a = T::new("acyclic");
    drop(a);
    let b = T::new("cyclic");
    b.set_me(Some(b.clone()));
    drop(b);
    for i in 0..5000 {
        let _pad = List::of([Object::from(Gc::new(i))]);
    }
    out!("cycle not collected while disabled");
    out!("explicit collect works {}", gc::collect());
    gc::enable();
    out!("enabled {}", repr(&gc::is_enabled()));
}
