//! Counts of every node in a small graph equal its in-degree plus its names.

use super::python::*;

golden!("022_rc_two_way_graph");

#[managed]
struct Node {
    name: &'static str,
    out: Gc<List<Gc<Node>>>,
}

impl Node {
    fn named(name: &'static str) -> Gc<Self> {
        Node::new(name, List::new())
    }

    fn link(&self, other: &Gc<Node>) {
        self.out.append(other.clone());
    }
}

fn main() {
    let a = Node::named("a");
    let b = Node::named("b");
    let c = Node::named("c");
    a.link(&b);
    a.link(&c);
    b.link(&c);
    c.link(&a);
    c.link(&c);
    out!("a {}", gc::getrefcount(&a) - 1);
    out!("b {}", gc::getrefcount(&b) - 1);
    out!("c {}", gc::getrefcount(&c) - 1);
    let itself = c.out.items().iter().position(|node| Gc::ptr_eq(node, &c)).unwrap();
    c.out.pop_at(itself);
    out!("c after unlink of itself {}", gc::getrefcount(&c) - 1);
    b.out.clear();
    out!("c after b cleared {}", gc::getrefcount(&c) - 1);
    a.out.clear();
    out!("a {} b {} c {}", gc::getrefcount(&a) - 1, gc::getrefcount(&b) - 1, gc::getrefcount(&c) - 1);
}
