//! `collect` counts only what the collector had to find; refcounted deaths are not included.

use super::python::*;

golden!("166_cycle_acyclic_not_counted");

#[managed]
struct Node {
    name: String,
    #[managed(mut, default)]
    next: Option<Gc<Node>>,
}

fn node(name: impl Into<String>) -> Gc<Node> {
    Node::new(name.into())
}

fn main() {
    gc::collect();
    gc::disable();
    for i in 0..100 {
        node(format!("n{i}"));
    }
    out!("no cycles: {}", gc::collect());
    let mut chain = None;
    for i in 0..50 {
        let n = node(format!("c{i}"));
        n.set_next(chain);
        chain = Some(n);
    }
    drop(chain);
    out!("chain: {}", gc::collect());
    let a = node("a");
    a.set_next(Some(a.clone()));
    let keep = node("keep");
    keep.set_next(Some(keep.clone()));
    drop(a);
    out!("one lost, one kept: {}", gc::collect());
    keep.set_next(None);
    drop(keep);
    out!("unlinked by hand: {}", gc::collect());
}
