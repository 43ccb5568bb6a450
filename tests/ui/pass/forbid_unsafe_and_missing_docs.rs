#![forbid(unsafe_code)]
#![deny(missing_docs, warnings, unused_qualifications, unreachable_pub)]
//! Lints of the crate that uses the macros.

use refcycle::{Gc, Trace, managed};

/// A part.
#[derive(Trace)]
pub struct Part {
    /// Where to.
    pub to: Gc<Node>,
}

/// A node.
#[managed]
#[derive(Debug, Clone)]
pub struct Node {
    /// The next one.
    #[managed(mut)]
    pub next: Option<Gc<Node>>,
    /// Its names.
    #[managed(mut)]
    pub names: Vec<String>,
    #[managed(weak)]
    parent: Option<Gc<Node>>,
    private: Private,
    a: u8,
}

#[derive(Trace, Clone, Debug)]
struct Private;

#[managed]
impl Node {
    fn __del__(&self) {}
}

fn main() {
    let node = Node::builder().names(vec![]).private(Private).a(1).build();
    println!("{:?} {:?} {}", node.parent(), node.private, node.a);
}
