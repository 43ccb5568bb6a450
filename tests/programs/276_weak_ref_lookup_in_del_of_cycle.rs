//! Inside a cyclic `__del__` partners are reachable by fields but no longer by weak references.

use super::python::*;

golden!("276_weak_ref_lookup_in_del_of_cycle");

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut, default)]
    strong: Option<Gc<Node>>,
    #[managed(weak, default)]
    weak: Option<Gc<Node>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        out!("del {} field: {} weak: {}", self.name, self.strong().unwrap().name, repr(&self.weak().is_none()));
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let a = Node::new("a");
    let b = Node::new("b");
    a.set_strong(Some(b.clone()));
    b.set_strong(Some(a.clone()));
    a.set_weak(Some(b.clone()));
    b.set_weak(Some(a.clone()));
    let is = |x: &Gc<Node>, y: &Gc<Node>| repr(&Gc::ptr_eq(&x.weak().unwrap(), y));
    out!("before {} {}", is(&a, &b), is(&b, &a));
    drop((a, b));
    gc::collect();
    out!("end");
}
