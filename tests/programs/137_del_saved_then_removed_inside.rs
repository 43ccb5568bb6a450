//! Storing the object globally and removing it again before `__del__` ends means no resurrection.

use super::python::*;
use std::cell::RefCell;

golden!("137_del_saved_then_removed_inside");

thread_local! {
    static BOX: RefCell<Vec<Gc<Holder>>> = const { RefCell::new(Vec::new()) };
}

#[managed]
struct Leaf {
    name: String,
}

#[managed]
impl Leaf {
    fn __del__(&self) {
        out!("leaf {}", self.name);
    }
}

#[managed(new = from_fields)]
struct Holder {
    name: &'static str,
    leaf: Gc<Leaf>,
}

impl Holder {
    fn new(name: &'static str) -> Gc<Self> {
        Holder::from_fields(name, Leaf::new(format!("{name}.leaf")))
    }
}

#[managed]
impl Holder {
    fn __del__(this: &Gc<Self>) {
        BOX.with_borrow_mut(|holders| holders.push(this.clone()));
        out!("del {} box {}", this.name, BOX.with_borrow(Vec::len));
        if this.name != "keep" {
            BOX.with_borrow_mut(Vec::pop);
        }
    }
}

fn main() {
    let h = Holder::new("gone");
    drop(h);
    out!("--");
    let k = Holder::new("keep");
    drop(k);
    out!("box {}", BOX.with_borrow(|holders| repr(&holders.iter().map(|x| x.name).collect::<Vec<_>>())));
    drop(BOX.take());
    out!("end");
}
