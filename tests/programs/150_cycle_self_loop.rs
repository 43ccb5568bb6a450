//! An object that references itself is freed only by the collector and counts as one.

use super::python::*;

golden!("150_cycle_self_loop");

#[managed(new = from_fields)]
struct Loop {
    name: &'static str,
    #[managed(mut)]
    me: Option<Gc<Loop>>,
}

impl Loop {
    fn new(name: &'static str) -> Gc<Self> {
        let this = Loop::from_fields(name, None);
        this.set_me(Some(this.clone()));
        this
    }
}

#[managed]
impl Loop {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let a = Loop::new("a");
    drop(a);
    out!("dropped");
    out!("collected {}", gc::collect());
    out!("collected {}", gc::collect());
    let b = Loop::new("b");
    b.set_me(None);
    drop(b);
    out!("b needed no collector, collected {}", gc::collect());
}
