//! Two loops sharing one node are one garbage set; keeping any node keeps all.

use super::python::*;
use std::cell::RefCell;

golden!("159_cycle_figure_eight");

thread_local! {
    static DEAD: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut, default)]
    a: Option<Gc<Node>>,
    #[managed(mut, default)]
    b: Option<Gc<Node>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        DEAD.with_borrow_mut(|dead| dead.push(self.name));
    }
}

fn build() -> Gc<Node> {
    let mid = Node::new("mid");
    let l = Node::new("left");
    let r = Node::new("right");
    mid.set_a(Some(l.clone()));
    l.set_a(Some(mid.clone()));
    mid.set_b(Some(r.clone()));
    r.set_a(Some(mid));
    l
}

fn dead() -> Vec<&'static str> {
    DEAD.with_borrow(Vec::clone)
}

fn sorted(mut names: Vec<&'static str>) -> Vec<&'static str> {
    names.sort();
    names
}

fn main() {
    gc::collect();
    gc::disable();
    let keep = build();
    out!("collected {} {}", gc::collect(), repr(&dead()));
    out!("reach {}", keep.a().unwrap().b().unwrap().name);
    keep.a().unwrap().set_b(None);
    out!("right pointed at mid but nothing points at it: {}", repr(&dead()));
    drop(keep);
    out!("collected {} {}", gc::collect(), repr(&sorted(dead())));
    build();
    out!("whole eight at once {} {}", gc::collect(), repr(&dead()[3..].to_vec()));
}
