//! `dict`: a managed object that maps keys to values, in the order of insertion.

mod change;
mod items;
mod object;
mod views;

pub use items::{DictItems, DictIter, DictIterRev, DictKeys, DictValues};
pub use object::{Dict, DictObject};
pub use views::{ItemsView, KeysView, ValuesView};

#[cfg(test)]
mod tests;
