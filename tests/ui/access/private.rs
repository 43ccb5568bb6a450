mod nodes {
    #[refcycle::managed]
    pub struct Node {
        #[managed(mut)]
        count: u32,
        #[managed(mut)]
        pub shown: u32,
    }
}

fn main() {
    let node = nodes::Node::new(1, 2);
    node.set_shown(3);
    node.set_count(3);
}
