//! `sum`, `any`, `all`, `list`, `tuple`.

use crate::builtins::number::int;
use crate::builtins::protocol::{Add, Equal, Iterate, ScriptIterator, Truth, collect};
use crate::builtins::{List, Result, Seq};
use crate::script::ToScript;
use crate::trace::Trace;

/// Items that `sum` adds up without being told where to start.
#[diagnostic::on_unimplemented(message = "`sum()` of `{Self}` needs a start value", note = "write `sum(items, start)`")]
pub trait Summable {
    /// The type of the sum.
    type Sum;
    /// The sum of nothing.
    const ZERO: Self::Sum;

    /// The sum with one item more.
    fn plus(self, sum: Self::Sum) -> Result<Self::Sum>;
}

impl Summable for i64 {
    type Sum = i64;
    const ZERO: i64 = 0;

    #[inline]
    fn plus(self, sum: i64) -> Result<i64> {
        int::add(sum, self)
    }
}

impl Summable for bool {
    type Sum = i64;
    const ZERO: i64 = 0;

    #[inline]
    fn plus(self, sum: i64) -> Result<i64> {
        int::add(sum, i64::from(self))
    }
}

macro_rules! integers {
    ($($type:ty)+) => {$(
        impl Summable for $type {
            type Sum = i64;
            const ZERO: i64 = 0;

            #[inline]
            fn plus(self, sum: i64) -> Result<i64> {
                int::add(sum, self.to_script()?)
            }
        }
    )+};
}

integers!(i8 i16 i32 i128 isize u8 u16 u32 u64 u128 usize);

impl Summable for f32 {
    type Sum = f64;
    const ZERO: f64 = 0.0;

    #[inline]
    fn plus(self, sum: f64) -> Result<f64> {
        Ok(sum + f64::from(self))
    }
}

impl Summable for f64 {
    type Sum = f64;
    const ZERO: f64 = 0.0;

    #[inline]
    fn plus(self, sum: f64) -> Result<f64> {
        Ok(sum + self)
    }
}

/// `sum(items)`
pub fn sum<X: Iterate<Item: Summable> + ?Sized>(items: &X) -> Result<<X::Item as Summable>::Sum> {
    let mut sum = X::Item::ZERO;
    let mut iterator = items.iter()?;
    while let Some(item) = iterator.next()? {
        sum = item.plus(sum)?;
    }
    Ok(sum)
}

/// `sum(items, start)`
pub fn sum_from<X: Iterate + ?Sized, S: Add<X::Item, Output = S>>(items: &X, start: S) -> Result<S> {
    let mut sum = start;
    let mut iterator = items.iter()?;
    while let Some(item) = iterator.next()? {
        sum = sum.add(&item)?;
    }
    Ok(sum)
}

/// `any(items)`
pub fn any<X: Iterate<Item: Truth> + ?Sized>(items: &X) -> Result<bool> {
    let mut iterator = items.iter()?;
    while let Some(item) = iterator.next()? {
        if item.truth()? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `item in items` of a class that has `__iter__` but no `__contains__`.
pub fn contains<X: Iterate + ?Sized, V: Equal<X::Item> + ?Sized>(items: &X, item: &V) -> Result<bool> {
    let mut iterator = items.iter()?;
    while let Some(found) = iterator.next()? {
        if item.eq(&found)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `all(items)`
pub fn all<X: Iterate<Item: Truth> + ?Sized>(items: &X) -> Result<bool> {
    let mut iterator = items.iter()?;
    while let Some(item) = iterator.next()? {
        if !item.truth()? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `list(items)`
pub fn list<X: Iterate<Item: Trace> + ?Sized>(items: &X) -> Result<List<X::Item>> {
    Ok(List::from(collect(items)?))
}

/// `tuple(items)`
pub fn tuple<X: Iterate<Item: Trace> + ?Sized>(items: &X) -> Result<Seq<X::Item>> {
    Ok(Seq::from(collect(items)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::{Range, Str};

    #[test]
    fn adding_up() {
        assert_eq!(sum(&Range::to(5)).unwrap(), 10);
        assert_eq!(sum(&[true, true]).unwrap(), 2);
        assert_eq!(sum(&[0.5, 0.25]).unwrap(), 0.75);
        assert!(sum(&[i64::MAX, 1]).is_err());
        assert_eq!(sum_from(&[Str::lit("b")], Str::lit("a")).unwrap(), "ab");
    }

    #[test]
    fn truth_of_many() {
        assert!(any(&[0i64, 2]).unwrap() && !any(&Range::to(0)).unwrap());
        assert!(all(&Range::to(0)).unwrap() && !all(&[1i64, 0]).unwrap());
    }

    #[test]
    fn containers_of_anything_iterable() {
        assert_eq!(list(&Str::lit("ab")).unwrap().to_vec(), ["a", "b"]);
        assert_eq!(tuple(&Range::to(2)).unwrap().as_slice(), [0, 1]);
    }
}
