use refcycle::managed;


#[managed]
struct Node {
    #[managed(mut)]
    names: Vec<String>,
}

fn main() {
    let names = {
        let node = Node::new(vec![]);
        node.names_mut()
    };
    println!("{}", names.len());
}
