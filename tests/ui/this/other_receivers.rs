use refcycle::{Gc, managed};


#[managed(this)]
struct Node {
    n: i32,
}

#[managed]
impl Node {
    fn a(self: &Gc<Self>) {}
    fn b(this: Gc<Self>) {}
}

fn main() {}
