//! Seeing the heap.

mod cycles;
mod edges;
mod events;
mod picture;
mod script;
mod sites;
mod snapshot;
mod why_alive;

use refcycle::{Gc, managed};

#[managed]
pub struct Tree {
    pub name: String,
    #[managed(mut)]
    pub parent: Option<Gc<Tree>>,
    #[managed(mut)]
    pub children: Vec<Gc<Tree>>,
    #[managed(weak)]
    pub friend: Option<Gc<Tree>>,
}

pub fn tree(name: &str) -> Gc<Tree> {
    Tree::new(name.into(), None, Vec::new(), None)
}

/// Adds a child.
pub fn add(parent: &Gc<Tree>, child: &Gc<Tree>) {
    child.set_parent(Some(parent.clone()));
    parent.children_mut().push(child.clone());
}
