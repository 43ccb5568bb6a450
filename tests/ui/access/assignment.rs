use refcycle::managed;


#[managed]
struct Node {
    #[managed(mut)]
    count: u32,
    name: String,
}

fn main() {
    let node = Node::new(1, "a".to_owned());
    node.count = 2;
    node.set_name("b".to_owned());
}
