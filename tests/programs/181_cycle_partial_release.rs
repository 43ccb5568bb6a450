//! After the collector clears a garbage cycle, live objects lose exactly the references it held.

use super::python::*;

golden!("181_cycle_partial_release");

#[managed]
struct Res {
    name: &'static str,
}

#[managed]
impl Res {
    fn __del__(&self) {
        out!("del res {}", self.name);
    }
}

#[managed(new = from_fields)]
struct Node {
    #[managed(mut)]
    peer: Option<Gc<Node>>,
    #[managed(mut)]
    res: Gc<Res>,
    more: Gc<List<Gc<Res>>>,
}

impl Node {
    fn new(res: &Gc<Res>) -> Gc<Self> {
        Node::from_fields(None, res.clone(), List::of([res.clone(), res.clone()]))
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let r = Res::new("shared");
    let own = Res::new("own");
    let a = Node::new(&r);
    let b = Node::new(&r);
    a.set_peer(Some(b.clone()));
    b.set_peer(Some(a.clone()));
    a.set_res(own.clone());
    out!("counts {} {}", gc::getrefcount(&r) - 1, gc::getrefcount(&own) - 1);
    drop((a, b, own));
    gc::collect();
    out!("after collect {} {}", gc::getrefcount(&r) - 1, r.name);
}
