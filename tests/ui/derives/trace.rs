use refcycle::{Gc, managed};

use refcycle::Trace;

#[managed]
#[derive(Clone, Trace)]
struct Node {
    n: i32,
    next: Option<Gc<Node>>,
}

fn main() {}
