//! Python's `itertools`: each function gives an iterator object.

mod groups;
mod product;

pub use groups::{groupby, groupby_key};
pub use product::{product, product_repeat, product1, product3, product4};

use super::number::int;
use super::protocol::{Add, Iterate, ScriptIterator, Truth, collect};
use super::tuple::Tuple2;
use super::{Exception, Function, Iter, List, Result, Seq, exceptions::VALUE_ERROR};
use crate::trace::{Trace, Tracer};

/// An iterator of a state and a function that makes the next item of it.
struct Steps<S, T> {
    state: S,
    next: fn(&mut S) -> Result<Option<T>>,
}

impl<S, T> ScriptIterator for Steps<S, T> {
    type Item = T;

    fn next(&mut self) -> Result<Option<T>> {
        (self.next)(&mut self.state)
    }
}

// SAFETY: the state is all that can own a `Gc`.
unsafe impl<S: Trace, T: 'static> Trace for Steps<S, T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.state.trace(tracer);
    }
}

fn steps<S: Trace, T: 'static>(state: S, next: fn(&mut S) -> Result<Option<T>>) -> Iter<T> {
    Iter::new(Steps { state, next })
}

/// `itertools.count(start, step)`
pub fn count(start: i64, step: i64) -> Iter<i64> {
    steps((start, step), |(next, step)| {
        let number = *next;
        *next = int::add(number, *step)?;
        Ok(Some(number))
    })
}

/// `itertools.repeat(item)`
pub fn repeat<T: Trace + Clone>(item: T) -> Iter<T> {
    steps(item, |item| Ok(Some(item.clone())))
}

/// `itertools.repeat(item, times)`
pub fn repeat_times<T: Trace + Clone>(item: T, times: i64) -> Iter<T> {
    steps((item, times), |(item, left)| {
        if *left <= 0 {
            return Ok(None);
        }
        *left -= 1;
        Ok(Some(item.clone()))
    })
}

/// `itertools.cycle(items)`
pub fn cycle<X: Iterate<Item: Trace + Clone, Iter: Trace>>(items: &X) -> Result<Iter<X::Item>> {
    let state = (Some(items.iter()?), Vec::new(), 0usize);
    Ok(steps(state, |(source, saved, place)| {
        if let Some(iterator) = source {
            if let Some(item) = iterator.next()? {
                saved.push(item.clone());
                return Ok(Some(item));
            }
            *source = None;
        }
        let item = saved.get(*place).cloned();
        *place = (*place + 1) % saved.len().max(1);
        Ok(item)
    }))
}

/// `itertools.chain(a, b)`
pub fn chain<X: Iterate<Iter: Trace, Item: 'static>, Y: Iterate<Item = X::Item, Iter: Trace>>(
    a: &X,
    b: &Y,
) -> Result<Iter<X::Item>> {
    Ok(steps((Some(a.iter()?), b.iter()?), |(first, second)| {
        if let Some(iterator) = first {
            if let Some(item) = iterator.next()? {
                return Ok(Some(item));
            }
            *first = None;
        }
        second.next()
    }))
}

/// `itertools.chain.from_iterable(items)`
pub fn chain_from_iterable<X: Iterate<Iter: Trace, Item: Iterate<Iter: Trace, Item: 'static>>>(
    items: &X,
) -> Result<Iter<<X::Item as Iterate>::Item>> {
    let state = (items.iter()?, None::<<X::Item as Iterate>::Iter>);
    Ok(steps(state, |(source, current)| {
        loop {
            if let Some(iterator) = current {
                if let Some(item) = iterator.next()? {
                    return Ok(Some(item));
                }
                *current = None;
            }
            match source.next()? {
                Some(items) => *current = Some(items.iter()?),
                None => return Ok(None),
            }
        }
    }))
}

/// `itertools.islice(items, stop)`
pub fn islice<X: Iterate<Iter: Trace, Item: 'static>>(items: &X, stop: Option<i64>) -> Result<Iter<X::Item>> {
    islice_from(items, 0, stop, 1)
}

