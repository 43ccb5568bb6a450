use refcycle::{Gc, gc, managed};

#[managed]
struct Node {
    #[managed(mut)]
    next: Option<Gc<Node>>,
}

fn main() {
    let node = Node::new(Some(Node::new(None)));
    let next = {
        let hold = gc::hold();
        node.next_in(&hold).unwrap()
    };
    println!("{}", next.next().is_some());
}
