use refcycle::managed;


#[managed]
struct Node {
    #[managed]
    a: i32,
    #[managed()]
    b: i32,
    #[managed = "mut"]
    c: i32,
}

fn main() {}