/// `itertools.islice(items, start, stop, step)`
pub fn islice_from<X: Iterate<Iter: Trace, Item: 'static>>(
    items: &X,
    start: i64,
    stop: Option<i64>,
    step: i64,
) -> Result<Iter<X::Item>> {
    if start < 0 || stop.is_some_and(|stop| stop < 0) || step < 1 {
        let what = match (step < 1, start == 0 && step == 1) {
            (true, _) => "Step for islice() must be a positive integer or None.",
            (_, true) => "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.",
            _ => "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.",
        };
        return Err(Exception::new(&VALUE_ERROR, what));
    }
    let state = (items.iter()?, 0i64, start, stop.unwrap_or(i64::MAX), step);
    Ok(steps(state, |(iterator, place, wanted, stop, step)| {
        if *wanted >= *stop {
            // What lies before the end is taken all the same.
            while *place < *stop && *stop < i64::MAX {
                *place += 1;
                if iterator.next()?.is_none() {
                    break;
                }
            }
            *place = *stop;
            return Ok(None);
        }
        while let Some(item) = iterator.next()? {
            *place += 1;
            if *place > *wanted {
                *wanted = wanted.saturating_add(*step);
                return Ok(Some(item));
            }
        }
        *wanted = *stop;
        Ok(None)
    }))
}

/// `itertools.takewhile(test, items)`
pub fn takewhile<X: Iterate<Iter: Trace, Item: Clone + 'static>, R: Truth>(
    test: &Function<(X::Item,), R>,
    items: &X,
) -> Result<Iter<X::Item>> {
    Ok(steps((Some(items.iter()?), test.clone()), |(source, test)| {
        let Some(iterator) = source else { return Ok(None) };
        let Some(item) = iterator.next()? else { return Ok(None) };
        if test.call((item.clone(),))?.truth()? {
            return Ok(Some(item));
        }
        *source = None;
        Ok(None)
    }))
}

/// `itertools.dropwhile(test, items)`
pub fn dropwhile<X: Iterate<Iter: Trace, Item: Clone + 'static>, R: Truth>(
    test: &Function<(X::Item,), R>,
    items: &X,
) -> Result<Iter<X::Item>> {
    Ok(steps((items.iter()?, Some(test.clone())), |(iterator, test)| {
        while let Some(item) = iterator.next()? {
            match test {
                Some(function) if function.call((item.clone(),))?.truth()? => {}
                _ => {
                    *test = None;
                    return Ok(Some(item));
                }
            }
        }
        Ok(None)
    }))
}

/// `itertools.filterfalse(test, items)`
pub fn filterfalse<X: Iterate<Iter: Trace, Item: Clone + 'static>, R: Truth>(
    test: &Function<(X::Item,), R>,
    items: &X,
) -> Result<Iter<X::Item>> {
    Ok(steps((items.iter()?, test.clone()), |(iterator, test)| {
        while let Some(item) = iterator.next()? {
            if !test.call((item.clone(),))?.truth()? {
                return Ok(Some(item));
            }
        }
        Ok(None)
    }))
}

/// `itertools.accumulate(items, function)`
pub fn accumulate_by<X: Iterate<Iter: Trace, Item: Trace + Clone>>(
    items: &X,
    function: &Function<(X::Item, X::Item), X::Item>,
) -> Result<Iter<X::Item>> {
    Ok(steps((items.iter()?, function.clone(), None::<X::Item>), |(iterator, function, total)| {
        let Some(item) = iterator.next()? else { return Ok(None) };
        let next = match total.take() {
            Some(total) => function.call((total, item))?,
            None => item,
        };
        *total = Some(next.clone());
        Ok(Some(next))
    }))
}

/// `itertools.accumulate(items)`
pub fn accumulate<X: Iterate<Iter: Trace, Item: Trace + Clone + Add<Output = X::Item>>>(
    items: &X,
) -> Result<Iter<X::Item>> {
    Ok(steps((items.iter()?, None::<X::Item>), |(iterator, sum)| {
        let Some(item) = iterator.next()? else { return Ok(None) };
        let next = match sum {
            Some(sum) => sum.add(&item)?,
            None => item,
        };
        *sum = Some(next.clone());
        Ok(Some(next))
    }))
}

