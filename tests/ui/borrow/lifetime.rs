use refcycle::managed;


#[managed]
struct Node<'a> {
    name: &'a str,
}

fn main() {}
