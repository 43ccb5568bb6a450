//! How `repr` prints a float: the shortest digits that read back as the same number.

use core::fmt::Write;

/// `repr(x)`
pub fn float_repr(x: f64) -> String {
    let mut out = String::new();
    write_float(&mut out, x);
    out
}

/// Appends `repr(x)`.
pub(crate) fn write_float(out: &mut String, x: f64) {
    if !x.is_finite() {
        return out.push_str(special_name(x));
    }
    if x.is_sign_negative() {
        out.push('-');
    }
    let decimal = Decimal::shortest(x);
    if (-4..16).contains(&decimal.exponent) {
        decimal.write_fixed(out);
        if decimal.exponent + 1 >= decimal.digits.len() as i32 {
            out.push_str(".0");
        }
    } else {
        decimal.write_scientific(out, 'e');
    }
}

/// What is printed for a number that isn't finite.
pub(crate) fn special_name(x: f64) -> &'static str {
    if x.is_nan() {
        "nan"
    } else if x > 0.0 {
        "inf"
    } else {
        "-inf"
    }
}

/// The magnitude of a finite float: `d.ddd × 10**exponent`.
pub(crate) struct Decimal {
    pub digits: String,
    pub exponent: i32,
}

impl Decimal {
    /// The fewest digits that identify `x`; of two that are equally near, the even one.
    pub fn shortest(x: f64) -> Decimal {
        let decimal = Decimal::parse(format!("{:e}", x.abs()));
        // The standard library rounds a tie up. Decimals of up to 15 digits are told apart by a float, so that a tie of
        // 14 digits or fewer would itself have been the shortest.
        let digits = decimal.digits.len();
        if digits >= 15 && fraction_bits(x) <= 18 { Decimal::rounded(x, digits) } else { decimal }
    }

    /// `count` significant digits, rounded half to even on the exact value; `count` is at least one.
    pub fn rounded(x: f64, count: usize) -> Decimal {
        Decimal::parse(format!("{:.*e}", count - 1, x.abs()))
    }

    fn parse(mut text: String) -> Decimal {
        let e = text.rfind('e').expect("the exponential format has an exponent");
        let exponent = text[e + 1..].parse().expect("the exponent is a number");
        text.truncate(e);
        if text.len() > 1 {
            text.remove(1);
        }
        Decimal { digits: text, exponent }
    }

    /// Drops the zeros at the end; one digit stays.
    pub fn trim(&mut self) {
        let kept = self.digits.trim_end_matches('0').len().max(1);
        self.digits.truncate(kept);
    }

    /// `123`, `123.45` or `0.00123`: no zeros beyond the digits, but those before the point.
    pub fn write_fixed(&self, out: &mut String) {
        let (digits, count) = (self.digits.as_str(), self.digits.len() as i32);
        if self.exponent < 0 {
            out.push_str("0.");
            out.extend(core::iter::repeat_n('0', (-1 - self.exponent) as usize));
            out.push_str(digits);
        } else if self.exponent + 1 >= count {
            out.push_str(digits);
            out.extend(core::iter::repeat_n('0', (self.exponent + 1 - count) as usize));
        } else {
            let (whole, fraction) = digits.split_at(self.exponent as usize + 1);
            out.push_str(whole);
            out.push('.');
            out.push_str(fraction);
        }
    }

    /// `1.23e+45`: a sign and at least two digits in the exponent.
    pub fn write_scientific(&self, out: &mut String, e: char) {
        let (first, rest) = self.digits.split_at(1);
        out.push_str(first);
        if !rest.is_empty() {
            out.push('.');
            out.push_str(rest);
        }
        let sign = if self.exponent < 0 { '-' } else { '+' };
        write!(out, "{e}{sign}{:02}", self.exponent.unsigned_abs()).expect("a String takes all text");
    }
}

/// How many binary digits, and so how many decimal ones, a number has after the point. A tie has at most 18 digits in all.
fn fraction_bits(x: f64) -> i32 {
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let exponent = (bits >> 52 & 0x7ff) as i32 - 1075;
    let trailing = if fraction == 0 { 52 } else { fraction.trailing_zeros() as i32 };
    -(exponent + trailing)
}

#[cfg(test)]
mod tests {
    use super::float_repr;

    #[test]
    fn whole_numbers_keep_their_point() {
        assert_eq!(float_repr(1.0), "1.0");
        assert_eq!(float_repr(-0.0), "-0.0");
        assert_eq!(float_repr(123456789.0), "123456789.0");
    }

    #[test]
    fn the_shortest_digits_are_printed() {
        assert_eq!(float_repr(0.1), "0.1");
        assert_eq!(float_repr(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(float_repr(1.0 / 3.0), "0.3333333333333333");
        assert_eq!(float_repr(592271966169135.0 + 0.25), "592271966169135.2");
        assert_eq!(float_repr(5e-324), "5e-324");
        assert_eq!(float_repr(f64::MAX), "1.7976931348623157e+308");
        assert_eq!(float_repr(2f64.powi(-1074 + 52)), "2.2250738585072014e-308");
    }

    #[test]
    fn large_and_small_numbers_have_exponents() {
        assert_eq!(float_repr(1e15), "1000000000000000.0");
        assert_eq!(float_repr(1e16), "1e+16");
        assert_eq!(float_repr(1234567890123456789.0), "1.2345678901234568e+18");
        assert_eq!(float_repr(0.0001), "0.0001");
        assert_eq!(float_repr(0.00001), "1e-05");
        assert_eq!(float_repr(0.00012345), "0.00012345");
        assert_eq!(float_repr(1e-100), "1e-100");
    }

    #[test]
    fn what_is_not_finite_has_a_name() {
        assert_eq!(float_repr(f64::NAN), "nan");
        assert_eq!(float_repr(f64::INFINITY), "inf");
        assert_eq!(float_repr(f64::NEG_INFINITY), "-inf");
    }
}
