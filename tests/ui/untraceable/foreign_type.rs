use refcycle::managed;


struct Foreign;

#[managed]
struct Node {
    name: String,
    handle: Foreign,
    #[managed(mut)]
    handles: Vec<Foreign>,
}

fn main() {}
