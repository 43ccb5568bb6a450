//! A tree whose children are in lists dies parent first, then children last to first, depth first.

use super::python::*;

golden!("140_del_tree_with_lists");

#[managed]
struct Node {
    name: String,
    children: Gc<List<Gc<Node>>>,
}

impl Node {
    fn grow(&self, width: usize, depth: usize) {
        if depth > 0 {
            for i in 0..width {
                let child = Node::new(format!("{}.{i}", self.name), List::new());
                child.grow(width, depth - 1);
                self.children.append(child);
            }
        }
    }
}

#[managed]
impl Node {
    fn __del__(&self) {
        out!("del {} {}", self.name, self.children.len());
    }
}

fn main() {
    let root = Node::new("r".to_owned(), List::new());
    root.grow(3, 2);
    out!("prune r.1");
    root.children.pop_at(1);
    out!("drop root");
    drop(root);
    out!("end");
}
