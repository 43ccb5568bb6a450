//! `head = head.next` destroys nodes one at a time as the walk advances.

use super::python::*;

golden!("056_scope_linked_list_walk");

#[managed]
struct Node {
    value: i64,
    #[managed(mut)]
    next: Option<Gc<Node>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        out!("del {}", self.value);
    }
}

fn build(n: i64) -> Option<Gc<Node>> {
    let mut head = None;
    for i in (1..=n).rev() {
        head = Some(Node::new(i, head));
    }
    head
}

fn program() {
    let mut head = build(4);
    while let Some(node) = head {
        out!("at {}", node.value);
        head = node.next();
    }
    out!("walked");
    let head = build(3);
    let middle = head.as_ref().unwrap().next().unwrap();
    drop(head);
    out!("head dropped, middle {}", middle.value);
    middle.set_next(None);
    out!("tail cut");
}

fn main() {
    program();
    out!("end");
}