/// `itertools.pairwise(items)`
pub fn pairwise<X: Iterate<Iter: Trace, Item: Trace + Clone>>(items: &X) -> Result<Iter<Tuple2<X::Item, X::Item>>> {
    Ok(steps((items.iter()?, None::<X::Item>), |(iterator, former)| {
        if former.is_none() {
            *former = iterator.next()?;
        }
        let Some(next) = iterator.next()? else { return Ok(None) };
        let before = former.replace(next.clone());
        Ok(before.map(|before| Tuple2::new(before, next)))
    }))
}

/// `itertools.compress(items, selectors)`: the items whose selector is true.
pub fn compress<X: Iterate<Iter: Trace, Item: 'static>, Y: Iterate<Iter: Trace, Item: Truth>>(
    items: &X,
    selectors: &Y,
) -> Result<Iter<X::Item>> {
    Ok(steps((items.iter()?, selectors.iter()?), |(items, selectors)| {
        while let Some(item) = items.next()? {
            let Some(selector) = selectors.next()? else { return Ok(None) };
            if selector.truth()? {
                return Ok(Some(item));
            }
        }
        Ok(None)
    }))
}

/// `itertools.starmap(function, pairs)`
pub fn starmap<A: 'static, B: 'static, R: 'static, X: Iterate<Item = Tuple2<A, B>, Iter: Trace>>(
    function: &Function<(A, B), R>,
    pairs: &X,
) -> Result<Iter<R>> {
    Ok(steps((function.clone(), pairs.iter()?), |(function, pairs)| match pairs.next()? {
        Some(Tuple2 { _0: a, _1: b }) => function.call((a, b)).map(Some),
        None => Ok(None),
    }))
}

/// The next item of what has not ended yet.
fn further<I: ScriptIterator>(source: &mut Option<I>) -> Result<Option<I::Item>> {
    let Some(iterator) = source else { return Ok(None) };
    let item = iterator.next()?;
    if item.is_none() {
        *source = None;
    }
    Ok(item)
}

/// `itertools.zip_longest(a, b)`: `None` for what the shorter lacks.
#[allow(clippy::type_complexity, reason = "an iterator of pairs")]
pub fn zip_longest<X: Iterate<Iter: Trace, Item: 'static>, Y: Iterate<Iter: Trace, Item: 'static>>(
    a: &X,
    b: &Y,
) -> Result<Iter<Tuple2<Option<X::Item>, Option<Y::Item>>>> {
    Ok(steps((Some(a.iter()?), Some(b.iter()?)), |(a, b)| {
        let (a, b) = (further(a)?, further(b)?);
        Ok((a.is_some() || b.is_some()).then(|| Tuple2::new(a, b)))
    }))
}

/// `itertools.zip_longest(a, b, fillvalue=fill)`
pub fn zip_longest_with<X: Iterate<Iter: Trace, Item: Trace + Clone>, Y: Iterate<Item = X::Item, Iter: Trace>>(
    a: &X,
    b: &Y,
    fill: X::Item,
) -> Result<Iter<Tuple2<X::Item, X::Item>>> {
    Ok(steps((Some(a.iter()?), Some(b.iter()?), fill), |(a, b, fill)| match (further(a)?, further(b)?) {
        (None, None) => Ok(None),
        (a, b) => Ok(Some(Tuple2::new(a.unwrap_or_else(|| fill.clone()), b.unwrap_or_else(|| fill.clone())))),
    }))
}

/// `itertools.combinations(items, r)`
pub fn combinations<X: Iterate<Item: Trace + Clone>>(items: &X, r: i64) -> Result<Iter<Seq<X::Item>>> {
    let pool = collect(items)?;
    let places = (0..length(r)?).collect::<Vec<usize>>();
    let is_done = places.len() > pool.len();
    Ok(steps((pool, places, is_done), |(pool, places, is_done)| {
        if *is_done {
            return Ok(None);
        }
        let chosen = places[..].iter().map(|place| pool[*place].clone()).collect();
        let (n, r) = (pool.len(), places.len());
        match (0..r).rev().find(|i| places[*i] != i + n - r) {
            Some(i) => {
                let first = places[i] + 1;
                for (offset, place) in places[i..].iter_mut().enumerate() {
                    *place = first + offset;
                }
            }
            None => *is_done = true,
        }
        Ok(Some(chosen))
    }))
}

