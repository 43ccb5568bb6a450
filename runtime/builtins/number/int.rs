//! Arithmetic of `int`: 64 bits; what doesn't fit is an OverflowError, never a wrap.

use crate::builtins::exceptions::{OVERFLOW_ERROR, VALUE_ERROR, ZERO_DIVISION_ERROR};
use crate::builtins::{Exception, Result};

#[cold]
#[inline(never)]
pub(crate) fn overflow() -> Exception {
    Exception::new(&OVERFLOW_ERROR, "integer overflow: the result doesn't fit in 64 bits")
}

#[cold]
#[inline(never)]
pub(crate) fn zero_division(message: &'static str) -> Exception {
    Exception::new(&ZERO_DIVISION_ERROR, message)
}

#[cold]
#[inline(never)]
fn negative_shift() -> Exception {
    Exception::new(&VALUE_ERROR, "negative shift count")
}

#[cold]
#[inline(never)]
fn negative_power() -> Exception {
    Exception::new(&VALUE_ERROR, "an int to a negative power is no int: write a float as the base")
}

/// `a + b`
#[inline]
pub fn add(a: i64, b: i64) -> Result<i64> {
    a.checked_add(b).ok_or_else(overflow)
}

/// `a - b`
#[inline]
pub fn sub(a: i64, b: i64) -> Result<i64> {
    a.checked_sub(b).ok_or_else(overflow)
}

/// `a * b`
#[inline]
pub fn mul(a: i64, b: i64) -> Result<i64> {
    a.checked_mul(b).ok_or_else(overflow)
}

/// `-a`
#[inline]
pub fn neg(a: i64) -> Result<i64> {
    a.checked_neg().ok_or_else(overflow)
}

/// `abs(a)`
#[inline]
pub fn abs(a: i64) -> Result<i64> {
    a.checked_abs().ok_or_else(overflow)
}

/// Floor division: rounds towards minus infinity.
#[inline]
pub fn floordiv(a: i64, b: i64) -> Result<i64> {
    if b == 0 {
        return Err(zero_division("integer division or modulo by zero"));
    }
    if a == i64::MIN && b == -1 {
        return Err(overflow());
    }
    Ok(quotient(a, b))
}

/// Of a division that can be done.
#[inline]
pub(super) const fn quotient(a: i64, b: i64) -> i64 {
    let rest = a % b;
    // Where the divisor is known this is little more than a shift or a multiplication.
    let inexact_and_negative = (rest != 0) & ((rest ^ b) < 0);
    a / b - inexact_and_negative as i64
}

/// `a % b`: has the sign of `b`.
#[inline]
pub fn rem(a: i64, b: i64) -> Result<i64> {
    if b == 0 {
        return Err(zero_division("integer modulo by zero"));
    }
    Ok(rest(a, b))
}

/// Of a division by something else than zero.
#[inline]
pub(super) const fn rest(a: i64, b: i64) -> i64 {
    let rest = a.wrapping_rem(b);
    if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest }
}

/// `divmod(a, b)`
#[inline]
pub fn divmod(a: i64, b: i64) -> Result<(i64, i64)> {
    Ok((floordiv(a, b)?, rem(a, b)?))
}

/// `a / b`: the float nearest to the exact quotient.
#[inline]
pub fn truediv(a: i64, b: i64) -> Result<f64> {
    if b == 0 {
        return Err(zero_division("division by zero"));
    }
    const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;
    if a.unsigned_abs() <= EXACT && b.unsigned_abs() <= EXACT {
        return Ok(a as f64 / b as f64);
    }
    Ok(divide_rounding_once(a, b))
}

/// Long division to 64 significant bits; whatever is left over is kept as a sticky last bit, so that the one conversion to
/// a float rounds as if the quotient were exact.
#[cold]
fn divide_rounding_once(a: i64, b: i64) -> f64 {
    let (dividend, divisor) = (u128::from(a.unsigned_abs()), u128::from(b.unsigned_abs()));
    let shift = dividend.leading_zeros() - 1;
    let scaled = dividend << shift;
    let quotient = (scaled / divisor) | u128::from(!scaled.is_multiple_of(divisor));
    let magnitude = quotient as f64 * 0.5f64.powi(shift as i32);
    if (a < 0) != (b < 0) { -magnitude } else { magnitude }
}

/// `a ** b`
pub fn pow(a: i64, b: i64) -> Result<i64> {
    if b < 0 {
        return Err(negative_power());
    }
    match u32::try_from(b) {
        Ok(exponent) => a.checked_pow(exponent).ok_or_else(overflow),
        Err(_) => match a {
            0 | 1 => Ok(a),
            -1 => Ok(if b % 2 == 0 { 1 } else { -1 }),
            _ => Err(overflow()),
        },
    }
}

