//! A `__del__` that breaks its own cycle is fine: each object is finalized once and freed.

use super::python::*;

golden!("123_del_breaks_own_cycle");

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut, default)]
    next: Option<Gc<Node>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        match self.next() {
            None => out!("del {} already cut", self.name),
            Some(next) => {
                out!("del {} cutting {}", self.name, next.name);
                drop(next);
                self.set_next(None);
            }
        }
        out!("leave {}", self.name);
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let a = Node::new("a");
    a.set_next(Some(a.clone()));
    drop(a);
    gc::collect();
    out!("--");
    let b = Node::new("b");
    let c = Node::new("c");
    let d = Node::new("d");
    b.set_next(Some(c.clone()));
    c.set_next(Some(d.clone()));
    d.set_next(Some(b.clone()));
    drop((b, c, d));
    gc::collect();
    out!("end {}", gc::collect());
}
