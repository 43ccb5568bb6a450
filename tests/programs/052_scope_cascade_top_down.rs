//! An owner's `__del__` runs before the `__del__` of what it owns.

use super::python::*;

golden!("052_scope_cascade_top_down");

#[managed]
struct Node {
    name: String,
    left: Option<Gc<Node>>,
    right: Option<Gc<Node>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn build(name: &str, depth: usize) -> Gc<Node> {
    if depth == 0 {
        return Node::new(name.to_owned(), None, None);
    }
    let left = build(&format!("{name}L"), depth - 1);
    let right = build(&format!("{name}R"), depth - 1);
    Node::new(name.to_owned(), Some(left), Some(right))
}

fn main() {
    let root = build("", 3);
    out!("drop root");
    drop(root);
    out!("end");
}
