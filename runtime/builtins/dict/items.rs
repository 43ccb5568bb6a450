//! Iterating over dicts: in the order of insertion, and not beyond a change of size.

use super::Dict;
use crate::builtins::exceptions::RUNTIME_ERROR;
use crate::builtins::protocol::{Iterate, Key, Reversible, ScriptIterator};
use crate::builtins::table::Entry;
use crate::builtins::tuple::Tuple2;
use crate::builtins::{Exception, Result};
use crate::trace::{Trace, Tracer};
use core::marker::PhantomData;

/// Which part of an entry an iterator gives.
pub trait Part<K, V>: 'static {
    /// What a step gives.
    type Item;
    /// Python's name for an iterator over them.
    const CLASS: &'static str;

    #[doc(hidden)]
    fn of(key: &K, value: &V) -> Self::Item;
}

/// The keys.
pub enum Keys {}
/// The values.
pub enum Values {}
/// Pairs of key and value.
pub enum Items {}

impl<K: Clone, V> Part<K, V> for Keys {
    type Item = K;
    const CLASS: &'static str = "dict_keyiterator";

    #[inline]
    fn of(key: &K, _value: &V) -> K {
        key.clone()
    }
}

impl<K, V: Clone> Part<K, V> for Values {
    type Item = V;
    const CLASS: &'static str = "dict_valueiterator";

    #[inline]
    fn of(_key: &K, value: &V) -> V {
        value.clone()
    }
}

impl<K: Clone, V: Clone> Part<K, V> for Items {
    type Item = Tuple2<K, V>;
    const CLASS: &'static str = "dict_itemiterator";

    #[inline]
    fn of(key: &K, value: &V) -> Tuple2<K, V> {
        Tuple2 { _0: key.clone(), _1: value.clone() }
    }
}

/// What an iterator remembers of the dict, to find out that it was changed.
struct Watch<K: Trace, V: Trace> {
    dict: Dict<K, V>,
    len: usize,
    epoch: u64,
}

impl<K: Trace, V: Trace> Watch<K, V> {
    fn new(dict: &Dict<K, V>) -> Self {
        let table = dict.table().borrow();
        Watch { dict: dict.clone(), len: table.len(), epoch: table.epoch() }
    }

    #[inline]
    fn check(&mut self) -> Result<()> {
        let table = self.dict.table().borrow();
        if table.len() != self.len {
            // It stays so, whatever is done to the dict later.
            self.len = usize::MAX;
            return Err(changed("dictionary changed size during iteration"));
        }
        if table.epoch() != self.epoch {
            return Err(changed("dictionary keys changed during iteration"));
        }
        Ok(())
    }
}

#[cold]
fn changed(message: &'static str) -> Exception {
    Exception::new(&RUNTIME_ERROR, message)
}

// SAFETY: the dict is all that it owns.
unsafe impl<K: Trace, V: Trace> Trace for Watch<K, V> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.dict.trace(tracer);
    }
}

/// Forwards; lets go of the dict when it has come to its end.
pub struct DictIter<K: Trace, V: Trace, P> {
    watch: Option<Watch<K, V>>,
    place: usize,
    part: PhantomData<P>,
}

/// An iterator over the keys of a dict.
pub type DictKeys<K, V> = DictIter<K, V, Keys>;
/// An iterator over the values of a dict.
pub type DictValues<K, V> = DictIter<K, V, Values>;
/// An iterator over the entries of a dict.
pub type DictItems<K, V> = DictIter<K, V, Items>;

impl<K: Trace, V: Trace, P> DictIter<K, V, P> {
    pub(super) fn new(dict: &Dict<K, V>) -> Self {
        DictIter { watch: Some(Watch::new(dict)), place: 0, part: PhantomData }
    }
}

impl<K: Trace, V: Trace, P: Part<K, V>> ScriptIterator for DictIter<K, V, P> {
    type Item = P::Item;
    const CLASS: &'static str = P::CLASS;

    #[inline]
    fn next(&mut self) -> Result<Option<P::Item>> {
        let Some(watch) = &mut self.watch else { return Ok(None) };
        watch.check()?;
        let item = {
            let table = watch.dict.table().borrow();
            table.next_from(self.place).map(|(place, entry)| (place, part::<K, V, P>(entry)))
        };
        match item {
            Some((place, item)) => {
                self.place = place + 1;
                Ok(Some(item))
            }
            None => {
                self.watch = None;
                Ok(None)
            }
        }
    }
}

fn part<K, V, P: Part<K, V>>(entry: &Entry<K, V>) -> P::Item {
    P::of(&entry.key, &entry.value)
}

// SAFETY: the dict is all that it owns.
unsafe impl<K: Trace, V: Trace, P: 'static> Trace for DictIter<K, V, P> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.watch.trace(tracer);
    }
}

/// Backwards.
pub struct DictIterRev<K: Trace, V: Trace, P> {
    watch: Option<Watch<K, V>>,
    end: usize,
    part: PhantomData<P>,
}

impl<K: Trace, V: Trace, P> DictIterRev<K, V, P> {
    pub(super) fn new(dict: &Dict<K, V>) -> Self {
        DictIterRev { watch: Some(Watch::new(dict)), end: usize::MAX, part: PhantomData }
    }
}

impl<K: Trace, V: Trace, P: Part<K, V>> ScriptIterator for DictIterRev<K, V, P> {
    type Item = P::Item;

    fn next(&mut self) -> Result<Option<P::Item>> {
        let Some(watch) = &mut self.watch else { return Ok(None) };
        watch.check()?;
        let item = {
            let table = watch.dict.table().borrow();
            table.last_before(self.end).map(|(place, entry)| (place, part::<K, V, P>(entry)))
        };
        match item {
            Some((place, item)) => {
                self.end = place;
                Ok(Some(item))
            }
            None => {
                self.watch = None;
                Ok(None)
            }
        }
    }
}

// SAFETY: the dict is all that it owns.
unsafe impl<K: Trace, V: Trace, P: 'static> Trace for DictIterRev<K, V, P> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.watch.trace(tracer);
    }
}

impl<K: Key, V: Trace> Iterate for Dict<K, V> {
    type Item = K;
    type Iter = DictKeys<K, V>;

    fn iter(&self) -> Result<DictKeys<K, V>> {
        Ok(DictIter::new(self))
    }

    fn size_hint(&self) -> usize {
        self.count_items()
    }
}

impl<K: Key, V: Trace> Reversible for Dict<K, V> {
    type Item = K;
    type Reversed = DictIterRev<K, V, Keys>;

    fn reversed(&self) -> Result<Self::Reversed> {
        Ok(DictIterRev::new(self))
    }
}
