use refcycle::{Gc, managed};


#[derive(Debug, Clone)]
#[managed]
struct Node {
    #[managed(mut)]
    n: i32,
    next: Option<Gc<Node>>,
}

fn main() {}
