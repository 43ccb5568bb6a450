//! `abs`, `round`, `divmod`, `floordiv`, `pow`.

use crate::builtins::Result;
use crate::builtins::number::{float, int, round_float, round_float_to_int, round_int};
use crate::builtins::protocol::{FloorDiv, Pow};
use crate::builtins::tuple::Tuple2;

/// Numbers that have an absolute value.
#[diagnostic::on_unimplemented(message = "bad operand type for `abs()`: `{Self}`")]
pub trait Abs {
    /// The type of the absolute value.
    type Output;

    /// `abs(self)`
    fn abs(&self) -> Result<Self::Output>;
}

/// Numbers that can be rounded to an int.
#[diagnostic::on_unimplemented(message = "a `{Self}` can't be rounded")]
pub trait Round {
    /// `round(self)`
    fn round(&self) -> Result<i64>;
}

/// Numbers that can be rounded to so many digits.
#[diagnostic::on_unimplemented(message = "a `{Self}` can't be rounded")]
pub trait RoundTo {
    /// The type of the result.
    type Output;

    /// `round(self, digits)`
    fn round_to(&self, digits: i64) -> Result<Self::Output>;
}

/// Numbers that `divmod` takes.
#[diagnostic::on_unimplemented(message = "unsupported operand types for `divmod()`: `{Self}` and `{R}`")]
pub trait DivMod<R = Self> {
    /// The type of quotient and rest.
    type Output;

    /// `divmod(self, other)`
    fn divmod(&self, other: &R) -> Result<Tuple2<Self::Output, Self::Output>>;
}

macro_rules! numbers {
    ($($type:ty => $output:ty: |$x:ident| $abs:expr, $round:expr, |$digits:ident| $round_to:expr;)+) => {$(
        impl Abs for $type {
            type Output = $output;

            #[inline]
            fn abs(&self) -> Result<$output> {
                let $x = *self;
                $abs
            }
        }

        impl Round for $type {
            fn round(&self) -> Result<i64> {
                let $x = *self;
                $round
            }
        }

        impl RoundTo for $type {
            type Output = $output;

            fn round_to(&self, $digits: i64) -> Result<$output> {
                let $x = *self;
                $round_to
            }
        }
    )+};
}

numbers! {
    i64 => i64: |x| int::abs(x), Ok(x), |digits| round_int(x, digits);
    f64 => f64: |x| Ok(x.abs()), round_float_to_int(x), |digits| round_float(x, digits);
    bool => i64: |x| Ok(i64::from(x)), Ok(i64::from(x)), |digits| round_int(i64::from(x), digits);
}

macro_rules! divmods {
    ($($left:ty, $right:ty => $output:ty: $function:path, $a:expr, $b:expr;)+) => {$(
        impl DivMod<$right> for $left {
            type Output = $output;

            fn divmod(&self, other: &$right) -> Result<Tuple2<$output, $output>> {
                Ok($function($a(*self), $b(*other))?.into())
            }
        }
    )+};
}

divmods! {
    i64, i64 => i64: int::divmod, i64::from, i64::from;
    f64, f64 => f64: float::divmod, f64::from, f64::from;
    i64, f64 => f64: float::divmod, float::from_int, f64::from;
    f64, i64 => f64: float::divmod, f64::from, float::from_int;
}

/// `abs(x)`
#[inline]
pub fn abs<T: Abs>(x: &T) -> Result<T::Output> {
    x.abs()
}

/// `round(x)`
pub fn round<T: Round>(x: &T) -> Result<i64> {
    x.round()
}

/// `round(x, digits)`
pub fn round_to<T: RoundTo>(x: &T, digits: i64) -> Result<T::Output> {
    x.round_to(digits)
}

/// `divmod(a, b)`
pub fn divmod<A: DivMod<B>, B>(a: &A, b: &B) -> Result<Tuple2<A::Output, A::Output>> {
    a.divmod(b)
}

/// `floordiv(a, b)`: Python's `a // b`
#[inline]
pub fn floordiv<A: FloorDiv<B>, B>(a: &A, b: &B) -> Result<A::Output> {
    a.floordiv(b)
}

/// `pow(a, b)`
pub fn pow<A: Pow<B>, B>(a: &A, b: &B) -> Result<A::Output> {
    a.pow(b)
}

/// `pow(a, b, modulus)`
pub fn pow_mod(a: i64, b: i64, modulus: i64) -> Result<i64> {
    int::pow_mod(a, b, modulus)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_depends_on_the_number_of_arguments() {
        assert_eq!(round(&2.5).unwrap(), 2);
        assert_eq!(round_to(&2.675, 2).unwrap(), 2.67);
        assert_eq!(round_to(&1234i64, -2).unwrap(), 1200);
    }

    #[test]
    fn division() {
        assert_eq!(divmod(&-7i64, &2i64).unwrap(), Tuple2::new(-4, 1));
        assert_eq!(divmod(&7i64, &2.0).unwrap(), Tuple2::new(3.0, 1.0));
        assert_eq!(floordiv(&-7.0, &2i64).unwrap(), -4.0);
        assert_eq!(abs(&-3i64).unwrap(), 3);
        assert_eq!(pow(&2i64, &10i64).unwrap(), 1024);
    }
}
