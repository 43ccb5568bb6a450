//! What scripts call: the types, functions and modules of Python that `gc_script!` knows.

mod backwards;
mod cell;
pub mod exceptions;
mod format;
mod function;
mod list;
pub mod number;
pub mod protocol;
mod recursion;
mod slice;
mod sort;
#[cfg(test)]
mod testing;
pub mod text;

pub use cell::{Cell, unbound_local};
pub use exceptions::Exception;
pub use function::Function;
pub use list::{List, ListIter, ListIterRev};
pub use slice::Slice;
pub use text::Str;

/// What an operation of a script answers.
pub type Result<T> = core::result::Result<T, Exception>;
