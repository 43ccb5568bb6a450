use refcycle::managed;

#[managed]
struct Node {
    name: String,
}

fn main() {
    let node = Node::new("a".to_owned());
    node.name = "b".to_owned();
}
