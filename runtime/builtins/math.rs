//! Python's `math`.

use super::exceptions::{OVERFLOW_ERROR, VALUE_ERROR};
use super::number::int::{from_float, overflow};
use super::protocol::{Iterate, ScriptIterator};
use super::tuple::Tuple2;
use super::{Exception, Result};

/// `math.pi`
#[allow(non_upper_case_globals)]
pub const pi: f64 = core::f64::consts::PI;
/// `math.e`
#[allow(non_upper_case_globals)]
pub const e: f64 = core::f64::consts::E;
/// `math.tau`
#[allow(non_upper_case_globals)]
pub const tau: f64 = core::f64::consts::TAU;
/// `math.inf`
#[allow(non_upper_case_globals)]
pub const inf: f64 = f64::INFINITY;
/// `math.nan`
#[allow(non_upper_case_globals)]
pub const nan: f64 = f64::NAN;

#[cold]
fn domain() -> Exception {
    Exception::new(&VALUE_ERROR, "math domain error")
}

#[cold]
fn range() -> Exception {
    Exception::new(&OVERFLOW_ERROR, "math range error")
}

/// The result, unless it is none: NaN from a number, or infinite from a finite one.
#[inline]
fn checked(x: f64, result: f64, overflows: bool) -> Result<f64> {
    if result.is_finite() { Ok(result) } else { looked_at(x, result, overflows) }
}

#[cold]
#[inline(never)]
fn looked_at(x: f64, result: f64, overflows: bool) -> Result<f64> {
    if result.is_nan() && !x.is_nan() {
        return Err(domain());
    }
    if result.is_infinite() && x.is_finite() {
        return Err(if overflows { range() } else { domain() });
    }
    Ok(result)
}

macro_rules! functions {
    ($($name:ident $overflows:literal: |$x:ident| $result:expr;)+) => {$(
        #[doc = concat!("`math.", stringify!($name), "(x)`")]
        #[inline]
        pub fn $name($x: f64) -> Result<f64> {
            checked($x, $result, $overflows)
        }
    )+};
}

functions! {
    sqrt false: |x| x.sqrt();
    cbrt false: |x| x.cbrt();
    sin false: |x| x.sin();
    cos false: |x| x.cos();
    tan false: |x| x.tan();
    asin false: |x| x.asin();
    acos false: |x| x.acos();
    atan false: |x| x.atan();
    sinh true: |x| x.sinh();
    cosh true: |x| x.cosh();
    tanh false: |x| x.tanh();
    asinh false: |x| x.asinh();
    acosh false: |x| x.acosh();
    atanh false: |x| x.atanh();
    exp true: |x| x.exp();
    exp2 true: |x| x.exp2();
    expm1 true: |x| x.exp_m1();
    log1p false: |x| x.ln_1p();
    log2 false: |x| x.log2();
    log10 false: |x| x.log10();
}

/// `math.log(x)`
pub fn log(x: f64) -> Result<f64> {
    checked(x, x.ln(), false)
}

/// `math.log(x, base)`
pub fn log_base(x: f64, base: f64) -> Result<f64> {
    super::number::float::div(log(x)?, log(base)?)
}

/// `math.pow(x, y)`
pub fn pow(x: f64, y: f64) -> Result<f64> {
    if x == 0.0 && y < 0.0 {
        return Err(domain());
    }
    let result = x.powf(y);
    if result.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain());
    }
    if result.is_infinite() && x.is_finite() && y.is_finite() { Err(range()) } else { Ok(result) }
}

/// `math.fmod(x, y)`: has the sign of `x`.
pub fn fmod(x: f64, y: f64) -> Result<f64> {
    let rest = x % y;
    if rest.is_nan() && !x.is_nan() && !y.is_nan() { Err(domain()) } else { Ok(rest) }
}

/// `math.atan2(y, x)`
pub fn atan2(y: f64, x: f64) -> f64 {
    y.atan2(x)
}

/// `math.hypot(x, y)`
pub fn hypot(x: f64, y: f64) -> f64 {
    x.hypot(y)
}

/// `math.copysign(x, y)`
pub fn copysign(x: f64, y: f64) -> f64 {
    x.copysign(y)
}

/// `math.fabs(x)`
pub fn fabs(x: f64) -> f64 {
    x.abs()
}

/// `math.degrees(x)`
pub fn degrees(x: f64) -> f64 {
    x * (180.0 / pi)
}

/// `math.radians(x)`
pub fn radians(x: f64) -> f64 {
    x * (pi / 180.0)
}

/// `math.isnan(x)`
pub fn isnan(x: f64) -> bool {
    x.is_nan()
}

/// `math.isinf(x)`
pub fn isinf(x: f64) -> bool {
    x.is_infinite()
}

/// `math.isfinite(x)`
pub fn isfinite(x: f64) -> bool {
    x.is_finite()
}

/// `math.isclose(a, b)`, with the default tolerance.
pub fn isclose(a: f64, b: f64) -> bool {
    a == b || (a.is_finite() && b.is_finite() && (a - b).abs() <= 1e-9 * a.abs().max(b.abs()))
}

/// `math.floor(x)`
pub fn floor(x: f64) -> Result<i64> {
    from_float(x.floor())
}

/// `math.ceil(x)`
pub fn ceil(x: f64) -> Result<i64> {
    from_float(x.ceil())
}

/// `math.trunc(x)`
pub fn trunc(x: f64) -> Result<i64> {
    from_float(x)
}

