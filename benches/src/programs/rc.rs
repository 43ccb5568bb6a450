//! std's `Rc`: cycles are cut by hand, parents are weak. The measure of all.

use std::cell::RefCell;
use std::hint::black_box;
use std::rc::{Rc, Weak};

use super::shared::{self, contestant, objects};
use super::{Payload, Program, Token};
use crate::payload::Payload as _;
use crate::watch::Watch;

objects!(Rc, RefCell);
contestant!(Std, Rc {
    const CUTS: bool = true;

    #[inline]
    fn collect() {}
});

pub fn program(workload: &str) -> Option<Program> {
    if workload == "parents" { Some(parents) } else { shared::program::<Std>(workload) }
}

struct Child {
    links: [RefCell<Option<Rc<Child>>>; 2],
    _parent: RefCell<Weak<Child>>,
    _payload: Payload,
}

fn grow(depth: u32, parent: Weak<Child>) -> Rc<Child> {
    let links = [const { RefCell::new(None) }; 2];
    let payload = Payload::of(u64::from(depth));
    let node = Rc::new(Child { links, _parent: RefCell::new(parent), _payload: payload });
    if depth > 0 {
        for link in &node.links {
            *link.borrow_mut() = Some(grow(depth - 1, Rc::downgrade(&node)));
        }
    }
    node
}

fn parents(watch: &Watch) {
    let rounds = watch.scaled(400);
    watch.time("", rounds * shared::nodes(shared::PARENTS_DEPTH), || {
        for _ in 0..rounds {
            black_box(grow(shared::PARENTS_DEPTH, Weak::new()));
        }
    });
}
