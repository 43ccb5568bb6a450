//! `is` of objects, whatever classes the references have.

use crate::pointer::Gc;

/// A reference to an object, or none.
pub trait Address {
    /// Where the object is.
    fn address(&self) -> Option<usize>;
}

impl<T> Address for Gc<T> {
    #[inline]
    fn address(&self) -> Option<usize> {
        Some(Gc::as_ptr(self).addr())
    }
}

impl<T> Address for Option<Gc<T>> {
    #[inline]
    fn address(&self) -> Option<usize> {
        self.as_ref().and_then(Gc::address)
    }
}

/// Whether both refer to the same object, or to none.
#[inline]
pub fn is_same(left: &impl Address, right: &impl Address) -> bool {
    left.address() == right.address()
}
