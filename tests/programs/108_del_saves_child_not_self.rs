//! `__del__` may move a child out; the child survives its owner.

use super::python::*;
use std::cell::RefCell;

golden!("108_del_saves_child_not_self");

thread_local! {
    static RESCUED: RefCell<Vec<Gc<Leaf>>> = const { RefCell::new(Vec::new()) };
}

#[managed]
struct Leaf {
    name: &'static str,
}

#[managed]
impl Leaf {
    fn __del__(&self) {
        out!("del leaf {}", self.name);
    }
}

#[managed(new = from_fields)]
struct Owner {
    keep: Gc<Leaf>,
    drop: Gc<Leaf>,
}

impl Owner {
    fn new() -> Gc<Self> {
        Owner::from_fields(Leaf::new("keep"), Leaf::new("drop"))
    }
}

#[managed]
impl Owner {
    fn __del__(&self) {
        out!("del owner");
        RESCUED.with_borrow_mut(|rescued| rescued.push(self.keep.clone()));
    }
}

fn main() {
    let o = Owner::new();
    drop(o);
    out!("rescued {}", RESCUED.with_borrow(|rescued| repr(&rescued.iter().map(|x| x.name).collect::<Vec<_>>())));
    drop(RESCUED.take());
    out!("end");
}
