//! Methods of `int` and `float`, for values that are plain numbers in Rust.

use super::special_name;
use crate::builtins::tuple::Tuple2;
use crate::builtins::{Exception, Result, Str, exceptions};

/// Methods of `int`.
pub trait IntMethods {
    /// `n.bit_length()`
    fn bit_length(&self) -> i64;

    /// `n.bit_count()`
    fn bit_count(&self) -> i64;
}

impl IntMethods for i64 {
    fn bit_length(&self) -> i64 {
        i64::from(u64::BITS - self.unsigned_abs().leading_zeros())
    }

    fn bit_count(&self) -> i64 {
        i64::from(self.unsigned_abs().count_ones())
    }
}

/// Methods of `float`.
pub trait FloatMethods {
    /// `x.is_integer()`
    fn is_integer(&self) -> bool;

    /// `x.hex()`
    fn hex(&self) -> Str;

    /// `x.as_integer_ratio()`, where both fit in 64 bits.
    fn as_integer_ratio(&self) -> Result<Tuple2<i64, i64>>;
}

impl FloatMethods for f64 {
    fn is_integer(&self) -> bool {
        self.is_finite() && self.fract() == 0.0
    }

    fn hex(&self) -> Str {
        if !self.is_finite() {
            return Str::lit(special_name(*self));
        }
        let sign = if self.is_sign_negative() { "-" } else { "" };
        if *self == 0.0 {
            return Str::from(format!("{sign}0x0.0p+0"));
        }
        let bits = self.to_bits();
        let fraction = bits & ((1 << 52) - 1);
        let exponent = (bits >> 52 & 0x7ff) as i64;
        let (first, exponent) = if exponent == 0 { (0, -1022) } else { (1, exponent - 1023) };
        Str::from(format!("{sign}0x{first}.{fraction:013x}p{exponent:+}"))
    }

    fn as_integer_ratio(&self) -> Result<Tuple2<i64, i64>> {
        if self.is_nan() {
            return Err(Exception::new(&exceptions::VALUE_ERROR, "cannot convert NaN to integer ratio"));
        }
        if self.is_infinite() {
            return Err(Exception::new(&exceptions::OVERFLOW_ERROR, "cannot convert Infinity to integer ratio"));
        }
        let (mut numerator, mut denominator) = (*self, 1i64);
        while numerator.fract() != 0.0 {
            numerator *= 2.0;
            denominator = super::int::mul(denominator, 2)?;
        }
        Ok(Tuple2::new(super::int::from_float(numerator)?, denominator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_of_ints() {
        assert_eq!([0i64, 1, -1, 255, 256, i64::MIN].map(|n| n.bit_length()), [0, 1, 1, 8, 9, 64]);
        assert_eq!((-7i64).bit_count(), 3);
    }

    #[test]
    fn parts_of_floats() {
        assert!(2.0.is_integer() && !2.5.is_integer() && !f64::INFINITY.is_integer());
        assert_eq!(0.1.hex(), "0x1.999999999999ap-4");
        assert_eq!((-0.0).hex(), "-0x0.0p+0");
        assert_eq!(5e-324.hex(), "0x0.0000000000001p-1022");
        assert_eq!(1e300.hex(), "0x1.7e43c8800759cp+996");
        assert_eq!((-0.75).as_integer_ratio().unwrap(), Tuple2::new(-3, 4));
        assert!(5e-324.as_integer_ratio().is_err());
    }
}
