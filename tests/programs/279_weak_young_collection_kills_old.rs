//! A young collection may kill an old object; its callback and `__del__` cannot reach the young garbage.

use super::python::*;
use std::cell::RefCell;

golden!("279_weak_young_collection_kills_old");

thread_local! {
    static TARGET: RefCell<Weak<Node>> = const { RefCell::new(Weak::new()) };
}

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut, default)]
    me: Option<Gc<Node>>,
    #[managed(mut, default)]
    keeps: Option<Gc<Old>>,
}

#[managed]
struct Old {
    name: &'static str,
}

#[managed]
impl Old {
    fn __del__(&self) {
        let target = TARGET.with_borrow(Weak::upgrade);
        out!("del {} sees young garbage: {}", self.name, repr(&target.is_some()));
    }
}

#[managed]
struct Probe {
    target: Weak<Node>,
}

impl Probe {
    fn gone(&self) {
        out!("callback sees young garbage: {}", repr(&self.target.upgrade().is_some()));
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let old = Old::new("old");
    gc::collect();
    let y1 = Node::new("young1");
    y1.set_me(Some(y1.clone()));
    y1.set_keeps(Some(old.clone()));
    let y2 = Node::new("young2");
    y2.set_me(Some(y2.clone()));
    let plain = Gc::downgrade(&y2);
    TARGET.set(plain.clone());
    let probe = Probe::new(plain);
    let watch = WeakRef::with_callback(&old, probe, |probe, _| probe.gone());
    drop((old, y1, y2));
    out!("young collection {}", gc::collect_generation(0));
    out!("old is dead too: {}", repr(&watch.upgrade().is_none()));
}
