//! Where a value must be there, or must be of a certain length: `None` that is used, and unpacking.

use super::exceptions::{ATTRIBUTE_ERROR, TYPE_ERROR, VALUE_ERROR};
use super::protocol::{Iterate, ScriptIterator};
use super::{Exception, List, Result};
use crate::trace::Trace;

/// The value whose attribute `name` is used; `None` has none.
#[inline]
pub fn not_none<T>(value: Option<T>, name: &'static str) -> Result<T> {
    value.ok_or_else(|| no_attribute("NoneType", name))
}

/// The value where a `T?` becomes a `T`.
#[inline]
pub fn present<T>(value: Option<T>, type_name: &'static str) -> Result<T> {
    value.ok_or_else(|| is_none(type_name))
}

/// What reading an attribute raises that isn't there.
#[cold]
pub fn no_attribute(type_name: &str, name: &str) -> Exception {
    Exception::new(&ATTRIBUTE_ERROR, format!("'{type_name}' object has no attribute '{name}'"))
}

#[cold]
fn is_none(type_name: &str) -> Exception {
    Exception::new(&TYPE_ERROR, format!("None where a value of type '{type_name}' is needed"))
}

/// Exactly `N` items of an iterable: `a, b = items`.
pub fn unpack<X: Iterate + ?Sized, const N: usize>(items: &X) -> Result<[X::Item; N]> {
    let mut iterator = items.iter()?;
    let all = take(&mut iterator, N, false)?;
    if iterator.next()?.is_some() {
        return Err(Exception::new(&VALUE_ERROR, format!("too many values to unpack (expected {N})")));
    }
    Ok(array(all))
}

/// `BEFORE` items, a list of what lies between, and `AFTER` items: `a, *rest, z = items`.
#[allow(clippy::type_complexity)]
pub fn unpack_rest<X: Iterate<Item: Trace> + ?Sized, const BEFORE: usize, const AFTER: usize>(
    items: &X,
) -> Result<([X::Item; BEFORE], List<X::Item>, [X::Item; AFTER])> {
    let mut iterator = items.iter()?;
    let before = take(&mut iterator, BEFORE, true)?;
    let mut rest = Vec::new();
    while let Some(item) = iterator.next()? {
        rest.push(item);
    }
    if rest.len() < AFTER {
        return Err(too_few(BEFORE + AFTER, BEFORE + rest.len(), true));
    }
    let after = rest.split_off(rest.len() - AFTER);
    Ok((array(before), List::from(rest), array(after)))
}

fn take<I: ScriptIterator>(iterator: &mut I, count: usize, at_least: bool) -> Result<Vec<I::Item>> {
    let mut items = Vec::with_capacity(count);
    while items.len() < count {
        match iterator.next()? {
            Some(item) => items.push(item),
            None => return Err(too_few(count, items.len(), at_least)),
        }
    }
    Ok(items)
}

fn array<T, const N: usize>(items: Vec<T>) -> [T; N] {
    items.try_into().unwrap_or_else(|_| unreachable!("so many were counted"))
}

#[cold]
fn too_few(expected: usize, got: usize, at_least: bool) -> Exception {
    let at_least = if at_least { "at least " } else { "" };
    let message = format!("not enough values to unpack (expected {at_least}{expected}, got {got})");
    Exception::new(&VALUE_ERROR, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::{Range, Str};

    #[test]
    fn none_has_no_attributes() {
        assert_eq!(not_none(Some(1), "name").unwrap(), 1);
        let message = "'NoneType' object has no attribute 'name'";
        assert_eq!(not_none(None::<i64>, "name").unwrap_err().to_string(), message);
    }

    #[test]
    fn unpacking_counts() {
        assert_eq!(unpack::<_, 2>(&Str::lit("ab")).unwrap(), ["a", "b"]);
        let message = |e: Exception| e.to_string();
        assert_eq!(
            message(unpack::<_, 3>(&Range::to(2)).unwrap_err()),
            "not enough values to unpack (expected 3, got 2)"
        );
        assert_eq!(message(unpack::<_, 1>(&Range::to(2)).unwrap_err()), "too many values to unpack (expected 1)");
    }

    #[test]
    fn a_rest_takes_what_is_left() {
        let (before, rest, after) = unpack_rest::<_, 1, 1>(&Range::to(4)).unwrap();
        assert_eq!((before, rest.to_vec(), after), ([0], vec![1, 2], [3]));
        let (_, rest, _) = unpack_rest::<_, 1, 0>(&Range::to(1)).unwrap();
        assert_eq!(rest.count_items(), 0);
        let error = unpack_rest::<_, 2, 1>(&Range::to(2)).unwrap_err();
        assert_eq!(error.to_string(), "not enough values to unpack (expected at least 3, got 2)");
    }
}
