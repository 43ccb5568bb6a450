use refcycle::{Gc, managed};


#[managed]
struct Node {
    #[managed(mut)]
    next: Option<Gc<Node>>,
    name: String,
}

fn main() {
    let node = Node::new(None, "a".to_owned());
    println!("{}", node.next.is_some());
}
