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

    /// There is none, shadowed by that of any `impl`.
    fn __del__(&self) -> NotWritten {
        NotWritten
    }
}

impl<T: Trace> FindFinalizer for T {}

/// What the `__del__` of a type without one returns.
pub struct NotWritten;

/// What a `__del__` returns.
#[diagnostic::on_unimplemented(message = "`__del__` returns nothing", label = "returns `{Self}`")]
pub trait Written {
    /// Is it one that somebody wrote?
    const YES: bool;
}

impl Written for () {
    const YES: bool = true;
}

impl Written for NotWritten {
    const YES: bool = false;
}

/// Whether a `__del__`, if somebody wrote one, is also known as the type's finaliser.
pub const fn is_managed<T, A, R: Written>(_: fn(&A) -> R, finalizer: Option<fn(&Gc<T>)>) -> bool {
    !R::YES || finalizer.is_some()
}

/// Only `new` and its like make one: keeps objects from being made outside of a `Gc` by a literal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MadeByNew(());

impl MadeByNew {
    /// For the generated constructors.
    #[inline]
    pub const fn new() -> Self {
        MadeByNew(())
    }
}

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
