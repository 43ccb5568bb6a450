//! Arithmetic of `float`, where Python's differs from the machine's.

use super::int::{compare_with_float, zero_division};
use crate::builtins::exceptions::{OVERFLOW_ERROR, VALUE_ERROR};
use crate::builtins::{Exception, Result};

/// `a / b`
#[inline]
pub fn div(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 {
        return Err(zero_division("float division by zero"));
    }
    Ok(a / b)
}

/// `a % b`: has the sign of `b`.
#[inline]
pub fn rem(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 {
        return Err(zero_division("float modulo"));
    }
    let rest = a % b;
    Ok(if rest == 0.0 {
        0f64.copysign(b)
    } else if (rest < 0.0) != (b < 0.0) {
        rest + b
    } else {
        rest
    })
}

/// `divmod(a, b)`: the quotient is the float nearest to the one that the rest leaves over.
pub fn divmod(a: f64, b: f64) -> Result<(f64, f64)> {
    if b == 0.0 {
        return Err(zero_division("float divmod()"));
    }
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest == 0.0 {
        rest = 0f64.copysign(b);
    } else if (rest < 0.0) != (b < 0.0) {
        rest += b;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return Ok((0f64.copysign(a / b), rest));
    }
    let floor = quotient.floor();
    Ok((if quotient - floor > 0.5 { floor + 1.0 } else { floor }, rest))
}

/// Floor division.
pub fn floordiv(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 {
        return Err(zero_division("float floor division by zero"));
    }
    Ok(divmod(a, b)?.0)
}

/// `a ** b`
pub fn pow(a: f64, b: f64) -> Result<f64> {
    if a == 0.0 && b < 0.0 {
        return Err(zero_division("0.0 cannot be raised to a negative power"));
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
        return Err(Exception::new(&VALUE_ERROR, "a negative number to a fractional power is no float"));
    }
    let result = a.powf(b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        return Err(Exception::new(&OVERFLOW_ERROR, "(34, 'Numerical result out of range')"));
    }
    Ok(result)
}

const HASH_BITS: i32 = 61;
const HASH_MODULUS: u64 = (1 << HASH_BITS) - 1;

/// `hash(x)` as CPython computes it: equal to the hash of an equal int. (A NaN's hash is 0; in CPython it is its address.)
pub fn hash(x: f64) -> i64 {
    if x.is_nan() {
        return 0;
    }
    if x.is_infinite() {
        return if x > 0.0 { 314159 } else { -314159 };
    }
    if compare_with_float(x as i64, x).is_some_and(|o| o.is_eq()) {
        return super::int::hash(x as i64);
    }
    let (mantissa, exponent) = decompose(x.abs());
    let rotation = exponent.rem_euclid(HASH_BITS) as u32;
    let mantissa = mantissa % HASH_MODULUS;
    let rotated =
        ((mantissa << rotation) & HASH_MODULUS) | mantissa.checked_shr(HASH_BITS as u32 - rotation).unwrap_or(0);
    let hash = (rotated % HASH_MODULUS) as i64;
    let hash = if x < 0.0 { -hash } else { hash };
    if hash == -1 { -2 } else { hash }
}

/// `(m, e)` with `x == m * 2**e`, for a finite `x` that isn't negative.
fn decompose(x: f64) -> (u64, i32) {
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match (bits >> 52) as i32 {
        0 => (fraction, -1074),
        exponent => (fraction | 1 << 52, exponent - 1075),
    }
}

/// `float(a)` of an int; never fails in 64 bits.
#[inline]
pub fn from_int(a: i64) -> f64 {
    a as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_has_the_divisors_sign() {
        assert_eq!(rem(5.5, -2.0).unwrap(), -0.5);
        assert_eq!(rem(-5.5, 2.0).unwrap(), 0.5);
        assert!(rem(4.0, -2.0).unwrap().is_sign_negative());
        assert_eq!(divmod(-5.5, 2.0).unwrap(), (-3.0, 0.5));
        assert_eq!(floordiv(7.5, 2.0).unwrap(), 3.0);
        assert_eq!(floordiv(-0.1, 0.1).unwrap(), -1.0);
        assert_eq!(divmod(1.0, 0.1).unwrap(), (9.0, 0.09999999999999995));
        assert!(floordiv(-0.0, 1.0).unwrap().is_sign_negative());
        assert_eq!(divmod(1.0, f64::INFINITY).unwrap(), (0.0, 1.0));
        assert_eq!(divmod(-1.0, f64::INFINITY).unwrap(), (-1.0, f64::INFINITY));
    }

    #[test]
    fn division_by_zero_is_an_error() {
        let text = |r: Result<f64>| r.unwrap_err().to_string();
        assert_eq!(text(div(1.0, 0.0)), "float division by zero");
        assert_eq!(text(rem(1.0, 0.0)), "float modulo");
        assert_eq!(text(floordiv(1.0, -0.0)), "float floor division by zero");
        assert_eq!(divmod(1.0, 0.0).unwrap_err().to_string(), "float divmod()");
        assert_eq!(text(pow(0.0, -1.0)), "0.0 cannot be raised to a negative power");
    }

    #[test]
    fn powers() {
        assert_eq!(pow(2.0, 0.5).unwrap(), core::f64::consts::SQRT_2);
        assert_eq!(pow(-8.0, 3.0).unwrap(), -512.0);
        assert_eq!(pow(f64::INFINITY, 2.0).unwrap(), f64::INFINITY);
        assert_eq!(
            format!("{:?}", pow(10.0, 400.0).unwrap_err()),
            "OverflowError: (34, 'Numerical result out of range')"
        );
        assert!(pow(-8.0, 0.5).is_err());
    }

    #[test]
    fn equal_numbers_have_equal_hashes() {
        assert_eq!(hash(1.0), 1);
        assert_eq!(hash(-1.0), -2);
        assert_eq!(hash(2f64.powi(61)), 1);
        assert_eq!(hash(0.5), 1152921504606846976);
        assert_eq!(hash(0.1), 230584300921369408);
        assert_eq!(hash(-2.75), -1729382256910270466);
        assert_eq!(hash(1e300), 1224995262755759164);
        assert_eq!(hash(5e-324), 16777216);
        assert_eq!(hash(f64::INFINITY), 314159);
    }
}
