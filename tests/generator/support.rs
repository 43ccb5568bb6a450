//! What the tests of generators share: a log, and objects and values that write into it.

use std::cell::RefCell;
use std::rc::Rc;

use refcycle::{Gc, Generator, managed};

/// Lines in the order in which they were written.
#[derive(Clone, Default)]
pub struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    pub fn add(&self, line: impl Into<String>) {
        self.0.borrow_mut().push(line.into());
    }

    #[track_caller]
    pub fn expect(&self, lines: &[&str]) {
        assert_eq!(self.0.take(), lines);
    }

    /// Writes a line when it is dropped, as a `finally` would.
    pub fn on_drop(&self, line: impl Into<String>) -> OnDrop {
        OnDrop(self.clone(), line.into())
    }

    pub fn node(&self, name: &str) -> Gc<Node> {
        Node::new(name.to_owned(), self.clone(), None, Vec::new())
    }
}

pub struct OnDrop(Log, String);

impl Drop for OnDrop {
    fn drop(&mut self) {
        self.0.add(std::mem::take(&mut self.1));
    }
}

/// An object that writes when it dies, and can refer to others and to a generator.
#[managed]
pub struct Node {
    pub name: String,
    #[managed(untraced)]
    log: Log,
    #[managed(mut)]
    pub generator: Option<Generator<i32>>,
    #[managed(mut)]
    pub others: Vec<Gc<Node>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        self.log.add(format!("del {}", self.name));
    }
}