/// `itertools.permutations(items, r)`
pub fn permutations<X: Iterate<Item: Trace + Clone>>(items: &X, r: Option<i64>) -> Result<Iter<Seq<X::Item>>> {
    let pool = collect(items)?;
    let chosen = r.map_or(Ok(pool.len()), length)?;
    let places: Vec<usize> = (0..pool.len()).collect();
    let is_done = chosen > pool.len();
    Ok(steps((pool, places, chosen, is_done), |(pool, places, chosen, is_done)| {
        if *is_done {
            return Ok(None);
        }
        let items = places[..*chosen].iter().map(|place| pool[*place].clone()).collect();
        // With the rest the other way round, the next permutation is the first that differs in what is chosen.
        places[*chosen..].reverse();
        *is_done = !next_permutation(places);
        Ok(Some(items))
    }))
}

/// The next permutation in lexicographic order; false after the last.
fn next_permutation(places: &mut [usize]) -> bool {
    let Some(i) = (1..places.len()).rev().find(|i| places[i - 1] < places[*i]) else { return false };
    let Some(j) = (i..places.len()).rev().find(|j| places[*j] > places[i - 1]) else { return false };
    places.swap(i - 1, j);
    places[i..].reverse();
    true
}

fn length(r: i64) -> Result<usize> {
    usize::try_from(r).map_err(|_| Exception::new(&VALUE_ERROR, "r must be non-negative"))
}

