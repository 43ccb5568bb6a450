//! `len`, `in`, and brackets.

use crate::builtins::slice::Slice;
use crate::builtins::{Result, Str};

/// Values that have a length.
#[diagnostic::on_unimplemented(message = "a `{Self}` has no `len()`")]
#[allow(clippy::len_without_is_empty, reason = "a script tests for emptiness by truth")]
pub trait Len {
    /// `len(self)`
    fn len(&self) -> Result<i64>;
}

/// Values that may contain a `T`.
#[diagnostic::on_unimplemented(message = "`in` can't look for a `{T}` in a `{Self}`")]
pub trait Contains<T: ?Sized> {
    /// `item in self`
    fn contains(&self, item: &T) -> Result<bool>;
}

/// Values that can be read by an index, a [`Slice`] or a key.
#[diagnostic::on_unimplemented(message = "a `{Self}` can't be indexed by `{I}`")]
pub trait GetItem<I: ?Sized> {
    /// What is read.
    type Output;

    /// `self[index]`
    fn getitem(&self, index: &I) -> Result<Self::Output>;
}

/// Containers that find an item without running code of a script and without making an object.
pub trait Peek<I: ?Sized>: GetItem<I> {
    /// `self[index]`, if it is there.
    fn peek(&self, index: &I) -> Option<Self::Output>;
}

/// Values that can be changed by an index, a [`Slice`] or a key.
#[diagnostic::on_unimplemented(message = "a `{Self}` doesn't support assigning a `{V}` to an item given by `{I}`")]
pub trait SetItem<I, V> {
    /// `self[index] = value`
    fn setitem(&self, index: I, value: V) -> Result<()>;
}

/// Values of which an item can be deleted.
#[diagnostic::on_unimplemented(message = "a `{Self}` doesn't support deleting an item given by `{I}`")]
pub trait DelItem<I: ?Sized> {
    /// `del self[index]`
    fn delitem(&self, index: &I) -> Result<()>;
}

impl Len for Str {
    #[inline]
    fn len(&self) -> Result<i64> {
        Ok(self.count_chars() as i64)
    }
}

impl Contains<Str> for Str {
    #[inline]
    fn contains(&self, item: &Str) -> Result<bool> {
        Ok(match item.as_bytes() {
            // A byte below 128 is never part of another character.
            [byte] => self.as_bytes().contains(byte),
            _ => self.as_str().contains(item.as_str()),
        })
    }
}

impl Peek<i64> for Str {
    #[inline]
    fn peek(&self, index: &i64) -> Option<Str> {
        self.find_char(*index)
    }
}

impl GetItem<i64> for Str {
    type Output = Str;

    #[inline]
    fn getitem(&self, index: &i64) -> Result<Str> {
        self.char_at(*index)
    }
}

impl GetItem<Slice> for Str {
    type Output = Str;

    fn getitem(&self, index: &Slice) -> Result<Str> {
        self.slice(index)
    }
}
