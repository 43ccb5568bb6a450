//! As Rust with a `#[managed]` type.

use refcycle::{Gc, managed};

#[managed]
struct Node {
    #[managed(mut)]
    left: Option<Gc<Node>>,
    #[managed(mut)]
    right: Option<Gc<Node>>,
    #[managed(mut, default)]
    i: i64,
    #[managed(mut, default)]
    j: i64,
}

fn nodes(depth: u32) -> i64 {
    (1 << (depth + 1)) - 1
}

fn populate(depth: u32, node: &Node) {
    if depth > 0 {
        let (left, right) = (Node::new(None, None), Node::new(None, None));
        node.set_left(Some(left.clone()));
        node.set_right(Some(right.clone()));
        populate(depth - 1, &left);
        populate(depth - 1, &right);
    }
}

fn make(depth: u32) -> Gc<Node> {
    if depth == 0 { Node::new(None, None) } else { Node::new(Some(make(depth - 1)), Some(make(depth - 1))) }
}

pub fn run(times: i64) -> i64 {
    let deepest = 12;
    let mut made = 0;
    for _ in 0..times {
        let long_lived = Node::new(None, None);
        populate(deepest, &long_lived);
        let array: Vec<f64> = (1..=5000).map(|at| 1.0 / f64::from(at)).collect();
        for depth in (4..=deepest).step_by(2) {
            let count = 2 * nodes(deepest) / nodes(depth);
            for _ in 0..count {
                populate(depth, &Node::new(None, None));
                made += nodes(depth);
            }
            for _ in 0..count {
                drop(make(depth));
                made += nodes(depth);
            }
        }
        if long_lived.left().is_none() || array[1000] != 1.0 / 1001.0 {
            return 0;
        }
    }
    made
}
