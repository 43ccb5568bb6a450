use refcycle::{Gc, managed};

use refcycle::Trace;

#[managed]
#[derive(PartialEq, PartialOrd)]
struct Node<T: Trace> {
    value: T,
    next: Option<Gc<Node<T>>>,
}

fn main() {}
