//! Resurrection happens before fields are released, so owned objects survive with their owner.

use super::python::*;
use std::cell::RefCell;

golden!("107_del_resurrect_keeps_children");

thread_local! {
    static SAVED: RefCell<Option<Gc<Owner>>> = const { RefCell::new(None) };
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
    leaf: Gc<Leaf>,
    leaves: Gc<List<Gc<Leaf>>>,
}

impl Owner {
    fn new() -> Gc<Self> {
        Owner::from_fields(Leaf::new("one"), List::of([Leaf::new("two"), Leaf::new("three")]))
    }
}

#[managed]
impl Owner {
    fn __del__(this: &Gc<Self>) {
        out!("del owner");
        SAVED.set(Some(this.clone()));
    }
}

fn main() {
    let o = Owner::new();
    drop(o);
    out!("saved {}", repr(&SAVED.with_borrow(Option::is_some)));
    let saved = || SAVED.with_borrow(Option::clone).unwrap();
    out!("{} {}", saved().leaf.name, repr(&saved().leaves.map(|x| x.name)));
    saved().leaves.pop_at(0);
    out!("popped one");
    drop(SAVED.take());
    out!("end");
}
