//! Ways out of the body of a `finally` or a `with`.

use crate::builtins::exceptions::{Location, or_panic};
use crate::builtins::{Exception, Result};
use crate::trace::{Trace, Tracer};

/// How control left a body.
pub enum Flow<R> {
    /// At its end.
    Next,
    /// By `return`.
    Return(R),
    /// By `break`.
    Break,
    /// By `continue`.
    Continue,
    /// By an exception.
    Raise(Exception),
}

// SAFETY: it owns the value or the exception and nothing else.
unsafe impl<R: Trace> Trace for Flow<R> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        match self {
            Flow::Return(value) => value.trace(tracer),
            Flow::Raise(exception) => exception.trace(tracer),
            Flow::Next | Flow::Break | Flow::Continue => {}
        }
    }
}

/// Panics with an exception that nothing can take.
#[cold]
pub fn uncaught(exception: Exception, location: &'static Location) -> ! {
    match or_panic::<core::convert::Infallible>(Err(exception), location) {}
}

/// What a builtin method gives, as what a function in a variable gives.
pub trait IntoResult<T> {
    /// The same as a `Result`.
    fn into_result(self) -> Result<T>;
}

impl<T> IntoResult<T> for Result<T> {
    fn into_result(self) -> Result<T> {
        self
    }
}

macro_rules! plain {
    ($($type:ty),*) => {
        $(
            impl IntoResult<$type> for $type {
                fn into_result(self) -> Result<$type> {
                    Ok(self)
                }
            }
        )*
    };
}

plain!((), i64, f64, bool, crate::builtins::Str);
