//! Rust's iterators and collections in a script.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use crate::builtins::exceptions::INDEX_ERROR;
use crate::builtins::protocol::{GetItem, Iterate, Len, ScriptIterator, Truth};
use crate::builtins::{Exception, Result};
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

/// Containers of Rust, from their items: a loop goes over a copy, so that nothing stays borrowed.
macro_rules! containers {
    ($([$($generics:tt)*] $type:ty => $item:ty, $items:expr;)+) => {$(
        impl<$($generics)*> Iterate for $type {
            type Item = $item;
            type Iter = RustIter<std::vec::IntoIter<$item>>;

            fn iter(&self) -> Result<Self::Iter> {
                let items: Vec<$item> = $items(self).cloned().collect();
                Ok(RustIter(items.into_iter()))
            }

            fn size_hint(&self) -> usize {
                $items(self).len()
            }
        }

        impl<$($generics)*> Len for $type {
            fn len(&self) -> Result<i64> {
                Ok($items(self).len() as i64)
            }
        }

        impl<$($generics)*> Truth for $type {
            fn truth(&self) -> Result<bool> {
                Ok(!self.is_empty())
            }
        }
    )+};
}

containers! {
    [T: Clone] [T] => T, <[T]>::iter;
    [T: Clone] Vec<T> => T, <[T]>::iter;
    [T: Clone, const N: usize] [T; N] => T, <[T]>::iter;
    [T: Clone] VecDeque<T> => T, VecDeque::iter;
    [T: Clone, S] HashSet<T, S> => T, HashSet::iter;
    [T: Clone] BTreeSet<T> => T, BTreeSet::iter;
    [K: Clone, V, S] HashMap<K, V, S> => K, HashMap::keys;
    [K: Clone, V] BTreeMap<K, V> => K, BTreeMap::keys;
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

macro_rules! references {
    ($($type:ty)+) => {$(
        impl<T: Iterate + ?Sized> Iterate for $type {
            type Item = T::Item;
            type Iter = T::Iter;

            fn iter(&self) -> Result<T::Iter> {
                T::iter(self)
            }

            fn size_hint(&self) -> usize {
                T::size_hint(self)
            }
        }

        impl<T: Len + ?Sized> Len for $type {
            fn len(&self) -> Result<i64> {
                T::len(self)
            }
        }

        impl<I: ?Sized, T: GetItem<I> + ?Sized> GetItem<I> for $type {
            type Output = T::Output;

            fn getitem(&self, index: &I) -> Result<T::Output> {
                T::getitem(self, index)
            }
        }
    )+};
}

references!(&T &mut T);

macro_rules! sequences {
    ($([$($generics:tt)*] $type:ty;)+) => {$(
        impl<$($generics)*> GetItem<i64> for $type {
            type Output = T;

            fn getitem(&self, index: &i64) -> Result<T> {
                let at = if *index < 0 { *index + Len::len(self)? } else { *index };
                let found = usize::try_from(at).ok().and_then(|at| self.get(at));
                found.cloned().ok_or_else(|| Exception::new(&INDEX_ERROR, "list index out of range"))
            }
        }
    )+};
}

sequences! {
    [T: Clone] [T];
    [T: Clone] Vec<T>;
    [T: Clone, const N: usize] [T; N];
    [T: Clone] VecDeque<T>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::protocol::collect;

    #[test]
    fn a_loop_goes_over_what_rust_holds() {
        let numbers: &[i64] = &[1, 2, 3];
        assert_eq!(collect(&numbers).unwrap(), [1, 2, 3]);
        assert_eq!(collect(&vec!["a", "b"]).unwrap(), ["a", "b"]);
        assert_eq!(collect(&BTreeMap::from([(1, "one"), (2, "two")])).unwrap(), [1, 2]);
        assert_eq!(Len::len(&numbers).unwrap(), 3);
        assert!(!Truth::truth(&HashSet::<i64>::new()).unwrap());
    }

    #[test]
    fn items_are_counted_from_both_ends() {
        let numbers = vec![1, 2, 3];
        assert_eq!((numbers.getitem(&0).unwrap(), numbers.getitem(&-1).unwrap()), (1, 3));
        assert_eq!(numbers.getitem(&3).unwrap_err().to_string(), "list index out of range");
    }
}
