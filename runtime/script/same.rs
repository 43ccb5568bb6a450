//! `is` of objects, whatever classes the references have.

use core::ops::Deref;

use crate::builtins::protocol::Identity;
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

/// `is` of values of which only rustc knows whether they are references: else they are compared as values are.
pub struct Is<'a, A, B>(Values<'a, A, B>);

/// No references to objects.
pub struct Values<'a, A, B>(&'a A, &'a B);

impl<'a, A, B> Is<'a, A, B> {
    /// Of both sides.
    #[inline]
    pub fn of(left: &'a A, right: &'a B) -> Is<'a, A, B> {
        Is(Values(left, right))
    }
}

impl<A: Address, B: Address> Is<'_, A, B> {
    /// `left is right`
    #[inline]
    pub fn same(&self) -> bool {
        is_same(self.0.0, self.0.1)
    }
}

impl<'a, A, B> Deref for Is<'a, A, B> {
    type Target = Values<'a, A, B>;

    #[inline]
    fn deref(&self) -> &Values<'a, A, B> {
        &self.0
    }
}

impl<A: Identity> Values<'_, A, A> {
    /// `left is right`
    #[inline]
    pub fn same(&self) -> bool {
        self.0.is(self.1)
    }
}
