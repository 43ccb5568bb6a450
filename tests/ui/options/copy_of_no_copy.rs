use refcycle::managed;


#[managed]
struct Node {
    #[managed(mut, copy)]
    name: String,
}

fn main() {}
