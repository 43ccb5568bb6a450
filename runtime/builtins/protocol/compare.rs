//! `<`, `<=`, `>`, `>=`.

use crate::builtins::exceptions::TYPE_ERROR;
use crate::builtins::number::int::compare_with_float;
use crate::builtins::{Exception, Result, Str};
use core::cmp::Ordering;

/// Values that have an order. Sorting asks for nothing but `<`.
#[diagnostic::on_unimplemented(
    message = "`<` isn't supported between `{Self}` and `{R}`",
    label = "no order is defined for these types"
)]
pub trait Compare<R: ?Sized = Self> {
    /// The order, if it is total and comparing runs no code of a script: then sorting can use it.
    #[doc(hidden)]
    const TOTAL: Option<fn(&Self, &R) -> Ordering> = None;

    /// `self < other`
    fn lt(&self, other: &R) -> Result<bool>;

    /// `self <= other`
    fn le(&self, other: &R) -> Result<bool>;

    /// `self > other`
    fn gt(&self, other: &R) -> Result<bool>;

    /// `self >= other`
    fn ge(&self, other: &R) -> Result<bool>;
}

macro_rules! compare {
    ($($left:ty, $right:ty $([$total:expr])?: |$a:ident, $b:ident| $order:expr;)+) => {
        $(impl Compare<$right> for $left {
            $(const TOTAL: Option<fn(&$left, &$right) -> Ordering> = Some($total);)?

            #[inline]
            fn lt(&self, other: &$right) -> Result<bool> {
                let ($a, $b) = (self, other);
                Ok($order == Some(Ordering::Less))
            }

            #[inline]
            fn le(&self, other: &$right) -> Result<bool> {
                let ($a, $b) = (self, other);
                Ok(matches!($order, Some(Ordering::Less | Ordering::Equal)))
            }

            #[inline]
            fn gt(&self, other: &$right) -> Result<bool> {
                let ($a, $b) = (self, other);
                Ok($order == Some(Ordering::Greater))
            }

            #[inline]
            fn ge(&self, other: &$right) -> Result<bool> {
                let ($a, $b) = (self, other);
                Ok(matches!($order, Some(Ordering::Greater | Ordering::Equal)))
            }
        })+
    };
}

compare! {
    i64, i64 [i64::cmp]: |a, b| a.partial_cmp(b);
    f64, f64: |a, b| a.partial_cmp(b);
    bool, bool [bool::cmp]: |a, b| a.partial_cmp(b);
    i64, f64: |a, b| compare_with_float(*a, *b);
    f64, i64: |a, b| compare_with_float(*b, *a).map(Ordering::reverse);
    bool, i64: |a, b| i64::from(*a).partial_cmp(b);
    i64, bool: |a, b| a.partial_cmp(&i64::from(*b));
    Str, Str [Str::cmp]: |a, b| a.partial_cmp(b);
}

/// `T?`: `None` has no order; comparing it raises, as in Python.
impl<T: Compare> Compare for Option<T> {
    fn lt(&self, other: &Option<T>) -> Result<bool> {
        both(self, other, "<", T::lt)
    }

    fn le(&self, other: &Option<T>) -> Result<bool> {
        both(self, other, "<=", T::le)
    }

    fn gt(&self, other: &Option<T>) -> Result<bool> {
        both(self, other, ">", T::gt)
    }

    fn ge(&self, other: &Option<T>) -> Result<bool> {
        both(self, other, ">=", T::ge)
    }
}

fn both<T>(a: &Option<T>, b: &Option<T>, operator: &str, compare: fn(&T, &T) -> Result<bool>) -> Result<bool> {
    match (a, b) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Err(no_order(operator)),
    }
}

#[cold]
fn no_order(operator: &str) -> Exception {
    Exception::new(&TYPE_ERROR, format!("'{operator}' not supported where an operand is None"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_is_in_no_order() {
        assert!(!Compare::lt(&f64::NAN, &1.0).unwrap() && !Compare::ge(&f64::NAN, &1.0).unwrap());
        assert!(!Compare::le(&1i64, &f64::NAN).unwrap());
    }

    #[test]
    fn ints_and_floats_compare_exactly() {
        assert!(Compare::gt(&9007199254740993i64, &9007199254740992.0).unwrap());
        assert!(Compare::lt(&9007199254740992.0, &9007199254740993i64).unwrap());
    }

    #[test]
    fn none_cannot_be_compared() {
        assert!(Compare::lt(&Some(1i64), &Some(2)).unwrap());
        let error = Compare::lt(&Some(1i64), &None).unwrap_err();
        assert_eq!(error.to_string(), "'<' not supported where an operand is None");
    }
}