/// `pow(a, b, modulus)`
pub fn pow_mod(a: i64, b: i64, modulus: i64) -> Result<i64> {
    if modulus == 0 {
        return Err(Exception::new(&VALUE_ERROR, "pow() 3rd argument cannot be 0"));
    }
    let m = i128::from(modulus).abs();
    let mut base = i128::from(a).rem_euclid(m);
    if b < 0 {
        base = inverse(base, m)
            .ok_or_else(|| Exception::new(&VALUE_ERROR, "base is not invertible for the given modulus"))?;
    }
    let mut exponent = b.unsigned_abs();
    let mut result = 1 % m;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % m;
        }
        base = base * base % m;
        exponent >>= 1;
    }
    if modulus < 0 && result > 0 {
        result -= m;
    }
    Ok(result as i64)
}

/// The inverse of `a` modulo `m`, by Euclid's extended algorithm.
fn inverse(a: i128, m: i128) -> Option<i128> {
    let (mut r, mut next_r) = (m, a);
    let (mut t, mut next_t) = (0i128, 1i128);
    while next_r != 0 {
        let quotient = r / next_r;
        (r, next_r) = (next_r, r - quotient * next_r);
        (t, next_t) = (next_t, t - quotient * next_t);
    }
    (r == 1).then(|| t.rem_euclid(m))
}

/// `a << b`
#[inline]
pub fn shl(a: i64, b: i64) -> Result<i64> {
    if b < 0 {
        return Err(negative_shift());
    }
    if a == 0 {
        return Ok(0);
    }
    if b >= 64 {
        return Err(overflow());
    }
    let shifted = a << b;
    if shifted >> b == a { Ok(shifted) } else { Err(overflow()) }
}

/// `a >> b`: arithmetic; nothing but the sign is left of a count of 64 or more.
#[inline]
pub fn shr(a: i64, b: i64) -> Result<i64> {
    if b < 0 {
        return Err(negative_shift());
    }
    Ok(a >> b.min(63))
}

/// `int(x)` of a float: cuts off the fraction.
#[inline]
pub fn from_float(x: f64) -> Result<i64> {
    // The range is half open: 2**63 itself is a float, 2**63 - 1 is not.
    if (-9223372036854775808.0..9223372036854775808.0).contains(&x) {
        return Ok(x as i64);
    }
    Err(not_an_int(x))
}

#[cold]
fn not_an_int(x: f64) -> Exception {
    if x.is_nan() {
        Exception::new(&VALUE_ERROR, "cannot convert float NaN to integer")
    } else if x.is_infinite() {
        Exception::new(&OVERFLOW_ERROR, "cannot convert float infinity to integer")
    } else {
        overflow()
    }
}

/// Compares an `int` with a `float` exactly, as Python does: no rounding of the int. None if `b` is NaN.
pub fn compare_with_float(a: i64, b: f64) -> Option<core::cmp::Ordering> {
    use core::cmp::Ordering;
    if b.is_nan() {
        return None;
    }
    if b >= 9223372036854775808.0 {
        return Some(Ordering::Less);
    }
    if b < -9223372036854775808.0 {
        return Some(Ordering::Greater);
    }
    let whole = b.floor();
    let by_whole = a.cmp(&(whole as i64));
    Some(if by_whole == Ordering::Equal && b > whole { Ordering::Less } else { by_whole })
}

const HASH_MODULUS: u64 = (1 << 61) - 1;

