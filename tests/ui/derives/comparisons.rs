use refcycle::{Gc, managed};


#[managed]
#[derive(PartialEq, Eq, Hash)]
struct Node {
    #[managed(mut)]
    next: Option<Gc<Node>>,
}

fn main() {}
