use refcycle::{Gc, managed};


#[managed]
struct Node {
    #[managed(mut, copy, guard)]
    a: i32,
    #[managed(copy)]
    b: i32,
    #[managed(weak, untraced)]
    c: Option<Gc<Node>>,
}

fn main() {}
