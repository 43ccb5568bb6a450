//! A cycle with one old and one young member is invisible to a young collection.

use super::python::*;

golden!("173_cycle_across_generations");

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut, default)]
    other: Option<Gc<Node>>,
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
    gc::collect();
    let young = Node::new("young");
    old.set_other(Some(young.clone()));
    young.set_other(Some(old.clone()));
    drop((old, young));
    out!("collect(0) {}", gc::collect_generation(0));
    out!("collect(1) {}", gc::collect_generation(1));
    out!("collect(2) {}", gc::collect_generation(2));
}
