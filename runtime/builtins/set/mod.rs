//! `set`: a managed object of distinct items, in the order of insertion.

mod algebra;
mod change;
mod frozen;
mod object;

pub use frozen::FrozenSet;
pub use object::{Set, SetIter, SetObject};

#[cfg(test)]
mod tests;
