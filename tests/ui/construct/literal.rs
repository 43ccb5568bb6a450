use refcycle::managed;


#[managed]
struct Point {
    x: i32,
}

#[managed]
struct Node {
    #[managed(mut)]
    x: i32,
}

fn main() {
    let _point = Point { x: 1 };
    let _node = Node { x: 1 };
}
