use refcycle::{Gc, managed};


#[managed]
struct Node {
    #[managed(untraced)]
    next: Option<Gc<Node>>,
}

fn main() {}
