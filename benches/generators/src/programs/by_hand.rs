//! Iterators written by hand, boxed.

use std::hint::black_box;

use refcycle::Gc;

use super::{Node, Run, tree};

type Items = Box<dyn Iterator<Item = i64>>;

fn count(end: i64) -> Items {
    Box::new(0..end)
}

fn fibonacci(length: i64) -> Items {
    let pairs = std::iter::successors(Some((0, 1)), |(a, b)| Some((*b, (a + b) % 1_000_003)));
    Box::new(pairs.map(|(a, _)| a).take(length as usize))
}

fn odd(source: Items) -> Items {
    Box::new(black_box(source).filter(|item| item % 2 == 1))
}

fn tripled(source: Items) -> Items {
    Box::new(black_box(source).map(|item| item * 3))
}

fn shifted(source: Items) -> Items {
    Box::new(black_box(source).map(|item| item + 1))
}

struct Walk(Vec<Gc<Node>>);

impl Walk {
    fn descend(&mut self, mut node: Option<Gc<Node>>) {
        while let Some(next) = node {
            node = next.left.clone();
            self.0.push(next);
        }
    }
}

impl Iterator for Walk {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        let node = self.0.pop()?;
        self.descend(node.right.clone());
        Some(node.value)
    }
}

fn walk(root: Gc<Node>) -> Items {
    let mut walk = Walk(Vec::new());
    walk.descend(Some(root));
    Box::new(walk)
}

/// What is given out depends on what is sent.
trait Sink {
    fn send(&mut self, item: i64) -> i64;
}

struct Total(i64);

impl Sink for Total {
    fn send(&mut self, item: i64) -> i64 {
        self.0 += item;
        self.0
    }
}

/// Goes over what the compiler can't see through, as over what a function of elsewhere returns.
fn sum_of(items: Items) -> i64 {
    let mut sum = 0;
    for item in black_box(items) {
        sum += item;
    }
    sum
}

pub fn prepared(program: &str, size: i64) -> Run {
    match program {
        "fibonacci" => Box::new(move || sum_of(fibonacci(size))),
        "pipeline" => Box::new(move || sum_of(shifted(tripled(odd(count(size)))))),
        "tree" => {
            let tree = tree(size);
            Box::new(move || sum_of(walk(tree.clone())))
        }
        "accumulate" => Box::new(move || {
            let mut adding: Box<dyn Sink> = black_box(Box::new(Total(0)));
            (0..size).fold(0, |_, i| adding.send(i))
        }),
        "make" => Box::new(move || (0..size).map(|_| sum_of(count(1))).sum()),
        // Nobody would delegate by hand.
        _ => Box::new(move || sum_of(count(size))),
    }
}
