//! What operators, `print`, `len` and the like ask of a value: one trait for each of Python's protocols.
//!
//! Generated code calls them by path, on references, so that no operand is copied to be looked at.

mod arithmetic;
mod compare;
mod container;
mod equal;
mod foreign;
mod hashed;
mod identity;
mod iterate;
mod key;
mod ops;
mod show;
mod truth;

pub use compare::Compare;
pub use container::{Contains, DelItem, GetItem, Len, Peek, SetItem};
pub use equal::Equal;
pub(crate) use equal::same_or_equal;
pub use hashed::Hashed;
pub(crate) use hashed::{hash_sequence, hash_text};
pub use identity::Identity;
pub use iterate::{Chars, Iterate, Reversible, ScriptIterator};
pub(crate) use iterate::{collect, reaches};
pub use key::Key;
pub use ops::*;
pub use show::Show;
pub use truth::Truth;
