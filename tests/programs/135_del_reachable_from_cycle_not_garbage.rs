//! An object reachable from garbage but also from a live variable is neither finalized nor freed.

use super::python::*;

golden!("135_del_reachable_from_cycle_not_garbage");

#[managed]
struct Node {
    name: &'static str,
    links: Gc<List<Gc<Node>>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        out!("del {} {}", self.name, self.links.len());
    }
}

fn node(name: &'static str) -> Gc<Node> {
    Node::new(name, List::new())
}

fn main() {
    gc::collect();
    gc::disable();
    let shared = node("shared");
    let a = node("a");
    let b = node("b");
    a.links.append(b.clone());
    b.links.append(a.clone());
    a.links.append(shared.clone());
    let below = node("below");
    shared.links.append(below.clone());
    drop((a, b, below));
    gc::collect();
    out!("shared is alive: {} {}", shared.name, shared.links.at(0).name);
    drop(shared);
    out!("end {}", gc::collect());
}
