use refcycle::managed;


#[managed]
struct Node {
    name: &str,
    label: &'static str,
}

fn main() {}
