use refcycle::{Gc, managed};

use refcycle::Trace;

#[managed]
struct Node<T: Trace> {
    value: T,
    next: Option<Gc<Node<T>>>,
}

impl<T: Trace> Drop for Node<T> {
    fn drop(&mut self) {}
}

fn main() {}
