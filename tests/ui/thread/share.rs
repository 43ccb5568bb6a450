use refcycle::managed;


#[managed]
struct Node {
    #[managed(mut)]
    n: i32,
}

fn send<T: Sync>(_: &T) {}

fn main() {
    send(&Node::new(1));
}
