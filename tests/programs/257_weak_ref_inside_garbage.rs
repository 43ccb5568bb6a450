//! A weak reference that is itself part of the garbage never calls back; one outside does.

use super::python::*;

golden!("257_weak_ref_inside_garbage");

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut, default)]
    peer: Option<Gc<Node>>,
    #[managed(mut, default)]
    watch: Option<WeakRef<Node>>,
}

impl Node {
    fn gone(&self) {
        out!("inside callback of {}", self.name);
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let a = Node::new("a");
    let b = Node::new("b");
    a.set_peer(Some(b.clone()));
    b.set_peer(Some(a.clone()));
    a.set_watch(Some(WeakRef::with_callback(&b, a.clone(), |a, _| a.gone())));
    b.set_watch(Some(WeakRef::with_callback(&a, b.clone(), |b, _| b.gone())));
    let out = WeakRef::with_callback(&a, (), |(), _| out!("outside callback"));
    drop((a, b));
    gc::collect();
    out!("end {}", repr(&out.upgrade().is_none()));
}
