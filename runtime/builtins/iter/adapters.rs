//! `enumerate`, `zip`, `map`, `filter`: iterators made of others.
//!
//! These are the plain parts, for the head of a `for` and for arguments of builtins; where a script keeps one under a
//! name it becomes an [`Iter`](super::Iter).

use crate::builtins::Result;
use crate::builtins::function::Function;
use crate::builtins::number::int;
use crate::builtins::protocol::{Iterate, ScriptIterator, Truth};
use crate::builtins::tuple::{Tuple1, Tuple2, Tuple3, Tuple4, Tuple5, Tuple6, Tuple7};
use crate::trace::{Trace, Tracer};

/// Gives `Trace` to iterators that own these fields.
macro_rules! traced {
    ($($name:ident<$($generic:ident $(: $bound:path)?),+>: $($field:ident),+;)+) => {$(
        // SAFETY: the named fields are all that can own a `Gc`.
        unsafe impl<$($generic: 'static $(+ $bound)?),+> Trace for $name<$($generic),+> {
            fn trace(&self, tracer: &mut Tracer<'_>) {
                $(self.$field.trace(tracer);)+
            }
        }
    )+};
}

/// What [`enumerate`] gives.
pub struct Enumerate<I> {
    iterator: I,
    next: i64,
}

/// `enumerate(items, start)`
pub fn enumerate<X: Iterate + ?Sized>(items: &X, start: i64) -> Result<Enumerate<X::Iter>> {
    Ok(Enumerate { iterator: items.iter()?, next: start })
}

impl<I: ScriptIterator> ScriptIterator for Enumerate<I> {
    type Item = Tuple2<i64, I::Item>;
    const CLASS: &'static str = "enumerate";

    #[inline]
    fn next(&mut self) -> Result<Option<Self::Item>> {
        let Some(item) = self.iterator.next()? else { return Ok(None) };
        let number = self.next;
        self.next = int::add(number, 1)?;
        Ok(Some(Tuple2 { _0: number, _1: item }))
    }
}

/// What [`zip`] gives.
pub struct Zip2<A, B> {
    a: A,
    b: B,
}

/// `zip(a, b)`: ends with the shorter.
pub fn zip<X: Iterate + ?Sized, Y: Iterate + ?Sized>(a: &X, b: &Y) -> Result<Zip2<X::Iter, Y::Iter>> {
    Ok(Zip2 { a: a.iter()?, b: b.iter()? })
}

impl<A: ScriptIterator, B: ScriptIterator> ScriptIterator for Zip2<A, B> {
    type Item = Tuple2<A::Item, B::Item>;
    const CLASS: &'static str = "zip";

    #[inline]
    fn next(&mut self) -> Result<Option<Self::Item>> {
        let Some(a) = self.a.next()? else { return Ok(None) };
        let Some(b) = self.b.next()? else { return Ok(None) };
        Ok(Some(Tuple2 { _0: a, _1: b }))
    }
}

/// `zip` of another number of iterables than two.
macro_rules! zips {
    ($($function:ident $class:ident $tuple:ident: $($items:ident $source:ident $name:ident $place:ident),+;)+) => {$(
        #[doc = concat!("What [`", stringify!($function), "`] gives.")]
        pub struct $class<$($items),+> {
            $($name: $items,)+
        }

        /// `zip` of as many iterables as it has parameters.
        pub fn $function<$($source: Iterate + ?Sized),+>($($name: &$source),+) -> Result<$class<$($source::Iter),+>> {
            Ok($class { $($name: $name.iter()?),+ })
        }

        impl<$($items: ScriptIterator),+> ScriptIterator for $class<$($items),+> {
            type Item = $tuple<$($items::Item),+>;
            const CLASS: &'static str = "zip";

            #[inline]
            fn next(&mut self) -> Result<Option<Self::Item>> {
                $(let Some($name) = self.$name.next()? else { return Ok(None) };)+
                Ok(Some($tuple { $($place: $name),+ }))
            }
        }

        // SAFETY: its iterators are all that can own a `Gc`.
        unsafe impl<$($items: Trace + 'static),+> Trace for $class<$($items),+> {
            fn trace(&self, tracer: &mut Tracer<'_>) {
                $(self.$name.trace(tracer);)+
            }
        }
    )+};
}

