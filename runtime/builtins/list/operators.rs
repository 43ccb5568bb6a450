//! `+`, `*`, `==` and `<` of lists.

use super::List;
use crate::builtins::exceptions::MEMORY_ERROR;
use crate::builtins::protocol::{Add, Compare, Equal, IAdd, IMul, Identity, Iterate, Mul, same_or_equal};
use crate::builtins::recursion::Comparing;
use crate::builtins::{Exception, Result};
use crate::trace::Trace;

impl<T: Trace + Clone> Add for List<T> {
    type Output = List<T>;

    fn add(&self, other: &List<T>) -> Result<List<T>> {
        let mut items = self.to_vec();
        other.look(|more| items.extend_from_slice(more));
        Ok(List::from(items))
    }
}

/// `xs += items` changes the list itself.
impl<T: Trace + Clone, I: Iterate<Item = T>> IAdd<I> for List<T> {
    fn iadd(&self, other: &I) -> Result<List<T>> {
        self.extend(other)?;
        Ok(self.clone())
    }
}

fn repeated<T: Clone>(items: &[T], count: i64) -> Option<Vec<T>> {
    let count = usize::try_from(count).unwrap_or(0);
    let fits = items.len().checked_mul(count).is_some_and(|len| len <= isize::MAX as usize / size_of::<T>().max(1));
    if !fits {
        return None;
    }
    let mut all = Vec::with_capacity(items.len() * count);
    for _ in 0..count {
        all.extend_from_slice(items);
    }
    Some(all)
}

#[cold]
fn too_large() -> Exception {
    Exception::bare(&MEMORY_ERROR)
}

impl<T: Trace + Clone> Mul<i64> for List<T> {
    type Output = List<T>;

    fn mul(&self, count: &i64) -> Result<List<T>> {
        let items = self.look(|items| repeated(items, *count)).ok_or_else(too_large)?;
        Ok(List::from(items))
    }
}

impl<T: Trace + Clone> Mul<List<T>> for i64 {
    type Output = List<T>;

    fn mul(&self, list: &List<T>) -> Result<List<T>> {
        list.mul(self)
    }
}

impl<T: Trace + Clone> IMul<i64> for List<T> {
    fn imul(&self, count: &i64) -> Result<List<T>> {
        let items = self.look(|items| repeated(items, *count)).ok_or_else(too_large)?;
        let former = self.change(|current| core::mem::replace(current, items));
        drop(crate::builtins::backwards::Backwards::from(former));
        Ok(self.clone())
    }
}

impl<T: Trace + Clone + Equal + Identity> Equal for List<T> {
    fn eq(&self, other: &List<T>) -> Result<bool> {
        if self.count_items() != other.count_items() {
            return Ok(false);
        }
        let _comparing = Comparing::enter()?;
        Ok(first_difference(self, other)?.is_none())
    }
}

/// The first place where the lists differ, and what stands there; a missing item counts as a difference.
#[allow(clippy::type_complexity)]
fn first_difference<T: Trace + Clone + Equal + Identity>(
    a: &List<T>,
    b: &List<T>,
) -> Result<Option<(Option<T>, Option<T>)>> {
    for place in 0.. {
        match (a.item(place), b.item(place)) {
            (Some(a), Some(b)) if same_or_equal(&a, &b)? => {}
            (None, None) => break,
            difference => return Ok(Some(difference)),
        }
    }
    Ok(None)
}

/// Item by item; where one list ends, it is the smaller.
impl<T: Trace + Clone + Equal + Identity + Compare> Compare for List<T> {
    fn lt(&self, other: &List<T>) -> Result<bool> {
        ordered(self, other, T::lt, |a, b| a < b)
    }

    fn le(&self, other: &List<T>) -> Result<bool> {
        ordered(self, other, T::le, |a, b| a <= b)
    }

    fn gt(&self, other: &List<T>) -> Result<bool> {
        ordered(self, other, T::gt, |a, b| a > b)
    }

    fn ge(&self, other: &List<T>) -> Result<bool> {
        ordered(self, other, T::ge, |a, b| a >= b)
    }
}

fn ordered<T: Trace + Clone + Equal + Identity>(
    a: &List<T>,
    b: &List<T>,
    items: fn(&T, &T) -> Result<bool>,
    lengths: fn(usize, usize) -> bool,
) -> Result<bool> {
    let _comparing = Comparing::enter()?;
    match first_difference(a, b)? {
        Some((Some(a), Some(b))) => items(&a, &b),
        _ => Ok(lengths(a.count_items(), b.count_items())),
    }
}
