//! At return, locals are destroyed in order of first assignment (parameters first): written as `drop`s here.

use super::python::*;

golden!("040_scope_locals_in_order");

#[managed(new = from_fields)]
struct T {
    name: &'static str,
}

impl T {
    fn new(name: &'static str) -> Gc<Self> {
        out!("new {name}");
        T::from_fields(name)
    }
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn work(p: Gc<T>, q: Gc<T>) {
    let a = T::new("a");
    let b = T::new("b");
    let c = T::new("c");
    out!("body done");
    // A tuple is dropped first to last.
    drop((p, q, a, b, c));
}

fn late_binding(flag: bool) {
    let second = flag.then(|| T::new("second"));
    let first = T::new("first");
    out!("body done");
    drop((second, first));
}

fn main() {
    out!("call work");
    work(T::new("p"), T::new("q"));
    out!("call late_binding(True)");
    late_binding(true);
    out!("call late_binding(False)");
    late_binding(false);
    out!("end");
}
