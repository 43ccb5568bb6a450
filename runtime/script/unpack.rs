//! `a, b = items`, `a, *rest = items`, and the same as patterns.

use crate::builtins::exceptions::VALUE_ERROR;
use crate::builtins::protocol::{Iterate, Len, ScriptIterator};
use crate::builtins::{Exception, List, Result};

/// Exactly `N` items.
pub fn unpack<I: Iterate + ?Sized, const N: usize>(items: &I) -> Result<[I::Item; N]> {
    let mut iterator = items.iter()?;
    let mut found = Vec::with_capacity(N);
    while found.len() < N {
        match iterator.next()? {
            Some(item) => found.push(item),
            None => return Err(too_few(N, found.len())),
        }
    }
    if iterator.next()?.is_some() {
        return Err(too_many(N));
    }
    let count = found.len();
    found.try_into().map_err(|_| too_few(N, count))
}

/// The first `N` items, the last `M`, and a list of those between.
#[allow(clippy::type_complexity)]
pub fn unpack_rest<I: Iterate + ?Sized, const N: usize, const M: usize>(
    items: &I,
) -> Result<([I::Item; N], List<I::Item>, [I::Item; M])>
where
    I::Item: crate::trace::Trace + Clone,
{
    let mut iterator = items.iter()?;
    let mut found = Vec::new();
    while let Some(item) = iterator.next()? {
        found.push(item);
    }
    let count = found.len();
    if count < N + M {
        return Err(at_least(N + M, count));
    }
    let last = found.split_off(count - M);
    let middle = found.split_off(N);
    let first = found.try_into().map_err(|_| at_least(N + M, count))?;
    let last = last.try_into().map_err(|_| at_least(N + M, count))?;
    Ok((first, List::from(middle), last))
}

/// The items of a list for a pattern of `N` names, a rest if it is open, and `M` names; nothing if it doesn't fit.
#[allow(clippy::type_complexity)]
pub fn matched<I: Iterate + Len, const N: usize, const M: usize>(
    items: &I,
    is_open: bool,
) -> Option<([I::Item; N], List<I::Item>, [I::Item; M])>
where
    I::Item: crate::trace::Trace + Clone,
{
    let fits = is_open || items.len().is_ok_and(|count| usize::try_from(count) == Ok(N + M));
    fits.then(|| unpack_rest(items).ok()).flatten()
}

#[cold]
fn too_few(wanted: usize, found: usize) -> Exception {
    Exception::new(&VALUE_ERROR, format!("not enough values to unpack (expected {wanted}, got {found})"))
}

#[cold]
fn too_many(wanted: usize) -> Exception {
    Exception::new(&VALUE_ERROR, format!("too many values to unpack (expected {wanted})"))
}

#[cold]
fn at_least(wanted: usize, found: usize) -> Exception {
    Exception::new(&VALUE_ERROR, format!("not enough values to unpack (expected at least {wanted}, got {found})"))
}
