use refcycle::{Gc, managed};

use std::rc::Rc;

#[managed]
struct Leaf {
    n: i32,
}

#[managed]
struct Node {
    leaf: Rc<Leaf>,
    other: Gc<Leaf>,
}

fn main() {}
