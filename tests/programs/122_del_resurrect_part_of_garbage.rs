//! Only what is reachable from the resurrected object survives; the rest of the same garbage is freed and counted.

use super::python::*;
use std::cell::RefCell;

golden!("122_del_resurrect_part_of_garbage");

thread_local! {
    static SAVED: RefCell<Vec<Gc<Node>>> = const { RefCell::new(Vec::new()) };
}

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut, default)]
    next: Option<Gc<Node>>,
    #[managed(mut, default)]
    down: Option<Gc<Node>>,
}

#[managed]
impl Node {
    fn __del__(this: &Gc<Self>) {
        out!("del {}", this.name);
        if this.name == "inner1" {
            SAVED.with_borrow_mut(|saved| saved.push(this.clone()));
        }
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let outer1 = Node::new("outer1");
    let outer2 = Node::new("outer2");
    let outer3 = Node::new("outer3");
    let inner1 = Node::new("inner1");
    let inner2 = Node::new("inner2");
    outer1.set_next(Some(outer2.clone()));
    outer2.set_next(Some(outer3.clone()));
    outer3.set_next(Some(outer1.clone()));
    outer1.set_down(Some(inner1.clone()));
    inner1.set_next(Some(inner2.clone()));
    inner2.set_next(Some(inner1.clone()));
    drop((outer1, outer2, outer3, inner1, inner2));
    out!("collected {}", gc::collect());
    let survivor = SAVED.with_borrow_mut(Vec::pop).unwrap();
    let next = survivor.next().unwrap();
    let is_ring = Gc::ptr_eq(&next.next().unwrap(), &survivor);
    out!("survivors {} {} {}", survivor.name, next.name, repr(&is_ring));
    drop((survivor, next));
    out!("collected {}", gc::collect());
    out!("collected {}", gc::collect());
}
