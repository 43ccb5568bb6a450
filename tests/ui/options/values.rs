use refcycle::managed;


#[managed(acyclic = false, crate, new)]
struct Node {
    #[managed(mut = true)]
    a: i32,
    #[managed(default = )]
    b: i32,
}

fn main() {}
