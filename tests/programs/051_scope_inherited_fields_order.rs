//! Fields of the base class are released before derived ones: a part by value, declared first.

use super::python::*;

golden!("051_scope_inherited_fields_order");

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

#[derive(Trace)]
struct Base {
    b1: Gc<T>,
    b2: Gc<T>,
}

#[managed(new = from_fields)]
struct Derived {
    base: Base,
    d1: Gc<T>,
    d2: Gc<T>,
}

impl Derived {
    fn new() -> Gc<Self> {
        let base = Base { b1: T::new("b1"), b2: T::new("b2") };
        Derived::from_fields(base, T::new("d1"), T::new("d2"))
    }
}

#[managed]
impl Derived {
    fn __del__(&self) {
        out!("del derived");
    }
}

fn main() {
    let d = Derived::new();
    out!("drop");
    drop(d);
    out!("end");
}
