//! Old garbage keeps the young objects it refers to until the old generation is collected.

use super::python::*;

golden!("174_cycle_old_garbage_keeps_young");

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut, default)]
    me: Option<Gc<Node>>,
    #[managed(mut, default)]
    held: Option<Gc<Node>>,
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
    let old = Node::new("old");
    old.set_me(Some(old.clone()));
    gc::collect();
    let young = Node::new("young");
    young.set_me(Some(young.clone()));
    old.set_held(Some(young.clone()));
    drop(young);
    drop(old);
    out!("collect(0) {}", gc::collect_generation(0));
    out!("collect(2) {}", gc::collect_generation(2));
}
