//! `sorted`, `min`, `max`.

use crate::builtins::exceptions::VALUE_ERROR;
use crate::builtins::function::Function;
use crate::builtins::protocol::{Compare, Iterate, ScriptIterator, collect};
use crate::builtins::{Exception, List, Result};
use crate::trace::Trace;

/// `sorted(items, reverse=reverse)`
pub fn sorted<X: Iterate<Item: Compare + Clone + Trace> + ?Sized>(items: &X, reverse: bool) -> Result<List<X::Item>> {
    let list = List::from(collect(items)?);
    list.sort(reverse)?;
    Ok(list)
}

/// `sorted(items, key=key, reverse=reverse)`
pub fn sorted_by_key<X: Iterate<Item: Clone + Trace> + ?Sized, K: Compare + 'static>(
    items: &X,
    key: &Function<(X::Item,), K>,
    reverse: bool,
) -> Result<List<X::Item>> {
    let list = List::from(collect(items)?);
    list.sort_by_key(key, reverse)?;
    Ok(list)
}

/// The first item that no other precedes.
fn first<X: Iterate + ?Sized, K>(
    items: &X,
    mut key: impl FnMut(&X::Item) -> Result<K>,
    precedes: impl Fn(&X::Item, &K, &X::Item, &K) -> Result<bool>,
) -> Result<Option<X::Item>> {
    let mut iterator = items.iter()?;
    let Some(mut best) = iterator.next()? else { return Ok(None) };
    let mut best_key = key(&best)?;
    while let Some(item) = iterator.next()? {
        let item_key = key(&item)?;
        if precedes(&item, &item_key, &best, &best_key)? {
            (best, best_key) = (item, item_key);
        }
    }
    Ok(Some(best))
}

#[cold]
fn empty(name: &str) -> Exception {
    Exception::new(&VALUE_ERROR, format!("{name}() arg is an empty sequence"))
}

macro_rules! extremes {
    ($($plain:ident $or:ident $or_none:ident $by_key:ident $by_key_or_none:ident $comparison:ident;)+) => {$(
        #[doc = concat!("`", stringify!($plain), "(items)`")]
        pub fn $plain<X: Iterate<Item: Compare> + ?Sized>(items: &X) -> Result<X::Item> {
            $or_none(items)?.ok_or_else(|| empty(stringify!($plain)))
        }

        #[doc = concat!("`", stringify!($plain), "(items, default=default)`")]
        pub fn $or<X: Iterate<Item: Compare> + ?Sized>(items: &X, default: X::Item) -> Result<X::Item> {
            Ok($or_none(items)?.unwrap_or(default))
        }

        #[doc = concat!("`", stringify!($plain), "(items, default=None)`")]
        pub fn $or_none<X: Iterate<Item: Compare> + ?Sized>(items: &X) -> Result<Option<X::Item>> {
            first(items, |_| Ok(()), |a, _, b, _| a.$comparison(b))
        }

        #[doc = concat!("`", stringify!($plain), "(items, key=key, default=None)`")]
        pub fn $by_key_or_none<X: Iterate<Item: Clone> + ?Sized, K: Compare>(
            items: &X,
            key: &Function<(X::Item,), K>,
        ) -> Result<Option<X::Item>> {
            first(items, |item| key.call((item.clone(),)), |_, a, _, b| a.$comparison(b))
        }

        #[doc = concat!("`", stringify!($plain), "(items, key=key)`; without a default an empty sequence is an error.")]
        pub fn $by_key<X: Iterate<Item: Clone> + ?Sized, K: Compare>(
            items: &X,
            key: &Function<(X::Item,), K>,
            default: Option<X::Item>,
        ) -> Result<X::Item> {
            $by_key_or_none(items, key)?
                .or(default)
                .ok_or_else(|| empty(stringify!($plain)))
        }
    )+};
}

extremes! {
    min min_or min_or_none min_by_key min_by_key_or_none lt;
    max max_or max_or_none max_by_key max_by_key_or_none gt;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::tuple::Tuple2;
    use crate::builtins::{Range, Str};

    #[test]
    fn extremes_are_the_first_of_their_kind() {
        assert_eq!((min(&[3i64, 1, 2]).unwrap(), max(&[3i64, 1, 2]).unwrap()), (1, 3));
        let pairs = [Tuple2::new(1i64, 'a'), Tuple2::new(1, 'b')];
        let key = Function::new("key", (), |_, (pair,): (Tuple2<i64, char>,)| Ok(pair._0));
        assert_eq!(min_by_key(&pairs, &key, None).unwrap()._1, 'a');
        assert_eq!(max_by_key(&pairs, &key, None).unwrap()._1, 'a');
        assert_eq!(min_or(&Range::to(0), 7).unwrap(), 7);
        assert_eq!(max(&Range::to(0)).unwrap_err().to_string(), "max() arg is an empty sequence");
    }

    #[test]
    fn sorting_makes_a_new_list() {
        assert_eq!(sorted(&Str::lit("bca"), true).unwrap().to_vec(), ["c", "b", "a"]);
        let length = Function::new("len", (), |_, (text,): (Str,)| Ok(text.count_chars() as i64));
        let words = [Str::lit("ccc"), Str::lit("a"), Str::lit("bb")];
        assert_eq!(sorted_by_key(&words, &length, false).unwrap().to_vec(), ["a", "bb", "ccc"]);
    }
}
