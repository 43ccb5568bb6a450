//! Format specifiers of `float`.

use super::number::Number;
use super::spec::{Align, Spec, unknown_code};
use crate::builtins::Result;
use crate::builtins::number::{Decimal, special_name};

/// `format(value, spec)`
pub(crate) fn format_float(out: &mut String, value: f64, spec: &str) -> Result<()> {
    if spec.is_empty() {
        crate::builtins::number::write_float(out, value);
        return Ok(());
    }
    write_float(out, value, &Spec::parse(spec, Align::Right, "float")?)
}

/// Writes a float for a specifier of `int` or `float`.
pub(super) fn write_float(out: &mut String, value: f64, spec: &Spec) -> Result<()> {
    let kind = match spec.kind {
        Some(kind @ ('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%')) => Some(kind),
        None => None,
        Some(kind) => return Err(unknown_code(kind, "float")),
    };
    let value = if kind == Some('%') { value * 100.0 } else { value };
    let mut text = if value.is_finite() {
        match kind {
            Some('e' | 'E') => scientific(value, spec),
            Some('f' | 'F' | '%') => fixed(value, spec),
            Some(_) => general(value, spec, spec.precision.unwrap_or(6).max(1), false),
            None => match spec.precision {
                Some(precision) => general(value, spec, precision.max(1), true),
                None => plain(value, spec),
            },
        }
    } else {
        special_name(value).trim_start_matches('-').to_owned()
    };
    if matches!(kind, Some('E' | 'F' | 'G')) {
        text.make_ascii_uppercase();
    }
    if kind == Some('%') {
        text.push('%');
    }
    let is_zero = || !text.split(['e', 'E']).next().unwrap_or_default().bytes().any(|b| (b'1'..=b'9').contains(&b));
    let negative =
        value.is_sign_negative() && !value.is_nan() && !(spec.positive_zero && value.is_finite() && is_zero());
    let digits = if value.is_finite() { text.bytes().take_while(u8::is_ascii_digit).count() } else { text.len() };
    let (digits, rest) = text.split_at(digits);
    Number { negative, prefix: "", digits, rest, group: value.is_finite().then_some(3) }.write(out, spec);
    Ok(())
}

/// `f`: a fixed number of digits after the point.
fn fixed(value: f64, spec: &Spec) -> String {
    let precision = spec.precision.unwrap_or(6);
    let mut text = format!("{:.*}", precision, value.abs());
    if precision == 0 && spec.alternate {
        text.push('.');
    }
    text
}

/// `e`: one digit before the point.
fn scientific(value: f64, spec: &Spec) -> String {
    let decimal = Decimal::rounded(value, spec.precision.unwrap_or(6) + 1);
    let mut text = String::new();
    decimal.write_scientific(&mut text, 'e');
    if decimal.digits.len() == 1 && spec.alternate {
        text.insert(1, '.');
    }
    text
}

/// `g`: so many significant digits, with an exponent if the number is too large for them, or small. Without a type it is
/// the same, but that a fraction is always shown.
fn general(value: f64, spec: &Spec, precision: usize, shows_fraction: bool) -> String {
    let mut decimal = Decimal::rounded(value, precision);
    let limit = precision as i32 - i32::from(shows_fraction);
    let has_exponent = decimal.exponent < -4 || decimal.exponent >= limit;
    if !spec.alternate {
        decimal.trim();
    }
    let mut text = String::new();
    if has_exponent {
        decimal.write_scientific(&mut text, 'e');
        if decimal.digits.len() == 1 && spec.alternate {
            text.insert(1, '.');
        }
        return text;
    }
    decimal.write_fixed(&mut text);
    if !text.contains('.') {
        text.push_str(if shows_fraction {
            ".0"
        } else if spec.alternate {
            "."
        } else {
            ""
        });
    }
    text
}

/// No type and no precision: as `repr`.
fn plain(value: f64, spec: &Spec) -> String {
    let mut text = String::new();
    crate::builtins::number::write_float(&mut text, value.abs());
    if spec.alternate && !text.contains('.') {
        text.insert(1, '.');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: f64, spec: &str, expected: &str) {
        let mut out = String::new();
        let result = match format_float(&mut out, value, spec) {
            Ok(()) => out,
            Err(error) => error.to_string(),
        };
        assert_eq!(result, expected, "format({value}, {spec:?})");
    }

    #[test]
    fn a_fixed_number_of_digits() {
        check(core::f64::consts::PI, ".2f", "3.14");
        check(2.5, ".0f", "2");
        check(2.675, ".2f", "2.67");
        check(1.0, "#.0f", "1.");
        check(1e22, "f", "10000000000000000000000.000000");
        check(0.5, "%", "50.000000%");
        check(0.125, ".1%", "12.5%");
    }

    #[test]
    fn an_exponent() {
        check(12345.678, "e", "1.234568e+04");
        check(0.00012, ".1E", "1.2E-04");
        check(1.0, "#.0e", "1.e+00");
        check(1e300, ".2e", "1.00e+300");
    }

    #[test]
    fn significant_digits() {
        check(100000.0, "g", "100000");
        check(1000000.0, "g", "1e+06");
        check(0.0001, "g", "0.0001");
        check(0.00001, "g", "1e-05");
        check(1.0, "#g", "1.00000");
        check(0.0, "g", "0");
        check(1234.5, ".3g", "1.23e+03");
        check(1e22, "n", "1e+22");
        check(123456789.0, "G", "1.23457E+08");
    }

    #[test]
    fn without_a_type_a_fraction_is_always_shown() {
        check(1.0, "", "1.0");
        check(1.0, ".3", "1.0");
        check(123456.0, ".3", "1.23e+05");
        check(1234567.0, ".10", "1234567.0");
        check(1.5, ".0", "2e+00");
        check(1e16, "5", "1e+16");
        check(0.1, ".17", "0.10000000000000001");
    }

    #[test]
    fn groups_and_zeros() {
        check(1234567.891, ",", "1,234,567.891");
        check(1234.5, "012,.1f", "00,001,234.5");
        check(-3.5, "08.2f", "-0003.50");
        check(f64::INFINITY, "010", "0000000inf");
        check(f64::INFINITY, "010,", "0000000inf");
        check(f64::NAN, "+E", "+NAN");
        check(f64::NEG_INFINITY, "F", "-INF");
    }

    #[test]
    fn negative_zero_may_be_coerced() {
        check(-0.0, ".1f", "-0.0");
        check(-0.01, "z.1f", "0.0");
        check(-0.06, "z.1f", "-0.1");
        check(-0.0, "ze", "0.000000e+00");
    }

    #[test]
    fn what_a_float_does_not_take() {
        check(1.0, "d", "Unknown format code 'd' for object of type 'float'");
        check(1.0, ",n", "Cannot specify ',' with 'n'.");
    }
}
