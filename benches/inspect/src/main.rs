//! Times what `inspect` does to a heap of a million objects, in nanoseconds an object: the best of several runs.
//!
//! `cargo run --release --manifest-path benches/inspect/Cargo.toml`

use std::hint::black_box;
use std::time::Instant;

use refcycle::inspect::{self, Picture, Snapshot};
use refcycle::{Gc, managed};

const OBJECTS: usize = 1_000_000;
const RUNS: usize = 7;

/// A tree whose nodes know their parents, each with a leaf of one of three types.
#[managed]
struct Node {
    #[managed(mut)]
    parent: Option<Gc<Node>>,
    #[managed(mut)]
    children: Vec<Gc<Node>>,
    #[managed(mut)]
    leaf: Option<Leaf>,
}

#[derive(refcycle::Trace)]
enum Leaf {
    Number(Gc<u64>),
    Text(Gc<String>),
    Bytes(Gc<[u8; 100]>),
}

fn leaf(number: usize) -> Leaf {
    match number % 3 {
        0 => Leaf::Number(Gc::new(number as u64)),
        1 => Leaf::Text(Gc::new(String::new())),
        _ => Leaf::Bytes(Gc::new([0; 100])),
    }
}

/// A binary tree of half as many nodes as there are objects.
fn tree() -> Vec<Gc<Node>> {
    let mut nodes: Vec<Gc<Node>> = Vec::with_capacity(OBJECTS / 2);
    for number in 0..OBJECTS / 2 {
        let parent = (number > 0).then(|| nodes[(number - 1) / 2].clone());
        let node = Node::new(parent.clone(), Vec::new(), Some(leaf(number)));
        if let Some(parent) = parent {
            parent.children_mut().push(node.clone());
        }
        nodes.push(node);
    }
    nodes
}

fn time<R>(name: &str, task: impl Fn() -> R) {
    let best = (0..RUNS).map(|_| {
        let start = Instant::now();
        black_box(task());
        start.elapsed()
    });
    let best = best.min().expect("there are runs");
    println!("{name:<24} {:>8.1} ns an object", best.as_secs_f64() * 1e9 / OBJECTS as f64);
}

fn main() {
    let nodes = tree();
    let (root, last) = (nodes[0].clone(), nodes[nodes.len() - 1].clone());
    drop(nodes);
    assert_eq!(Snapshot::take().total().count, OBJECTS);
    time("Snapshot::take", Snapshot::take);
    time("Snapshot::with_retained", Snapshot::with_retained);
    time("referrers", || inspect::referrers(&last));
    time("why_alive", || inspect::why_alive(&last));
    time("Picture::around", || Picture::around(&root, 10));
}
