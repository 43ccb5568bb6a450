//! What `#[managed]` proves about a type, and what its parts find each other by.

use crate::pointer::Gc;
use crate::trace::Trace;

/// A type under `#[managed]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has a `__del__` but is not managed, so nobody would call it",
    label = "`{Self}` is not `#[managed]`",
    note = "write `#[managed]` above the type itself; types of other crates cannot have a `__del__`"
)]
pub trait Managed: Trace {}

/// Where a type finds its `__del__`: the constant of the `#[managed] impl` that has one shadows this one.
pub trait FindFinalizer: Trace + Sized {
    /// There is none.
    const __FINALIZER: Option<fn(&Gc<Self>)> = None;
}

impl<T: Trace> FindFinalizer for T {}

/// Conflicts with every `impl Drop`; the error shows its name.
#[allow(non_camel_case_types)]
pub trait write__del__instead_of_Drop {}

#[allow(drop_bounds)]
impl<T: Drop + ?Sized> write__del__instead_of_Drop for T {}

/// A field of a builder that has its value.
pub struct Set<T>(pub T);

/// A field of a builder, once it is set.
#[diagnostic::on_unimplemented(
    message = "a field is not set before `build()`: `{Self}`",
    label = "`{Self}`",
    note = "call the builder's method of that name"
)]
pub trait IsSet<T> {
    /// The value that was set.
    fn value(self) -> T;
}

impl<T> IsSet<T> for Set<T> {
    #[inline]
    fn value(self) -> T {
        self.0
    }
}
