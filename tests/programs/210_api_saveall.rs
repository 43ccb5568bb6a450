//! With `Debug::SAVEALL` garbage is finalized, then stored in `gc::garbage` instead of being freed.

use super::python::*;
use refcycle::gc::{Debug, garbage};

golden!("210_api_saveall");

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

fn ring(x: &'static str, y: &'static str) {
    let a = Node::new(x);
    let b = Node::new(y);
    a.set_next(Some(b.clone()));
    b.set_next(Some(a.clone()));
}

fn saved() -> Vec<Gc<Node>> {
    garbage::get().into_iter().map(|object| object.downcast().unwrap()).collect()
}

fn main() {
    gc::collect();
    gc::disable();
    gc::set_debug(Debug::SAVEALL);
    ring("a", "b");
    out!("found {}", gc::collect());
    out!("garbage {}", repr(&saved().iter().map(|n| n.name).collect::<Vec<_>>()));
    out!("intact {}", repr(&Gc::ptr_eq(&saved()[0].next().unwrap(), &saved()[1])));
    gc::set_debug(Debug::NONE);
    out!("still referenced, found {}", gc::collect());
    garbage::clear();
    out!("cleared, found {}", gc::collect());
    ring("c", "d");
    let found = gc::collect();
    out!("back to normal, found {found} garbage {}", garbage::len());
}
