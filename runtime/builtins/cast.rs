//! `e as u32`: numbers of Rust's types.

use super::Result;
use super::exceptions::VALUE_ERROR;
use super::number::int::overflow;

/// Numbers that `as` turns into a `B`.
#[diagnostic::on_unimplemented(message = "a `{Self}` can't be cast to `{B}` in a script")]
pub trait Castable<B> {
    /// `self as B`; what doesn't fit is an OverflowError.
    fn cast(self) -> Result<B>;
}

/// Rust's integers.
pub trait Integer {}

macro_rules! integers {
    ($($type:ident)+) => {$(
        impl Integer for $type {}

        impl<B: Integer + TryFrom<$type>> Castable<B> for $type {
            #[inline]
            fn cast(self) -> Result<B> {
                B::try_from(self).map_err(|_| overflow())
            }
        }
    )+};
}

integers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

impl<B: Integer + TryFrom<u8>> Castable<B> for bool {
    #[inline]
    fn cast(self) -> Result<B> {
        B::try_from(u8::from(self)).map_err(|_| overflow())
    }
}

impl<B: Integer + TryFrom<u32>> Castable<B> for char {
    fn cast(self) -> Result<B> {
        B::try_from(u32::from(self)).map_err(|_| overflow())
    }
}

/// Cuts off the fraction.
impl<B: Integer + TryFrom<i128>> Castable<B> for f64 {
    fn cast(self) -> Result<B> {
        if self.is_nan() {
            return Err(super::Exception::new(&VALUE_ERROR, "cannot convert float NaN to integer"));
        }
        // Beyond the largest int a cast of Rust saturates, and that fits in no narrower type; `i128` and `u128` themselves
        // end there.
        let limit = 2f64.powi(127);
        if !(-limit..limit).contains(&self) {
            return Err(overflow());
        }
        B::try_from(self as i128).map_err(|_| overflow())
    }
}

impl<B: Integer + TryFrom<i128>> Castable<B> for f32 {
    fn cast(self) -> Result<B> {
        f64::from(self).cast()
    }
}

/// `value as B`
#[inline]
pub fn cast<A: Castable<B>, B>(value: A) -> Result<B> {
    value.cast()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_an_error() {
        assert_eq!(cast::<i64, u8>(255).unwrap(), 255);
        assert_eq!(cast::<i64, u8>(256).unwrap_err().class().name(), "OverflowError");
        assert!(cast::<i64, u32>(-1).is_err());
        assert_eq!(cast::<usize, i64>(7).unwrap(), 7);
        assert_eq!(cast::<bool, i32>(true).unwrap(), 1);
        assert_eq!(cast::<char, u32>('a').unwrap(), 97);
    }

    #[test]
    fn floats_are_cut_off() {
        assert_eq!(cast::<f64, i64>(-3.9).unwrap(), -3);
        assert_eq!(cast::<f64, u64>(1e19).unwrap(), 10_000_000_000_000_000_000);
        assert!(cast::<f64, i64>(1e19).is_err());
        assert!(cast::<f64, i64>(f64::INFINITY).is_err());
        assert_eq!(cast::<f64, i64>(f64::NAN).unwrap_err().class().name(), "ValueError");
    }
}
