//! In one collection external callbacks run by referent creation order, newest reference first within one referent.

use super::python::*;

golden!("258_weak_callback_order_in_collection");

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

fn announced(node: &Gc<Node>, label: &'static str) -> WeakRef<Node> {
    WeakRef::with_callback(node, label, |label, _| out!("callback {label}"))
}

fn main() {
    gc::collect();
    gc::disable();
    let a = Node::new("a");
    let b = Node::new("b");
    a.set_next(Some(b.clone()));
    b.set_next(Some(a.clone()));
    let refs = [announced(&b, "b1"), announced(&a, "a1"), announced(&b, "b2"), announced(&a, "a2")];
    drop((a, b));
    gc::collect();
    out!("dead {}", repr(&refs.map(|r| r.upgrade().is_none()).to_vec()));
}
