use refcycle::{Gc, managed};


#[managed(acylic)]
struct Node {
    #[managed(mutable)]
    a: i32,
    #[managed(wek)]
    b: Option<Gc<Node>>,
}

fn main() {}
