//! Rewiring decides what is garbage at each collection.

use super::python::*;

golden!("177_cycle_mutated_between_collections");

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut)]
    out: Gc<List<Gc<Node>>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn node(name: &'static str) -> Gc<Node> {
    Node::new(name, List::new())
}

fn main() {
    gc::collect();
    gc::disable();
    let root = node("root");
    let a = node("a");
    let b = node("b");
    let c = node("c");
    root.set_out(List::of([a.clone()]));
    a.set_out(List::of([b.clone()]));
    b.set_out(List::of([c.clone(), a.clone()]));
    c.set_out(List::of([b.clone()]));
    drop((a, b, c));
    out!("all reachable");
    gc::collect();
    out!("move c up, drop a from root");
    let c2 = root.out().at(0).out().at(0).out().at(0);
    root.set_out(List::of([c2.clone()]));
    c2.set_out(List::new());
    drop(c2);
    gc::collect();
    out!("root has {}", repr(&root.out().map(|n| n.name)));
    root.out().at(0).out().append(root.clone());
    out!("root in cycle with c");
    gc::collect();
    drop(root);
    out!("last collect");
    gc::collect();
    out!("end");
}
