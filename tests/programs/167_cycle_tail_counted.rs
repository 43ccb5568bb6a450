//! Acyclic objects that only garbage refers to are part of the count.

use super::python::*;

golden!("167_cycle_tail_counted");

#[managed]
struct Node {
    #[managed(mut)]
    next: Option<Gc<Node>>,
    #[managed(mut)]
    tail: Option<Gc<Node>>,
}

fn main() {
    gc::collect();
    gc::disable();
    let mut t = None;
    for _ in 0..10 {
        t = Some(Node::new(None, t));
    }
    let a = Node::new(None, t.clone());
    a.set_next(Some(a.clone()));
    drop((t, a));
    out!("loop with a tail of ten: {}", gc::collect());
    let b = Node::new(None, None);
    b.set_next(Some(b.clone()));
    let front = Node::new(Some(b.clone()), None);
    drop(b);
    let next = front.next().unwrap();
    let is_loop = Gc::ptr_eq(&next, &next.next().unwrap());
    drop(next);
    out!("in front of the loop: {} {}", repr(&is_loop), gc::collect());
    drop(front);
    out!("front died by refcount, loop left: {}", gc::collect());
}
