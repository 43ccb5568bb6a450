//! `tuple[T, ...]`: an immutable sequence.

use super::backwards::Backwards;
use super::protocol::{
    Add, Compare, Contains, Equal, GetItem, Hashed, Identity, Iterate, Len, Peek, Reversible, ScriptIterator, Show,
    Truth, hash_sequence, same_or_equal,
};
use super::recursion::{Comparing, Printing};
use super::slice::{Slice, out_of_range, place};
use super::tuple::*;
use super::{Result, exceptions};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use core::fmt;

/// Python's `tuple[T, ...]`: a reference to a sequence of any length that never changes.
pub struct Seq<T: Trace>(Gc<SeqObject<T>>);

/// The object behind a [`Seq`].
pub struct SeqObject<T> {
    items: Backwards<T>,
}

// SAFETY: the items are all that it owns.
unsafe impl<T: Trace> Trace for SeqObject<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.items.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        self.items.trace_named(tracer);
    }

    fn acyclic() -> bool {
        T::acyclic()
    }

    fn type_name() -> &'static str {
        "tuple"
    }

    #[inline]
    fn drops_quietly() -> bool {
        T::drops_quietly()
    }
}

crate::trace::handle!([T: Trace] Seq<T>);

impl<T: Trace> Seq<T> {
    /// The object, for functions that take any [`Gc`].
    pub fn object(&self) -> &Gc<SeqObject<T>> {
        &self.0
    }

    pub(crate) fn from_object(object: Gc<SeqObject<T>>) -> Seq<T> {
        Seq(object)
    }

    /// The items.
    pub fn as_slice(&self) -> &[T] {
        &self.0.items
    }
}

impl<T: Trace + Clone + Equal + Identity> Seq<T> {
    /// `t.count(item)`
    pub fn count(&self, item: &T) -> Result<i64> {
        let mut count = 0;
        for candidate in self.as_slice() {
            count += i64::from(same_or_equal(candidate, item)?);
        }
        Ok(count)
    }

    /// `t.index(item)`
    pub fn index(&self, item: &T) -> Result<i64> {
        for (place, candidate) in self.as_slice().iter().enumerate() {
            if same_or_equal(candidate, item)? {
                return Ok(place as i64);
            }
        }
        Err(super::Exception::new(&exceptions::VALUE_ERROR, "tuple.index(x): x not in tuple"))
    }
}

impl<T: Trace> From<Vec<T>> for Seq<T> {
    #[track_caller]
    fn from(items: Vec<T>) -> Seq<T> {
        Seq(Gc::new(SeqObject { items: items.into() }))
    }
}

impl<T: Trace> FromIterator<T> for Seq<T> {
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Seq<T> {
        Seq::from(Vec::from_iter(items))
    }
}

impl<T: Trace, const N: usize> From<[T; N]> for Seq<T> {
    #[track_caller]
    fn from(items: [T; N]) -> Seq<T> {
        Seq::from(Vec::from(items))
    }
}

impl<T: Trace> Clone for Seq<T> {
    fn clone(&self) -> Seq<T> {
        Seq(self.0.clone())
    }
}

impl<T: Trace + Clone> GetItem<i64> for Seq<T> {
    type Output = T;

    fn getitem(&self, index: &i64) -> Result<T> {
        self.peek(index).ok_or_else(|| out_of_range("tuple index out of range"))
    }
}

impl<T: Trace + Clone> Peek<i64> for Seq<T> {
    #[inline]
    fn peek(&self, index: &i64) -> Option<T> {
        let items = self.as_slice();
        place(*index, items.len()).map(|place| items[place].clone())
    }
}

impl<T: Trace + Clone> GetItem<Slice> for Seq<T> {
    type Output = Seq<T>;

    fn getitem(&self, slice: &Slice) -> Result<Seq<T>> {
        let items = self.as_slice();
        Ok(slice.select(items.len())?.indices().map(|place| items[place].clone()).collect())
    }
}

