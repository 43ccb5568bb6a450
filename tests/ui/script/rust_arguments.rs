// What scripts pass to functions of Rust, and does not fit.

use refcycle::{Gc, gc_script, managed};

#[managed]
struct Node {
    name: String,
}

impl Node {
    fn rename(&self, _name: &str) {}
}

struct Handle(i32);

fn handle_of(number: i32) -> Handle {
    Handle(number)
}

fn close(_handle: Handle) {}

gc_script! {
    use class Node;

    def wrong_types(node: Node) {
        node.rename(3);
        other = Node(2.5);
        number: int = Node::new("a");
    }

    def wrong_count(node: Node) { node.rename("a", "b"); }

    def not_moved() {
        handle = handle_of(3);
        close(handle);
        close(handle);
    }
}

fn main() {
    let _: Option<Gc<Node>> = None;
}
