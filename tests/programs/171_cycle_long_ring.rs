//! A ring of 200000 nodes is collected without exhausting the stack.

use super::python::*;

golden!("171_cycle_long_ring");

thread_local! {
    static DEAD: Cell<usize> = const { Cell::new(0) };
}

#[managed]
struct Node {
    index: usize,
    #[managed(mut, default)]
    next: Option<Gc<Node>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        DEAD.set(DEAD.get() + 1);
    }
}

fn ring(n: usize) {
    let first = Node::new(0);
    let mut last = first.clone();
    for i in 1..n {
        let fresh = Node::new(i);
        last.set_next(Some(fresh.clone()));
        last = fresh;
    }
    last.set_next(Some(first));
}

fn main() {
    gc::collect();
    gc::disable();
    ring(200000);
    out!("collected {}", gc::collect());
    out!("finalized {}", DEAD.get());
    out!("again {}", gc::collect());
}