impl<T: Trace + Clone> Add for Seq<T> {
    type Output = Seq<T>;

    fn add(&self, other: &Seq<T>) -> Result<Seq<T>> {
        Ok(Seq::from([self.as_slice(), other.as_slice()].concat()))
    }
}

impl<T: Trace> Len for Seq<T> {
    fn len(&self) -> Result<i64> {
        Ok(self.as_slice().len() as i64)
    }
}

impl<T: Trace> Truth for Seq<T> {
    fn truth(&self) -> Result<bool> {
        Ok(!self.as_slice().is_empty())
    }
}

impl<T: Trace> Identity for Seq<T> {
    fn is(&self, other: &Seq<T>) -> bool {
        Gc::ptr_eq(&self.0, &other.0)
    }

    fn id(&self) -> i64 {
        Gc::as_ptr(&self.0).addr() as i64
    }
}

impl<T: Trace + Equal + Identity> Contains<T> for Seq<T> {
    fn contains(&self, item: &T) -> Result<bool> {
        for candidate in self.as_slice() {
            if same_or_equal(candidate, item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl<T: Trace + Equal + Identity> Equal for Seq<T> {
    fn eq(&self, other: &Seq<T>) -> Result<bool> {
        let (a, b) = (self.as_slice(), other.as_slice());
        if a.len() != b.len() {
            return Ok(false);
        }
        let _comparing = Comparing::enter()?;
        for (a, b) in a.iter().zip(b) {
            if !same_or_equal(a, b)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn ordered<T: Trace + Equal + Identity>(
    a: &Seq<T>,
    b: &Seq<T>,
    items: fn(&T, &T) -> Result<bool>,
    lengths: fn(&usize, &usize) -> bool,
) -> Result<bool> {
    let _comparing = Comparing::enter()?;
    for (a, b) in a.as_slice().iter().zip(b.as_slice()) {
        if !same_or_equal(a, b)? {
            return items(a, b);
        }
    }
    Ok(lengths(&a.as_slice().len(), &b.as_slice().len()))
}

/// Item by item; where one sequence ends, it is the smaller.
impl<T: Trace + Equal + Identity + Compare> Compare for Seq<T> {
    fn lt(&self, other: &Seq<T>) -> Result<bool> {
        ordered(self, other, T::lt, PartialOrd::lt)
    }

    fn le(&self, other: &Seq<T>) -> Result<bool> {
        ordered(self, other, T::le, PartialOrd::le)
    }

    fn gt(&self, other: &Seq<T>) -> Result<bool> {
        ordered(self, other, T::gt, PartialOrd::gt)
    }

    fn ge(&self, other: &Seq<T>) -> Result<bool> {
        ordered(self, other, T::ge, PartialOrd::ge)
    }
}

impl<T: Trace + Hashed> Hashed for Seq<T> {
    const COMPARING_RUNS_CODE: bool = T::COMPARING_RUNS_CODE;

    fn hash(&self) -> Result<i64> {
        let _comparing = Comparing::enter()?;
        let hashes: Vec<i64> = self.as_slice().iter().map(T::hash).collect::<Result<_>>()?;
        Ok(hash_sequence(hashes.into_iter()))
    }
}

impl<T: Trace + Show> Show for Seq<T> {
    fn type_name(&self) -> &'static str {
        "tuple"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        let Some(_printing) = Printing::enter(Gc::as_ptr(&self.0))? else {
            out.push_str("(...)");
            return Ok(());
        };
        out.push('(');
        for (place, item) in self.as_slice().iter().enumerate() {
            if place > 0 {
                out.push_str(", ");
            }
            item.write_repr(out)?;
        }
        out.push_str(if self.as_slice().len() == 1 { ",)" } else { ")" });
        Ok(())
    }
}

impl<T: Trace + Show> fmt::Debug for Seq<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.repr().map_err(|_| fmt::Error)?)
    }
}

/// An iterator over a [`Seq`], in either direction.
pub struct SeqIter<T: Trace> {
    items: Option<Seq<T>>,
    next: usize,
    step: isize,
}

impl<T: Trace + Clone> ScriptIterator for SeqIter<T> {
    type Item = T;
    const CLASS: &'static str = "tuple_iterator";

    fn next(&mut self) -> Result<Option<T>> {
        let Some(items) = &self.items else { return Ok(None) };
        let item = items.as_slice().get(self.next).cloned();
        self.next = self.next.wrapping_add_signed(self.step);
        if item.is_none() {
            self.items = None;
        }
        Ok(item)
    }
}

// SAFETY: the sequence is all that it owns.
unsafe impl<T: Trace> Trace for SeqIter<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.items.trace(tracer);
    }
}

impl<T: Trace + Clone> Iterate for Seq<T> {
    type Item = T;
    type Iter = SeqIter<T>;

