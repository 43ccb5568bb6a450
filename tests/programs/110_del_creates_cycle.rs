//! A cycle created by `__del__` during a collection is left for the next collection.

use super::python::*;

golden!("110_del_creates_cycle");

#[managed]
struct Ring {
    name: String,
    #[managed(mut, default)]
    other: Option<Gc<Ring>>,
}

#[managed]
impl Ring {
    fn __del__(&self) {
        out!("del ring {}", self.name);
    }
}

#[managed(new = from_fields)]
struct Maker {
    n: i64,
    #[managed(mut)]
    me: Option<Gc<Maker>>,
}

impl Maker {
    fn new(n: i64) -> Gc<Self> {
        let this = Maker::from_fields(n, None);
        this.set_me(Some(this.clone()));
        this
    }
}

#[managed]
impl Maker {
    fn __del__(&self) {
        out!("del maker {}", self.n);
        let a = Ring::new(format!("a{}", self.n));
        let b = Ring::new(format!("b{}", self.n));
        a.set_other(Some(b.clone()));
        b.set_other(Some(a.clone()));
    }
}

fn main() {
    gc::collect();
    gc::disable();
    Maker::new(1);
    out!("first collect {}", gc::collect());
    out!("second collect {}", gc::collect());
    out!("third collect {}", gc::collect());
}
