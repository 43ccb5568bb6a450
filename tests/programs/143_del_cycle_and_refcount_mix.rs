//! An object outside the cycle that the cycle keeps alive, and one that keeps the cycle: who dies when.

use super::python::*;

golden!("143_del_cycle_and_refcount_mix");

#[managed]
struct Node {
    name: &'static str,
    links: Gc<List<Gc<Node>>>,
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
    let before = node("before");
    let a = node("a");
    let b = node("b");
    let after = node("after");
    before.links.append(a.clone());
    a.links.append(b.clone());
    b.links.append(a.clone());
    b.links.append(after.clone());
    drop((a, b));
    out!("cycle held by before {}", before.links.at(0).links.len());
    drop(before);
    out!("before is gone, after is {}", after.name);
    drop(after);
    out!("collect {}", repr(&(gc::collect() > 0)));
}
