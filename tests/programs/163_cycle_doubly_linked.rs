//! A doubly linked list dropped at once needs the collector; unlinked nodes do not.

use super::python::*;

golden!("163_cycle_doubly_linked");

#[managed]
struct Node {
    value: i64,
    #[managed(mut, default)]
    prev: Option<Gc<Node>>,
    #[managed(mut, default)]
    next: Option<Gc<Node>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        out!("del {}", self.value);
    }
}

#[managed]
struct DList {
    #[managed(mut, default)]
    head: Option<Gc<Node>>,
    #[managed(mut, default)]
    tail: Option<Gc<Node>>,
}

impl DList {
    fn append(&self, value: i64) -> Gc<Node> {
        let n = Node::new(value);
        match self.tail() {
            None => self.set_head(Some(n.clone())),
            Some(tail) => {
                n.set_prev(Some(tail.clone()));
                tail.set_next(Some(n.clone()));
            }
        }
        self.set_tail(Some(n.clone()));
        n
    }

    fn unlink(&self, n: Gc<Node>) {
        match n.prev() {
            None => self.set_head(n.next()),
            Some(prev) => prev.set_next(n.next()),
        }
        match n.next() {
            None => self.set_tail(n.prev()),
            Some(next) => next.set_prev(n.prev()),
        }
        n.set_prev(None);
        n.set_next(None);
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let d = DList::new();
    d.append(1);
    let second = d.append(2);
    d.append(3);
    d.append(4);
    d.unlink(second.clone());
    out!("unlinked");
    drop(second);
    out!("second is gone");
    d.unlink(d.tail().unwrap());
    out!("tail is gone");
    drop(d);
    out!("list dropped");
    out!("collected {}", gc::collect());
}
