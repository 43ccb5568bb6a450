//! Ten thousand two-node cycles are found and finalized in one collection.

use super::python::*;

golden!("170_cycle_many_small");

thread_local! {
    static DEAD: Cell<usize> = const { Cell::new(0) };
}

#[managed]
struct Node {
    #[managed(mut, default)]
    other: Option<Gc<Node>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        DEAD.set(DEAD.get() + 1);
    }
}

fn main() {
    gc::collect();
    gc::disable();
    for _ in 0..10000 {
        let a = Node::new();
        let b = Node::new();
        a.set_other(Some(b.clone()));
        b.set_other(Some(a.clone()));
    }
    out!("dead {}", DEAD.get());
    out!("collected {}", gc::collect());
    out!("dead {}", DEAD.get());
}