/// `itertools.tee(items)`, as lists of what is left.
#[allow(clippy::type_complexity, reason = "two iterators")]
pub fn tee<X: Iterate<Item: Trace + Clone>>(items: &X) -> Result<Tuple2<Iter<X::Item>, Iter<X::Item>>> {
    let list = List::from(collect(items)?);
    Ok(Tuple2::new(Iter::new(list.iter()?), Iter::new(list.iter()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::protocol::Show;
    use crate::builtins::{Range, Str};

    fn first<T: Trace + Clone + Show>(count: i64, items: Iter<T>) -> String {
        let list = List::from(collect(&islice(&items, Some(count)).unwrap()).unwrap());
        list.repr().unwrap().to_string()
    }

    fn odd() -> Function<(i64,), bool> {
        Function::new("odd", (), |(), (x,): (i64,)| Ok(x % 2 == 1))
    }

    #[test]
    fn endless_ones() {
        assert_eq!(first(3, count(5, -2)), "[5, 3, 1]");
        assert_eq!(first(2, repeat(Str::lit("a"))), "['a', 'a']");
        assert_eq!(first(5, cycle(&Range::to(2)).unwrap()), "[0, 1, 0, 1, 0]");
        assert_eq!(first(9, cycle(&Range::to(0)).unwrap()), "[]");
    }

    #[test]
    fn parts() {
        assert_eq!(first(9, islice_from(&Range::to(10), 2, Some(9), 3).unwrap()), "[2, 5, 8]");
        assert_eq!(first(9, takewhile(&odd(), &List::from([1, 3, 4, 5])).unwrap()), "[1, 3]");
        assert_eq!(first(9, dropwhile(&odd(), &List::from([1, 3, 4, 5])).unwrap()), "[4, 5]");
        assert_eq!(first(9, filterfalse(&odd(), &Range::to(5)).unwrap()), "[0, 2, 4]");
        assert_eq!(first(9, repeat_times(0i64, 2)), "[0, 0]");
        assert!(islice_from(&Range::to(1), -1, None, 1).is_err());
    }

    #[test]
    fn side_by_side() {
        assert_eq!(first(9, compress(&Range::to(4), &[1, 0, 2]).unwrap()), "[0, 2]");
        assert_eq!(first(9, zip_longest(&Range::to(2), &[true]).unwrap()), "[(0, True), (1, None)]");
        assert_eq!(first(9, zip_longest_with(&Range::to(1), &[5, 6], 9).unwrap()), "[(0, 5), (9, 6)]");
        let product = Function::new("mul", (), |(), (a, b): (i64, i64)| Ok(a * b));
        assert_eq!(first(9, starmap(&product, &[Tuple2::new(2i64, 3i64), Tuple2::new(4, 5)]).unwrap()), "[6, 20]");
    }

    #[test]
    fn a_group_ends_where_the_next_begins() {
        let groups = groupby_key(&List::from([1i64, 3, 4, 5]), &odd()).unwrap();
        let Tuple2 { _0: key, _1: group } = groups.advance().unwrap();
        assert_eq!((key, first(9, group)), (true, "[1, 3]".into()));
        let Tuple2 { _0: key, _1: unread } = groups.advance().unwrap();
        let Tuple2 { _0: _, _1: last } = groups.advance().unwrap();
        assert_eq!((key, first(9, unread), first(9, last)), (false, "[]".into(), "[5]".into()));
        assert_eq!(groups.step().unwrap().map(|pair| pair._0), None);
        let equal = collect(&groupby(&[7i64, 7, 8]).unwrap()).unwrap();
        assert_eq!(equal.into_iter().map(|pair| pair._0).collect::<Vec<_>>(), [7, 8]);
    }

    #[test]
    fn a_slice_takes_what_lies_before_its_end() {
        let source = Iter::new(Range::to(10).iter().unwrap());
        assert_eq!(collect(&islice_from(&source, 0, Some(5), 3).unwrap()).unwrap(), [0, 3]);
        assert_eq!(source.advance().unwrap(), 5);
    }

    #[test]
    fn combined_ones() {
        assert_eq!(first(9, chain(&Range::to(2), &List::from([7])).unwrap()), "[0, 1, 7]");
        let lists = List::from([List::from([1i64]), List::new(), List::from([2])]);
        assert_eq!(first(9, chain_from_iterable(&lists).unwrap()), "[1, 2]");
        assert_eq!(first(9, accumulate(&Range::new(1, 5)).unwrap()), "[1, 3, 6, 10]");
        let longest = Function::new("max", (), |(), (a, b): (i64, i64)| Ok(a.max(b)));
        assert_eq!(first(9, accumulate_by(&List::from([1, 5, 2]), &longest).unwrap()), "[1, 5, 5]");
        assert_eq!(first(9, pairwise(&Range::to(3)).unwrap()), "[(0, 1), (1, 2)]");
        assert_eq!(
            first(9, product(&Range::to(2), &[true, false]).unwrap()),
            "[(0, True), (0, False), (1, True), (1, False)]"
        );
        assert_eq!(first(9, product_repeat(&Range::to(2), 2).unwrap()), "[(0, 0), (0, 1), (1, 0), (1, 1)]");
        assert_eq!(first(9, product_repeat(&Range::to(0), 0).unwrap()), "[()]");
        assert_eq!(first(9, product3(&Range::to(2), &[7], &Range::to(0)).unwrap()), "[]");
        assert_eq!(first(9, combinations(&Range::to(3), 2).unwrap()), "[(0, 1), (0, 2), (1, 2)]");
        assert_eq!(first(9, combinations(&Range::to(1), 2).unwrap()), "[]");
        assert_eq!(first(9, permutations(&Range::to(2), None).unwrap()), "[(0, 1), (1, 0)]");
        let pairs = permutations(&Range::to(3), Some(2)).unwrap();
        assert_eq!(first(9, pairs), "[(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]");
        assert_eq!(first(9, permutations(&Range::to(1), Some(2)).unwrap()), "[]");
        let Tuple2 { _0: a, _1: b } = tee(&Range::to(2)).unwrap();
        assert_eq!((first(9, a), first(9, b)), ("[0, 1]".into(), "[0, 1]".into()));
    }
}
