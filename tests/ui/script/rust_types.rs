// What scripts do with types of Rust, and rustc knows better.

use refcycle::{Gc, gc_script, managed};

#[managed]
struct Node {
    name: String,
    #[managed(mut)]
    next: Option<Gc<Node>>,
    #[managed(mut)]
    count: i32,
}

gc_script! {
    use class Node;

    def fields(node: Node) {
        print(node.nam);
        print(node.cuont);
        node.name = "b";
        node.next = 3;
        node.count = "many";
    }

    def methods(node: Node) {
        node.walk();
    }
}

fn main() {}
