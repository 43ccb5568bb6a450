//! `set`: a managed object of distinct items, in the order of insertion.

mod algebra;
mod change;
mod object;

pub use object::{Set, SetIter};

#[cfg(test)]
mod tests;
