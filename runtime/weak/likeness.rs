//! When two objects are the same key.

use core::hash::{BuildHasher, Hash};
use core::ptr;

use super::Weak;
use crate::spread::spread;

/// When two objects are the same key of a weak map or the same member of a weak set: [`ByIdentity`] or [`ByValue`].
pub trait Likeness<T: ?Sized>: 'static {
    /// The hash of an object.
    #[doc(hidden)]
    fn hash(state: &impl BuildHasher, object: &T) -> u64;

    /// Is the stored object alive and the same as this one?
    #[doc(hidden)]
    fn is_same(stored: &Weak<T>, object: &T) -> bool;
}

/// Every object is the same as itself only, as in Python for classes without `__eq__`. What a map or a set is made with
/// unless it says otherwise.
#[derive(Clone, Copy, Debug)]
pub enum ByIdentity {}

/// Objects whose values are equal are the same, as in Python for classes with `__eq__`: that of
/// [`WeakKeyMap::by_value`](crate::WeakKeyMap::by_value) and [`WeakSet::by_value`](crate::WeakSet::by_value).
#[derive(Clone, Copy, Debug)]
pub enum ByValue {}

impl<T: ?Sized + 'static> Likeness<T> for ByIdentity {
    /// Addresses are nobody's to choose, so they only need to be spread over all bits.
    fn hash(_state: &impl BuildHasher, object: &T) -> u64 {
        spread(ptr::from_ref(object).addr() as i64)
    }

    fn is_same(stored: &Weak<T>, object: &T) -> bool {
        ptr::addr_eq(stored.as_ptr(), object) && stored.header().is_some()
    }
}

impl<T: ?Sized + Eq + Hash + 'static> Likeness<T> for ByValue {
    fn hash(state: &impl BuildHasher, object: &T) -> u64 {
        state.hash_one(object)
    }

    fn is_same(stored: &Weak<T>, object: &T) -> bool {
        stored.upgrade().is_some_and(|stored| *stored == *object)
    }
}
