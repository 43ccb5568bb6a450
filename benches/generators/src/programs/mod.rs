//! The same programs for each contestant. What they go over is erased and boxed everywhere, as a function's result is.

pub mod by_hand;
pub mod genawaiter;
pub mod script;
pub mod written;

use refcycle::{Gc, managed};

/// A program, ready to run.
pub type Run = Box<dyn Fn() -> i64>;

#[managed]
pub struct Node {
    pub value: i64,
    pub left: Option<Gc<Node>>,
    pub right: Option<Gc<Node>>,
}

/// A full tree.
fn tree(height: i64) -> Gc<Node> {
    fn grow(height: i64) -> Option<Gc<Node>> {
        (height > 0).then(|| Node::new(height, grow(height - 1), grow(height - 1)))
    }
    grow(height).expect("a height")
}

fn sum_of(items: impl Iterator<Item = i64>) -> i64 {
    let mut sum = 0;
    for item in items {
        sum += item;
    }
    sum
}

/// `deep100` is 100 deep.
fn depth(program: &str) -> i64 {
    program.trim_start_matches("deep").parse().unwrap_or_else(|_| panic!("no program is called {program}"))
}
