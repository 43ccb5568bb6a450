use refcycle::{Gc, managed};


#[managed(acyclic)]
struct Node {
    #[managed(mut)]
    next: Option<Gc<Node>>,
    children: std::cell::RefCell<Vec<Gc<Node>>>,
}

fn main() {}
