//! `==` and `!=`.

use super::Identity;
use crate::builtins::number::int::compare_with_float;
use crate::builtins::{Result, Str};

/// Values that can be compared with `==`.
#[diagnostic::on_unimplemented(
    message = "can't compare `{Self}` with `{R}`",
    label = "values of these types are never equal"
)]
pub trait Equal<R: ?Sized = Self> {
    /// `self == other`
    fn eq(&self, other: &R) -> Result<bool>;

    /// `self != other`
    #[inline]
    fn ne(&self, other: &R) -> Result<bool> {
        Ok(!self.eq(other)?)
    }
}

/// Whether two items of containers count as equal: the same object always does, whatever its `__eq__` says.
#[inline]
pub(crate) fn same_or_equal<T: Equal + Identity>(a: &T, b: &T) -> Result<bool> {
    if a.is(b) { Ok(true) } else { a.eq(b) }
}

macro_rules! equal {
    ($($left:ty, $right:ty: |$a:ident, $b:ident| $equal:expr;)+) => {
        $(impl Equal<$right> for $left {
            #[inline]
            fn eq(&self, other: &$right) -> Result<bool> {
                let ($a, $b) = (self, other);
                Ok($equal)
            }
        })+
    };
}

fn same_number(a: i64, b: f64) -> bool {
    compare_with_float(a, b).is_some_and(|order| order.is_eq())
}

equal! {
    i64, i64: |a, b| a == b;
    f64, f64: |a, b| a == b;
    bool, bool: |a, b| a == b;
    i64, f64: |a, b| same_number(*a, *b);
    f64, i64: |a, b| same_number(*b, *a);
    bool, i64: |a, b| i64::from(*a) == *b;
    i64, bool: |a, b| *a == i64::from(*b);
    bool, f64: |a, b| f64::from(*a) == *b;
    f64, bool: |a, b| *a == f64::from(*b);
    Str, Str: |a, b| a == b;
    (), (): |_a, _b| true;
}

impl<T: Equal<R>, R> Equal<Option<R>> for Option<T> {
    #[inline]
    fn eq(&self, other: &Option<R>) -> Result<bool> {
        match (self, other) {
            (Some(a), Some(b)) => a.eq(b),
            (None, None) => Ok(true),
            _ => Ok(false),
        }
    }
}

/// What only rustc knows may be `None`, beside a value.
macro_rules! options {
    ($($type:ty)+) => {$(
        impl Equal<$type> for Option<$type> {
            #[inline]
            fn eq(&self, other: &$type) -> Result<bool> {
                self.as_ref().map_or(Ok(false), |value| Equal::eq(value, other))
            }
        }

        impl Equal<Option<$type>> for $type {
            #[inline]
            fn eq(&self, other: &Option<$type>) -> Result<bool> {
                Equal::eq(other, self)
            }
        }
    )+};
}

options!(i64 f64 bool Str);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_different_types_can_be_equal() {
        assert!(Equal::eq(&1i64, &1.0f64).unwrap() && Equal::eq(&true, &1i64).unwrap());
        assert!(!Equal::eq(&9007199254740993i64, &9007199254740992.0f64).unwrap());
        assert!(Equal::ne(&f64::NAN, &f64::NAN).unwrap());
    }

    #[test]
    fn none_equals_only_none() {
        assert!(Equal::eq(&None::<i64>, &None::<i64>).unwrap());
        assert!(!Equal::eq(&Some(1i64), &None::<i64>).unwrap());
        assert!(Equal::eq(&Some(1i64), &Some(1.0f64)).unwrap());
    }
}
