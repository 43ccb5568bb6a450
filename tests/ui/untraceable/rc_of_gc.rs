use refcycle::{Gc, managed};

use std::rc::Rc;

#[managed]
struct Node {
    #[managed(mut)]
    next: Option<Rc<Gc<Node>>>,
}

fn main() {}
