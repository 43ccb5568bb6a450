use refcycle::managed;


struct NoDefault;

#[managed]
struct Node {
    #[managed(mut, default = "none")]
    name: String,
    #[managed(untraced, default)]
    other: NoDefault,
}

fn main() {}
