//! What scripts call: the types, functions and modules of Python that `gc_script!` knows.

pub mod exceptions;
mod format;
pub mod number;
pub mod protocol;
mod slice;
pub mod text;

pub use exceptions::Exception;
#[cfg(test)]
mod testing;

pub use slice::Slice;
pub use text::Str;

/// What an operation of a script answers.
pub type Result<T> = core::result::Result<T, Exception>;
