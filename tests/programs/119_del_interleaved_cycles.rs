//! Two independent cycles found together are finalized interleaved by creation, not cycle by cycle.

use super::python::*;

golden!("119_del_interleaved_cycles");

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut, default)]
    next: Option<Gc<Node>>,
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
    let a1 = Node::new("a1");
    let b1 = Node::new("b1");
    let a2 = Node::new("a2");
    let b2 = Node::new("b2");
    a1.set_next(Some(a2.clone()));
    a2.set_next(Some(a1.clone()));
    b1.set_next(Some(b2.clone()));
    b2.set_next(Some(b1.clone()));
    drop((a1, b1, a2, b2));
    out!("collected {}", gc::collect());
}
