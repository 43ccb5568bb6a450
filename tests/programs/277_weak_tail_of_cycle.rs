//! Callbacks also run, before any `__del__`, for acyclic objects that die with the cycle.

use super::python::*;

golden!("277_weak_tail_of_cycle");

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut, default)]
    me: Option<Gc<Node>>,
    #[managed(mut, default)]
    tail: Option<Gc<Node>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn announced(node: &Gc<Node>, label: &'static str) -> WeakRef<Node> {
    WeakRef::with_callback(node, label, |label, r| out!("callback {label} {}", repr(&r.upgrade().is_none())))
}

fn main() {
    gc::collect();
    gc::disable();
    let a = Node::new("a");
    a.set_me(Some(a.clone()));
    let t = Node::new("t");
    a.set_tail(Some(t.clone()));
    let rt = announced(&t, "t");
    let ra = announced(&a, "a");
    drop((a, t));
    out!("tail still alive: {}", repr(&rt.upgrade().is_some()));
    gc::collect();
    out!("end {}", repr(&ra.upgrade().is_none()));
}
