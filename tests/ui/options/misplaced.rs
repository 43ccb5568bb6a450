use refcycle::managed;


#[managed(mut)]
struct Node {
    #[managed(acyclic)]
    a: i32,
}

#[managed(acyclic)]
impl Node {}

fn main() {}
