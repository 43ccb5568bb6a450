use refcycle::{Gc, managed};


#[managed]
struct Node {
    n: i32,
}

#[managed]
impl Node {
    fn me(this: &Gc<Self>) -> Gc<Self> {
        this.clone()
    }
}

fn main() {}
