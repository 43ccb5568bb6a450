//! After `freeze`, new cycles are collected; `unfreeze` returns the frozen ones to the oldest generation.

use super::python::*;

golden!("222_api_freeze_then_collect_new");

#[managed(new = from_fields)]
struct Node {
    name: String,
    #[managed(mut)]
    me: Option<Gc<Node>>,
}

impl Node {
    fn new(name: impl Into<String>) -> Gc<Self> {
        let this = Node::from_fields(name.into(), None);
        this.set_me(Some(this.clone()));
        this
    }
}

#[managed]
impl Node {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let keep = Node::new("keep");
    gc::freeze();
    for i in 0..3 {
        Node::new(format!("n{i}"));
    }
    out!("collected {}", gc::collect());
    drop(keep);
    out!("collected {}", gc::collect());
    gc::unfreeze();
    out!("young collection {} {}", gc::collect_generation(0), gc::collect_generation(1));
    out!("full collection {}", gc::collect_generation(2));
}
