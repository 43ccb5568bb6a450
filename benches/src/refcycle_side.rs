//! The workloads with refcycle; cycles are left to the collector.

use std::hint::black_box;

use refcycle::{Gc, gc, managed};

#[managed]
struct Node {
    #[managed(mut)]
    next: Option<Gc<Node>>,
    value: u64,
}

#[managed]
struct Tree {
    left: Option<Gc<Tree>>,
    right: Option<Gc<Tree>>,
}

fn node(value: u64) -> Gc<Node> {
    Node::new(None, value)
}

pub fn leaf(operations: u32) {
    for value in 0..operations {
        black_box(Gc::new(u64::from(value)));
    }
}

pub fn pair(operations: u32) {
    for value in 0..operations {
        let inner = node(u64::from(value));
        let outer = node(inner.value);
        outer.set_next(Some(inner));
        black_box(outer);
    }
}

pub fn clone_leaf(operations: u32) {
    let leaf = Gc::new(1_u64);
    for _ in 0..operations {
        black_box(Gc::clone(black_box(&leaf)));
    }
}

pub fn clone_node(operations: u32) {
    let node = node(1);
    for _ in 0..operations {
        black_box(Gc::clone(black_box(&node)));
    }
}

fn tree(depth: u32) -> Gc<Tree> {
    let child = || (depth > 0).then(|| tree(depth - 1));
    Tree::new(child(), child())
}

fn count(tree: &Tree) -> u32 {
    1 + tree.left.as_deref().map_or(0, count) + tree.right.as_deref().map_or(0, count)
}

pub fn trees(operations: u32) {
    for _ in 0..operations {
        assert_eq!(count(&tree(13)), (1 << 14) - 1);
    }
}

pub fn list(operations: u32) {
    let mut head = None;
    for value in 0..operations {
        head = Some(Node::new(head, u64::from(value)));
    }
    drop(head);
}

pub fn cycles(operations: u32) {
    for value in 0..operations {
        let a = node(u64::from(value));
        let b = node(a.value);
        a.set_next(Some(b.clone()));
        b.set_next(Some(a.clone()));
    }
    gc::collect();
}

pub fn ring(operations: u32) {
    let first = node(0);
    let mut last = first.clone();
    for value in 1..operations {
        let next = node(u64::from(value));
        last.set_next(Some(next.clone()));
        last = next;
    }
    last.set_next(Some(first.clone()));
    drop((first, last));
    gc::collect();
}
