use refcycle::{Gc, managed};

use std::collections::HashSet;

type Link = Option<Gc<Node>>;

#[managed]
struct Node {
    #[managed(weak)]
    a: Gc<Node>,
    #[managed(weak)]
    b: Link,
    #[managed(weak)]
    c: HashSet<Gc<Node>>,
    #[managed(weak)]
    d: i32,
}

fn main() {}