/// `math.modf(x)`
pub fn modf(x: f64) -> Tuple2<f64, f64> {
    let fraction = if x.is_infinite() { 0.0 } else { x.fract() };
    Tuple2::new(fraction.copysign(x), x.trunc())
}

/// `math.gcd(a, b)`
pub fn gcd(a: i64, b: i64) -> Result<i64> {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a).map_err(|_| overflow())
}

/// `math.lcm(a, b)`
pub fn lcm(a: i64, b: i64) -> Result<i64> {
    if a == 0 || b == 0 {
        return Ok(0);
    }
    let gcd = gcd(a, b)?;
    (a / gcd).checked_mul(b).and_then(i64::checked_abs).ok_or_else(overflow)
}

/// `math.isqrt(n)`
pub fn isqrt(n: i64) -> Result<i64> {
    n.checked_isqrt().ok_or_else(|| Exception::new(&VALUE_ERROR, "isqrt() argument must be nonnegative"))
}

/// `math.factorial(n)`
pub fn factorial(n: i64) -> Result<i64> {
    if n < 0 {
        return Err(Exception::new(&VALUE_ERROR, "factorial() not defined for negative values"));
    }
    (1..=n).try_fold(1i64, i64::checked_mul).ok_or_else(overflow)
}

/// `math.comb(n, k)`
pub fn comb(n: i64, k: i64) -> Result<i64> {
    if n < 0 || k < 0 {
        let name = if n < 0 { "n" } else { "k" };
        return Err(Exception::new(&VALUE_ERROR, format!("{name} must be a non-negative integer")));
    }
    let mut result = 1i128;
    for i in 0..i128::from(k.min(n - k)) {
        // Exact: a product of so many neighbours is divisible by their count.
        result = result * (i128::from(n) - i) / (i + 1);
        if result > i128::from(i64::MAX) {
            return Err(overflow());
        }
    }
    Ok(if k > n { 0 } else { result as i64 })
}

/// `math.prod(items)` of ints.
pub fn prod<X: Iterate<Item = i64> + ?Sized>(items: &X) -> Result<i64> {
    let mut product = 1;
    let mut iterator = items.iter()?;
    while let Some(item) = iterator.next()? {
        product = super::number::int::mul(product, item)?;
    }
    Ok(product)
}

/// `math.fsum(items)`: exact, rounded once.
pub fn fsum<X: Iterate<Item = f64> + ?Sized>(items: &X) -> Result<f64> {
    // Shewchuk's algorithm: the sum as floats that don't overlap, smallest first.
    let mut partials: Vec<f64> = Vec::new();
    let mut special = 0.0;
    let mut iterator = items.iter()?;
    while let Some(item) = iterator.next()? {
        if !item.is_finite() {
            special += item;
            continue;
        }
        let mut x = item;
        let mut kept = 0;
        for i in 0..partials.len() {
            let mut y = partials[i];
            if x.abs() < y.abs() {
                (x, y) = (y, x);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        partials.push(x);
    }
    if special != 0.0 {
        return if special.is_nan() { Err(Exception::new(&VALUE_ERROR, "-inf + inf in fsum")) } else { Ok(special) };
    }
    Ok(round_partials(&partials))
}

/// The float nearest to the sum of floats that don't overlap, smallest first.
fn round_partials(partials: &[f64]) -> f64 {
    let Some((mut high, mut rest)) = partials.split_last().map(|(high, rest)| (*high, rest)) else { return 0.0 };
    let mut low = 0.0;
    while let Some((next, before)) = rest.split_last() {
        let x = high;
        high = x + next;
        low = next - (high - x);
        rest = before;
        if low != 0.0 {
            break;
        }
    }
    // Half way between two floats: what is left decides.
    if let Some(next) = rest.last()
        && ((low < 0.0 && *next < 0.0) || (low > 0.0 && *next > 0.0))
    {
        let doubled = low * 2.0;
        let rounded = high + doubled;
        if doubled == rounded - high {
            high = rounded;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_that_are_none() {
        assert_eq!(sqrt(-1.0).unwrap_err().to_string(), "math domain error");
        assert_eq!(exp(1000.0).unwrap_err().to_string(), "math range error");
        assert_eq!(log(0.0).unwrap_err().to_string(), "math domain error");
        assert!(sqrt(f64::NAN).unwrap().is_nan() && exp(inf).unwrap() == inf && sin(inf).is_err());
        assert_eq!(pow(10.0, 400.0).unwrap_err().to_string(), "math range error");
    }

    #[test]
    fn whole_numbers() {
        assert_eq!((floor(-1.5).unwrap(), ceil(-1.5).unwrap(), trunc(-1.5).unwrap()), (-2, -1, -1));
        assert_eq!((gcd(-12, 18).unwrap(), lcm(4, 6).unwrap(), isqrt(99).unwrap()), (6, 12, 9));
        assert_eq!(
            (factorial(20).unwrap(), comb(52, 5).unwrap(), comb(3, 5).unwrap()),
            (2432902008176640000, 2598960, 0)
        );
        assert!(factorial(21).is_err() && isqrt(-1).is_err() && floor(1e300).is_err());
        assert_eq!(prod(&[2i64, 3, 4]).unwrap(), 24);
    }

    #[test]
    fn sums_are_rounded_once() {
        assert_eq!(fsum(&[0.1; 10]).unwrap(), 1.0);
        assert_eq!(fsum(&[1e100, 1.0, -1e100]).unwrap(), 1.0);
        assert_eq!(fsum(&[1e16, 1.0, 1e-16]).unwrap(), 10000000000000002.0);
        assert!(fsum(&[inf, -inf]).is_err());
    }
}
