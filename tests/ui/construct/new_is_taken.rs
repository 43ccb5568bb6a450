use refcycle::{Gc, managed};


#[managed]
struct Node {
    n: i32,
}

impl Node {
    fn new() -> Gc<Self> {
        loop {}
    }
}

fn main() {}