/// `hash(a)` as CPython computes it.
#[inline]
pub fn hash(a: i64) -> i64 {
    let hash = (a.unsigned_abs() % HASH_MODULUS) as i64;
    let hash = if a < 0 { -hash } else { hash };
    if hash == -1 { -2 } else { hash }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::cmp::Ordering::*;

    fn message<T: core::fmt::Debug>(result: Result<T>) -> String {
        format!("{:?}", result.unwrap_err())
    }

    #[test]
    fn what_does_not_fit_overflows() {
        assert_eq!(add(2, 3).unwrap(), 5);
        assert_eq!(message(add(i64::MAX, 1)), "OverflowError: integer overflow: the result doesn't fit in 64 bits");
        assert!(sub(i64::MIN, 1).is_err());
        assert!(mul(i64::MAX, 2).is_err());
        assert!(neg(i64::MIN).is_err());
        assert!(abs(i64::MIN).is_err());
        assert!(floordiv(i64::MIN, -1).is_err());
        assert_eq!(rem(i64::MIN, -1).unwrap(), 0);
    }

    #[test]
    fn division_rounds_down_and_the_rest_has_the_divisors_sign() {
        for (a, b, quotient, rest) in [(7, 2, 3, 1), (-7, 2, -4, 1), (7, -2, -4, -1), (-7, -2, 3, -1), (6, -3, -2, 0)] {
            assert_eq!(divmod(a, b).unwrap(), (quotient, rest), "{a} {b}");
        }
        assert_eq!(message(floordiv(1, 0)), "ZeroDivisionError: integer division or modulo by zero");
        assert_eq!(message(rem(1, 0)), "ZeroDivisionError: integer modulo by zero");
        assert_eq!(message(truediv(1, 0)), "ZeroDivisionError: division by zero");
    }

    #[test]
    fn true_division_rounds_once() {
        assert_eq!(truediv(1, 2).unwrap(), 0.5);
        assert_eq!(truediv(-7, 2).unwrap(), -3.5);
        assert_eq!(truediv(9007199254740993, 9007199254740992).unwrap(), 1.0);
        assert_eq!(truediv(i64::MAX, i64::MAX).unwrap(), 1.0);
        assert_eq!(truediv(i64::MIN, i64::MIN).unwrap(), 1.0);
        assert_eq!(truediv(i64::MIN, 1).unwrap(), -(2f64.powi(63)));
        assert_eq!(truediv(i64::MAX, 3).unwrap(), 3.0744573456182584e18);
        assert_eq!(truediv(9223372036854775801, 7).unwrap(), 1.3176245766935393e18);
        assert_eq!(truediv(3, i64::MAX).unwrap(), 3.2526065174565133e-19);
        assert_eq!(truediv(0, i64::MAX).unwrap(), 0.0);
    }

    #[test]
    fn powers() {
        assert_eq!(pow(2, 62).unwrap(), 1 << 62);
        assert_eq!(pow(-2, 63).unwrap(), i64::MIN);
        assert!(pow(2, 63).is_err());
        assert_eq!(pow(0, 0).unwrap(), 1);
        assert_eq!(pow(-1, i64::MAX).unwrap(), -1);
        assert_eq!(pow_mod(3, 200, 13).unwrap(), 9);
        assert_eq!(pow_mod(3, -1, 7).unwrap(), 5);
        assert_eq!(pow_mod(3, 2, -7).unwrap(), -5);
        assert_eq!(pow_mod(i64::MAX, i64::MAX, i64::MAX - 1).unwrap(), 1);
        assert_eq!(message(pow_mod(2, -1, 4)), "ValueError: base is not invertible for the given modulus");
        assert!(message(pow(2, -1)).starts_with("ValueError: an int to a negative power"));
    }

    #[test]
    fn shifts() {
        assert_eq!(shl(1, 62).unwrap(), 1 << 62);
        assert_eq!(shl(-1, 63).unwrap(), i64::MIN);
        assert!(shl(1, 63).is_err());
        assert_eq!(shl(0, 1000).unwrap(), 0);
        assert_eq!(shr(-5, 1).unwrap(), -3);
        assert_eq!(shr(-5, 1000).unwrap(), -1);
        assert_eq!(message(shr(1, -1)), "ValueError: negative shift count");
    }

    #[test]
    fn floats_are_cut_off() {
        assert_eq!(from_float(-3.9).unwrap(), -3);
        assert_eq!(from_float(-9223372036854775808.0).unwrap(), i64::MIN);
        assert!(from_float(9223372036854775808.0).is_err());
        assert_eq!(message(from_float(f64::NAN)), "ValueError: cannot convert float NaN to integer");
        assert_eq!(message(from_float(f64::INFINITY)), "OverflowError: cannot convert float infinity to integer");
    }

    #[test]
    fn comparison_with_floats_is_exact() {
        assert_eq!(compare_with_float(9007199254740993, 9007199254740992.0), Some(Greater));
        assert_eq!(compare_with_float(i64::MAX, 9223372036854775808.0), Some(Less));
        assert_eq!(compare_with_float(2, 2.5), Some(Less));
        assert_eq!(compare_with_float(-2, -2.5), Some(Greater));
        assert_eq!(compare_with_float(2, 2.0), Some(Equal));
        assert_eq!(compare_with_float(2, f64::NAN), None);
    }

    #[test]
    fn hashes_are_cpythons() {
        assert_eq!([0, 1, -1, -2, 1 << 61, i64::MAX, i64::MIN].map(hash), [0, 1, -2, -2, 1, 3, -4]);
    }
}
