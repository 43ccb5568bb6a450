//! The workloads with std's `Rc`; cycles are cut by hand.

use std::cell::RefCell;
use std::hint::black_box;
use std::rc::Rc;

struct Node {
    next: RefCell<Option<Rc<Node>>>,
    value: u64,
}

struct Tree {
    left: Option<Rc<Tree>>,
    right: Option<Rc<Tree>>,
}

fn node(value: u64) -> Rc<Node> {
    Rc::new(Node { next: RefCell::new(None), value })
}

pub fn leaf(operations: u32) {
    for value in 0..operations {
        black_box(Rc::new(u64::from(value)));
    }
}

pub fn pair(operations: u32) {
    for value in 0..operations {
        let inner = node(u64::from(value));
        let outer = node(inner.value);
        *outer.next.borrow_mut() = Some(inner);
        black_box(outer);
    }
}

pub fn clone_leaf(operations: u32) {
    let leaf = Rc::new(1_u64);
    for _ in 0..operations {
        black_box(Rc::clone(black_box(&leaf)));
    }
}

pub fn clone_node(operations: u32) {
    let node = node(1);
    for _ in 0..operations {
        black_box(Rc::clone(black_box(&node)));
    }
}

fn tree(depth: u32) -> Rc<Tree> {
    let child = || (depth > 0).then(|| tree(depth - 1));
    Rc::new(Tree { left: child(), right: child() })
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
        head = Some(Rc::new(Node { next: RefCell::new(head), value: u64::from(value) }));
    }
    // Link by link: dropping it as a whole overflows the stack.
    while let Some(node) = head {
        head = node.next.take();
    }
}

pub fn cycles(operations: u32) {
    for value in 0..operations {
        let a = node(u64::from(value));
        let b = node(a.value);
        *a.next.borrow_mut() = Some(b.clone());
        *b.next.borrow_mut() = Some(a.clone());
        a.next.take();
    }
}

pub fn ring(operations: u32) {
    let first = node(0);
    let mut last = first.clone();
    for value in 1..operations {
        let next = node(u64::from(value));
        *last.next.borrow_mut() = Some(next.clone());
        last = next;
    }
    *last.next.borrow_mut() = Some(first.clone());
    let mut next = first.next.take();
    while let Some(node) = next {
        next = node.next.take();
    }
}
