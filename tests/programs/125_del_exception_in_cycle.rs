//! A panic in one `__del__` of a cycle is reported; the others still run and everything is freed.

use super::python::*;

golden!("125_del_exception_in_cycle");

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
        if self.name == "b" {
            raise("RuntimeError", "trouble in b");
        }
    }
}

fn main() {
    set_unraisable_hook(|kind, message| out!("unraisable {kind} {message}"));
    gc::collect();
    gc::disable();
    let a = Node::new("a");
    let b = Node::new("b");
    let c = Node::new("c");
    a.set_next(Some(b.clone()));
    b.set_next(Some(c.clone()));
    c.set_next(Some(a.clone()));
    drop((a, b, c));
    out!("collected {}", gc::collect());
    out!("garbage {}", gc::garbage::len());
}