zips! {
    zip1 Zip1 Tuple1: A X a _0;
    zip3 Zip3 Tuple3: A X a _0, B Y b _1, C Z c _2;
    zip4 Zip4 Tuple4: A X a _0, B Y b _1, C Z c _2, D W d _3;
    zip5 Zip5 Tuple5: A X a _0, B Y b _1, C Z c _2, D W d _3, E V e _4;
    zip6 Zip6 Tuple6: A X a _0, B Y b _1, C Z c _2, D W d _3, E V e _4, F U f _5;
    zip7 Zip7 Tuple7: A X a _0, B Y b _1, C Z c _2, D W d _3, E V e _4, F U f _5, G T g _6;
}

/// What [`map`] gives.
pub struct Map<I: ScriptIterator, R: 'static>
where
    I::Item: 'static,
{
    iterator: I,
    function: Function<(I::Item,), R>,
}

/// `map(function, items)`
pub fn map<X: Iterate + ?Sized, R>(function: &Function<(X::Item,), R>, items: &X) -> Result<Map<X::Iter, R>> {
    Ok(Map { iterator: items.iter()?, function: function.clone() })
}

impl<I: ScriptIterator, R> ScriptIterator for Map<I, R> {
    type Item = R;
    const CLASS: &'static str = "map";

    #[inline]
    fn next(&mut self) -> Result<Option<R>> {
        match self.iterator.next()? {
            Some(item) => self.function.call((item,)).map(Some),
            None => Ok(None),
        }
    }
}

/// What [`map2`] gives.
pub struct Map2<A: ScriptIterator, B: ScriptIterator, R: 'static>
where
    A::Item: 'static,
    B::Item: 'static,
{
    a: A,
    b: B,
    function: Function<(A::Item, B::Item), R>,
}

/// `map(function, a, b)`
#[allow(clippy::type_complexity)]
pub fn map2<X: Iterate + ?Sized, Y: Iterate + ?Sized, R>(
    function: &Function<(X::Item, Y::Item), R>,
    a: &X,
    b: &Y,
) -> Result<Map2<X::Iter, Y::Iter, R>> {
    Ok(Map2 { a: a.iter()?, b: b.iter()?, function: function.clone() })
}

impl<A: ScriptIterator, B: ScriptIterator, R> ScriptIterator for Map2<A, B, R> {
    type Item = R;
    const CLASS: &'static str = "map";

    fn next(&mut self) -> Result<Option<R>> {
        let Some(a) = self.a.next()? else { return Ok(None) };
        let Some(b) = self.b.next()? else { return Ok(None) };
        self.function.call((a, b)).map(Some)
    }
}

/// What [`map3`] gives.
#[allow(clippy::type_complexity)]
pub struct Map3<A: ScriptIterator, B: ScriptIterator, C: ScriptIterator, R: 'static>
where
    A::Item: 'static,
    B::Item: 'static,
    C::Item: 'static,
{
    a: A,
    b: B,
    c: C,
    function: Function<(A::Item, B::Item, C::Item), R>,
}

/// `map(function, a, b, c)`
#[allow(clippy::type_complexity)]
pub fn map3<X: Iterate + ?Sized, Y: Iterate + ?Sized, Z: Iterate + ?Sized, R>(
    function: &Function<(X::Item, Y::Item, Z::Item), R>,
    a: &X,
    b: &Y,
    c: &Z,
) -> Result<Map3<X::Iter, Y::Iter, Z::Iter, R>> {
    Ok(Map3 { a: a.iter()?, b: b.iter()?, c: c.iter()?, function: function.clone() })
}

impl<A: ScriptIterator, B: ScriptIterator, C: ScriptIterator, R> ScriptIterator for Map3<A, B, C, R> {
    type Item = R;
    const CLASS: &'static str = "map";

    fn next(&mut self) -> Result<Option<R>> {
        let Some(a) = self.a.next()? else { return Ok(None) };
        let Some(b) = self.b.next()? else { return Ok(None) };
        let Some(c) = self.c.next()? else { return Ok(None) };
        self.function.call((a, b, c)).map(Some)
    }
}

