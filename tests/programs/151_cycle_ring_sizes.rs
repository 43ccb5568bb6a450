//! A ring of n objects is n unreachable objects.

use super::python::*;

golden!("151_cycle_ring_sizes");

thread_local! {
    static ALIVE: Cell<usize> = const { Cell::new(0) };
}

#[managed(new = from_fields)]
struct Node {
    #[managed(mut)]
    next: Option<Gc<Node>>,
}

impl Node {
    fn new() -> Gc<Self> {
        ALIVE.set(ALIVE.get() + 1);
        Node::from_fields(None)
    }
}

#[managed]
impl Node {
    fn __del__(&self) {
        ALIVE.set(ALIVE.get() - 1);
    }
}

fn ring(n: usize) {
    let first = Node::new();
    let mut last = first.clone();
    for _ in 0..n - 1 {
        let fresh = Node::new();
        last.set_next(Some(fresh.clone()));
        last = fresh;
    }
    last.set_next(Some(first));
}

fn main() {
    gc::collect();
    gc::disable();
    for n in [1, 2, 3, 10, 100, 1000] {
        ring(n);
        let alive = ALIVE.get();
        let collected = gc::collect();
        out!("ring {n} alive {alive} collected {collected} alive {}", ALIVE.get());
    }
}
