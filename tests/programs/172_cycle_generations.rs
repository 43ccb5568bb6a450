//! A young collection sees only young objects; survivors move up and need an older collection.

use super::python::*;

golden!("172_cycle_generations");

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
    let young = Loop::new("young");
    drop(young);
    out!("collect(0) {}", gc::collect_generation(0));

    let older = Loop::new("older");
    gc::collect_generation(0);
    drop(older);
    out!("collect(0) {}", gc::collect_generation(0));
    out!("collect(1) {}", gc::collect_generation(1));

    let oldest = Loop::new("oldest");
    gc::collect_generation(0);
    gc::collect_generation(1);
    drop(oldest);
    out!("collect(0) {}", gc::collect_generation(0));
    out!("collect(1) {}", gc::collect_generation(1));
    out!("collect(2) {}", gc::collect_generation(2));
}