/// What [`filter`] and [`truthy`] give.
pub struct Filter<I: ScriptIterator, R: 'static>
where
    I::Item: 'static,
{
    iterator: I,
    /// None: an item decides by its own truth.
    test: Option<Function<(I::Item,), R>>,
}

/// `filter(test, items)`
pub fn filter<X: Iterate + ?Sized, R>(test: &Function<(X::Item,), R>, items: &X) -> Result<Filter<X::Iter, R>> {
    Ok(Filter { iterator: items.iter()?, test: Some(test.clone()) })
}

/// `filter(None, items)`
pub fn truthy<X: Iterate + ?Sized>(items: &X) -> Result<Filter<X::Iter, bool>>
where
    X::Item: 'static,
{
    Ok(Filter { iterator: items.iter()?, test: None })
}

impl<I: ScriptIterator, R: Truth> ScriptIterator for Filter<I, R>
where
    I::Item: Clone + Truth,
{
    type Item = I::Item;
    const CLASS: &'static str = "filter";

    fn next(&mut self) -> Result<Option<I::Item>> {
        while let Some(item) = self.iterator.next()? {
            let is_kept = match &self.test {
                Some(test) => test.call((item.clone(),))?.truth()?,
                None => item.truth()?,
            };
            if is_kept {
                return Ok(Some(item));
            }
        }
        Ok(None)
    }
}

traced! {
    Enumerate<I: Trace>: iterator;
    Zip2<A: Trace, B: Trace>: a, b;
}

// SAFETY: the iterator and the function are all that it owns.
unsafe impl<I: ScriptIterator + Trace, R: 'static> Trace for Map<I, R> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.iterator.trace(tracer);
        self.function.trace(tracer);
    }
}

// SAFETY: the iterators and the function are all that it owns.
unsafe impl<A: ScriptIterator + Trace, B: ScriptIterator + Trace, R: 'static> Trace for Map2<A, B, R> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.a.trace(tracer);
        self.b.trace(tracer);
        self.function.trace(tracer);
    }
}

// SAFETY: the iterators and the function are all that it owns.
unsafe impl<A: ScriptIterator + Trace, B: ScriptIterator + Trace, C: ScriptIterator + Trace, R: 'static> Trace
    for Map3<A, B, C, R>
{
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.a.trace(tracer);
        self.b.trace(tracer);
        self.c.trace(tracer);
        self.function.trace(tracer);
    }
}

// SAFETY: the iterator and the function are all that it owns.
unsafe impl<I: ScriptIterator + Trace, R: 'static> Trace for Filter<I, R> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.iterator.trace(tracer);
        self.test.trace(tracer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::{List, Str};

    fn all<I: ScriptIterator>(mut iterator: I) -> Vec<I::Item> {
        core::iter::from_fn(|| iterator.next().unwrap()).collect()
    }

    #[test]
    fn they_go_as_far_as_the_shortest() {
        let numbers = List::from([1i64, 2, 3]);
        assert_eq!(
            all(enumerate(&Str::lit("ab"), 5).unwrap()),
            [Tuple2::new(5, "a".into()), Tuple2::new(6, "b".into())]
        );
        assert_eq!(all(zip(&numbers, &[true, false]).unwrap()), [Tuple2::new(1, true), Tuple2::new(2, false)]);
        assert_eq!(all(zip3(&numbers, &[1.5], &numbers).unwrap()), [Tuple3::new(1, 1.5, 1)]);
    }

    #[test]
    fn functions_are_called_as_items_are_asked_for() {
        let numbers = List::from([0i64, 1, 2, 3]);
        let double = Function::new("double", (), |_, (x,): (i64,)| Ok(x * 2));
        let odd = Function::new("odd", (), |_, (x,): (i64,)| Ok(x % 2 == 1));
        assert_eq!(all(map(&double, &numbers).unwrap()), [0, 2, 4, 6]);
        assert_eq!(all(filter(&odd, &numbers).unwrap()), [1, 3]);
        assert_eq!(all(truthy(&numbers).unwrap()), [1, 2, 3]);
        let add = Function::new("add", (), |_, (x, y): (i64, i64)| Ok(x + y));
        assert_eq!(all(map2(&add, &numbers, &numbers).unwrap()), [0, 2, 4, 6]);
    }
}
