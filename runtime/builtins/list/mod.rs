//! `list`: a managed object that owns its items.

mod change;
mod iterate;
mod object;
mod operators;
mod search;
mod slicing;
mod sorting;

pub use iterate::{ListIter, ListIterRev};
pub use object::{List, ListObject};

#[cfg(test)]
mod tests;
