//! Rust's iterators and collections in a script.

use crate::builtins::Result;
use crate::builtins::protocol::{Iterate, Len, ScriptIterator, Truth};
use crate::trace::{Trace, Tracer};

/// An iterator of Rust, stepped by a script.
#[derive(Clone, Debug)]
pub struct RustIter<I>(pub I);

impl<I: Iterator> ScriptIterator for RustIter<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Result<Option<I::Item>> {
        Ok(self.0.next())
    }
}

// SAFETY: what an iterator of Rust owns counts as referred to from outside.
unsafe impl<I: 'static> Trace for RustIter<I> {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}
}

impl<T: Clone + 'static> Iterate for Vec<T> {
    type Item = T;
    type Iter = RustIter<std::vec::IntoIter<T>>;

    fn iter(&self) -> Result<Self::Iter> {
        Ok(RustIter(self.clone().into_iter()))
    }

    fn size_hint(&self) -> usize {
        Vec::len(self)
    }
}

impl<T: Clone + 'static, const N: usize> Iterate for [T; N] {
    type Item = T;
    type Iter = RustIter<core::array::IntoIter<T, N>>;

    fn iter(&self) -> Result<Self::Iter> {
        Ok(RustIter(self.clone().into_iter()))
    }

    fn size_hint(&self) -> usize {
        N
    }
}

impl<T: Copy + 'static> Iterate for core::ops::Range<T>
where
    core::ops::Range<T>: Iterator<Item = T> + Clone,
{
    type Item = T;
    type Iter = RustIter<core::ops::Range<T>>;

    fn iter(&self) -> Result<Self::Iter> {
        Ok(RustIter(self.clone()))
    }
}

impl<T> Len for Vec<T> {
    fn len(&self) -> Result<i64> {
        Ok(Vec::len(self) as i64)
    }
}

impl<T> Truth for Vec<T> {
    fn truth(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }
}
