//! Exceptions: Python's hierarchy as managed objects.

mod class;
mod exception;

pub use class::*;
pub use exception::Exception;
