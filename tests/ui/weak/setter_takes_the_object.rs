use refcycle::{Gc, managed};


#[managed]
struct Node {
    #[managed(weak)]
    parent: Option<Gc<Node>>,
}

fn main() {
    let node = Node::new(None);
    node.set_parent(Gc::downgrade(&node));
}
