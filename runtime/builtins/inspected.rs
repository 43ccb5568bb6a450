//! [`Inspected`]: what `sys.getrefcount` and the functions of `gc` look at.

use super::{Any, Referent};
use crate::pointer::{Gc, Object};

/// A value that is a reference to an object, or an `any`, which may be one.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` is a value, not a reference to an object",
    label = "this has no count, and the collector knows nothing of it"
)]
pub trait Inspected {
    /// The references to the object and one more: the argument of whoever asks. A value counts as if nothing could make it
    /// die.
    fn refcount(&self) -> usize;

    /// The object; None: it is a value.
    fn inspected(&self) -> Option<Object>;
}

impl<T: Referent> Inspected for T {
    fn refcount(&self) -> usize {
        crate::gc::getrefcount(self.pointer())
    }

    fn inspected(&self) -> Option<Object> {
        Some(Object::from(Gc::clone(self.pointer())))
    }
}

/// What a value counts for.
const IMMORTAL: usize = u32::MAX as usize;

/// What may be `None`, which is a value.
impl<T: Referent> Inspected for Option<T> {
    fn refcount(&self) -> usize {
        self.as_ref().map_or(IMMORTAL, T::refcount)
    }

    fn inspected(&self) -> Option<Object> {
        self.as_ref().and_then(T::inspected)
    }
}

impl Inspected for Any {
    fn refcount(&self) -> usize {
        self.managed().map_or(IMMORTAL, |object| object.strong_count())
    }

    fn inspected(&self) -> Option<Object> {
        self.managed()
    }
}
