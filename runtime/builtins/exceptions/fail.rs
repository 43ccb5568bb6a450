//! What becomes of a failure: it goes up as an error, or panics where nobody can take it.

use super::exception::Exception;
use super::location::Location;
use crate::builtins::Result;

/// The value, or a panic with Python's message and the place in the script: what generated code does with an operation
/// that fails where nothing may be raised.
#[inline]
pub fn or_panic<T>(result: Result<T>, location: &'static Location) -> T {
    match result {
        Ok(value) => value,
        Err(exception) => panic_with(exception, location),
    }
}

#[cold]
#[inline(never)]
fn panic_with(exception: Exception, location: &'static Location) -> ! {
    let report = exception.at(location).report();
    panic!("{report:#}")
}
