//! `round`: half to even, on the exact value.

use super::int::{from_float, overflow};
use super::repr::Decimal;
use crate::builtins::Result;

/// `round(x)`
pub fn round_float_to_int(x: f64) -> Result<i64> {
    from_float(x.round_ties_even())
}

/// `round(x, digits)` of a float.
pub fn round_float(x: f64, digits: i64) -> Result<f64> {
    // 17 significant digits identify a float, so beyond these limits nothing changes, or nothing is left.
    if !x.is_finite() || x == 0.0 || digits > 323 {
        return Ok(x);
    }
    if digits < -308 {
        return Ok(0f64.copysign(x));
    }
    let significant = i64::from(Decimal::rounded(x, 17).exponent) + 1 + digits;
    // One digit more than there are: either the number is rounded up to one, or to zero.
    let text = if digits >= 0 {
        format!("{:.*}", digits as usize, x.abs())
    } else if significant >= 1 {
        format!("{:.*e}", significant as usize - 1, x.abs())
    } else {
        let unit = 10f64.powi(-digits as i32);
        return Ok(if x.abs() > unit / 2.0 { unit } else { 0.0 }.copysign(x));
    };
    let rounded: f64 = text.parse().expect("digits are a number");
    if rounded.is_infinite() {
        return Err(crate::builtins::Exception::new(
            &crate::builtins::exceptions::OVERFLOW_ERROR,
            "rounded value too large to represent",
        ));
    }
    Ok(rounded.copysign(x))
}

/// `round(a, digits)` of an int: to a multiple of a power of ten where `digits` is negative.
pub fn round_int(a: i64, digits: i64) -> Result<i64> {
    if digits >= 0 {
        return Ok(a);
    }
    let Some(unit) = u32::try_from(-digits).ok().and_then(|n| 10i128.checked_pow(n)) else {
        return Ok(0);
    };
    let a = i128::from(a);
    let rest = a.rem_euclid(unit);
    let down = a - rest;
    let is_odd = (down / unit) % 2 != 0;
    let rounded = match (rest * 2).cmp(&unit) {
        core::cmp::Ordering::Greater => down + unit,
        core::cmp::Ordering::Equal if is_odd => down + unit,
        _ => down,
    };
    i64::try_from(rounded).map_err(|_| overflow())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_the_even_neighbour() {
        let rounded = [0.5, 1.5, 2.5, -0.5, -1.5, 2.500001].map(|x| round_float_to_int(x).unwrap());
        assert_eq!(rounded, [0, 2, 2, 0, -2, 3]);
    }

    #[test]
    fn digits_count_from_the_point() {
        for (x, digits, expected) in [
            (2.675, 2, 2.67),
            (0.125, 2, 0.12),
            (0.375, 2, 0.38),
            (1234.5678, -2, 1200.0),
            (1250.0, -2, 1200.0),
            (1350.0, -2, 1400.0),
            (51.0, -2, 100.0),
            (50.0, -2, 0.0),
            (49.0, -2, 0.0),
            (999.0, -2, 1000.0),
            (951.0, -3, 1000.0),
            (4.0, -2, 0.0),
            (-2.5, 0, -2.0),
            (1e300, 5, 1e300),
            (5e-324, 400, 5e-324),
            (1e22, 1, 1e22),
            (12345678901234567.0, 3, 12345678901234568.0),
        ] {
            assert_eq!(round_float(x, digits).unwrap(), expected, "round({x}, {digits})");
        }
        assert!(round_float(f64::NAN, 1).unwrap().is_nan());
        assert_eq!(round_float(1.2e308, -308).unwrap(), 1e308);
        assert!(round_float(1.7e308, -308).is_err());
        assert!(round_float(1.75e308, -309).unwrap() == 0.0);
    }

    #[test]
    fn ints_round_to_powers_of_ten() {
        for (a, digits, expected) in [
            (15, -1, 20),
            (25, -1, 20),
            (-15, -1, -20),
            (-25, -1, -20),
            (26, -1, 30),
            (4, -1, 0),
            (123, 5, 123),
            (9, -40, 0),
            (5_000_000_000_000_000_000, -19, 0),
        ] {
            assert_eq!(round_int(a, digits).unwrap(), expected, "round({a}, {digits})");
        }
        assert!(round_int(i64::MAX, -1).is_err());
    }
}
