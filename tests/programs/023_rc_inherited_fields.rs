//! Fields declared in a base class and in a derived class both count: a part by value, and a trait object.

use super::python::*;
use refcycle::unsize;

golden!("023_rc_inherited_fields");

#[managed]
struct Leaf {
    name: &'static str,
}

#[managed]
impl Leaf {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

#[derive(Trace)]
struct Base {
    first: Gc<Leaf>,
}

trait IsBase: Trace {
    fn base(&self) -> &Base;
}

#[managed]
struct Derived {
    base: Base,
    second: Gc<Leaf>,
}

impl IsBase for Derived {
    fn base(&self) -> &Base {
        &self.base
    }
}

fn main() {
    let leaf = Leaf::new("shared");
    let d = Derived::new(Base { first: leaf.clone() }, leaf.clone());
    out!("both fields: {}", gc::getrefcount(&leaf) - 2);
    let base = unsize!(d.clone() => dyn IsBase);
    out!("upcast adds none to the leaf: {}", gc::getrefcount(&leaf) - 2);
    out!("upcast adds one to the object: {}", gc::getrefcount(&d));
    drop(d);
    out!("alive through base: {}", base.base().first.name);
    drop(base);
    out!("fields released: {}", gc::getrefcount(&leaf) - 2);
}
