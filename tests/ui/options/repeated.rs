use refcycle::managed;


#[managed(this, this)]
struct Node {
    #[managed(mut, mut)]
    a: i32,
    #[managed(mut)]
    #[managed(mut)]
    b: i32,
}

fn main() {}