    fn iter(&self) -> Result<SeqIter<T>> {
        Ok(SeqIter { items: Some(self.clone()), next: 0, step: 1 })
    }

    fn size_hint(&self) -> usize {
        self.as_slice().len()
    }
}

/// A tuple whose items have one type.
macro_rules! iterated_tuples {
    ($($tuple:ident<$($type:ident),+> $($item:ident),+;)+) => {$(
        impl<T: Trace + Clone> Iterate for $tuple<$($type),+> {
            type Item = T;
            type Iter = SeqIter<T>;

            fn iter(&self) -> Result<SeqIter<T>> {
                Seq::from(vec![$(self.$item.clone()),+]).iter()
            }
        }
    )+};
}

iterated_tuples! {
    Tuple1<T> _0;
    Tuple2<T, T> _0, _1;
    Tuple3<T, T, T> _0, _1, _2;
    Tuple4<T, T, T, T> _0, _1, _2, _3;
    Tuple5<T, T, T, T, T> _0, _1, _2, _3, _4;
    Tuple6<T, T, T, T, T, T> _0, _1, _2, _3, _4, _5;
    Tuple7<T, T, T, T, T, T, T> _0, _1, _2, _3, _4, _5, _6;
    Tuple8<T, T, T, T, T, T, T, T> _0, _1, _2, _3, _4, _5, _6, _7;
}

impl<T: Trace + Clone> Reversible for Seq<T> {
    type Item = T;
    type Reversed = SeqIter<T>;

    fn reversed(&self) -> Result<SeqIter<T>> {
        Ok(SeqIter { items: Some(self.clone()), next: self.as_slice().len().wrapping_sub(1), step: -1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::protocol::collect;
    use crate::builtins::testing::{Noisy, log};

    #[test]
    fn the_last_item_dies_first() {
        drop(Seq::from([Noisy::new("a"), Noisy::new("b")]));
        assert_eq!(log(), ["b", "a"]);
    }

    #[test]
    fn it_is_a_sequence() {
        let seq = Seq::from([3i64, 1, 2]);
        assert_eq!(seq.getitem(&-1).unwrap(), 2);
        assert_eq!(seq.getitem(&3).unwrap_err().to_string(), "tuple index out of range");
        assert_eq!(seq.getitem(&Slice::new(Some(1), None, None)).unwrap().as_slice(), [1, 2]);
        assert_eq!(collect(&seq).unwrap(), [3, 1, 2]);
        let mut backwards = seq.reversed().unwrap();
        assert_eq!(backwards.next().unwrap(), Some(2));
        assert_eq!(seq.index(&2).unwrap(), 2);
        assert!(seq.contains(&1).unwrap() && !seq.contains(&9).unwrap());
        assert!(Compare::lt(&seq, &Seq::from([3, 2])).unwrap());
        assert_eq!(Hashed::hash(&Seq::from([1i64, 2, 3])).unwrap(), 529344067295497451);
    }

    #[test]
    fn printing() {
        assert_eq!(format!("{:?} {:?}", Seq::from([1i64]), Seq::from([1i64, 2])), "(1,) (1, 2)");
        assert_eq!(format!("{:?}", Seq::<i64>::from([])), "()");
    }
}
