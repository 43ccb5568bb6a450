//! `int(text)` and `float(text)`.

use super::int::overflow;
use crate::builtins::exceptions::VALUE_ERROR;
use crate::builtins::text::{decimal_value, is_space, repr_of};
use crate::builtins::{Exception, Result};

/// `int(text, base)`: base 0 reads the base from the prefix, as a literal has it.
pub fn parse_int(text: &str, base: i64) -> Result<i64> {
    if base != 0 && !(2..=36).contains(&base) {
        return Err(Exception::new(&VALUE_ERROR, "int() base must be >= 2 and <= 36, or 0"));
    }
    match read_int(text.trim_matches(is_space), base as u32) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(overflow()),
        Err(Malformed) => {
            Err(Exception::new(&VALUE_ERROR, format!("invalid literal for int() with base {base}: {}", repr_of(text))))
        }
    }
}

struct Malformed;

/// None: well formed, but too large.
fn read_int(text: &str, base: u32) -> core::result::Result<Option<i64>, Malformed> {
    let (negative, magnitude) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let (base, digits, after_prefix) = split_prefix(magnitude, base);
    let mut value = Some(0i64);
    let mut seen_digit = false;
    // A single underscore may stand between digits, and after a prefix.
    let mut underscore_may_follow = after_prefix;
    for c in digits.chars() {
        if c == '_' && underscore_may_follow {
            underscore_may_follow = false;
            continue;
        }
        let digit = c.to_digit(36).or_else(|| decimal_value(c)).filter(|d| *d < base).ok_or(Malformed)?;
        // Counting downwards reaches the smallest int too.
        value = value.and_then(|v| v.checked_mul(base.into())?.checked_sub(digit.into()));
        (seen_digit, underscore_may_follow) = (true, true);
    }
    if !seen_digit || !underscore_may_follow {
        return Err(Malformed);
    }
    Ok(if negative { value } else { value.and_then(i64::checked_neg) })
}

/// The base, the digits, and whether a prefix stood before them.
fn split_prefix(text: &str, base: u32) -> (u32, &str, bool) {
    let prefixed = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    if prefixed != 0 && (base == prefixed || base == 0) {
        return (prefixed, &text[2..], true);
    }
    if base != 0 {
        return (base, text, false);
    }
    // As in a literal: no leading zeros, unless the number is zero.
    let is_octal_of_old = text.starts_with('0') && text.contains(|c: char| c != '0' && c != '_');
    (if is_octal_of_old { 1 } else { 10 }, text, false)
}

/// `float(text)`
pub fn parse_float(text: &str) -> Result<f64> {
    read_float(text.trim_matches(is_space))
        .ok_or_else(|| Exception::new(&VALUE_ERROR, format!("could not convert string to float: {}", repr_of(text))))
}

fn read_float(text: &str) -> Option<f64> {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '_' {
            let between_digits = plain.ends_with(|c: char| c.is_ascii_digit())
                && chars.peek().is_some_and(|c| decimal_value(*c).is_some());
            if !between_digits {
                return None;
            }
        } else if let Some(digit) = decimal_value(c) {
            plain.push(char::from_digit(digit, 10)?);
        } else {
            plain.push(c);
        }
    }
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(text: &str, base: i64) -> i64 {
        parse_int(text, base).unwrap()
    }

    #[test]
    fn ints_in_any_base() {
        assert_eq!(int("42", 10), 42);
        assert_eq!(int("  -1_000\n", 10), -1000);
        assert_eq!(int("+7", 10), 7);
        assert_eq!(int("ff", 16), 255);
        assert_eq!(int("0xFf", 16), 255);
        assert_eq!(int("0x_ff", 0), 255);
        assert_eq!(int("0b101", 0), 5);
        assert_eq!(int("0o17", 0), 15);
        assert_eq!(int("0b1", 16), 0xb1);
        assert_eq!(int("zz", 36), 35 * 37);
        assert_eq!(int("007", 10), 7);
        assert_eq!(int("00", 0), 0);
        assert_eq!(int("٣٤", 10), 34);
        assert_eq!(int("-9223372036854775808", 10), i64::MIN);
    }

    #[test]
    fn what_is_no_int() {
        for text in ["", " ", "-", "1__0", "_1", "1_", "0x1f", "1.0", "- 1", "1 2", "²", "0_x1"] {
            let message = parse_int(text, 10).unwrap_err().to_string();
            assert_eq!(message, format!("invalid literal for int() with base 10: '{text}'"));
        }
        assert!(parse_int("07", 0).is_err());
        assert!(parse_int("2", 2).is_err());
        assert_eq!(parse_int("it's", 0).unwrap_err().to_string(), "invalid literal for int() with base 0: \"it's\"");
        assert_eq!(parse_int("1", 1).unwrap_err().to_string(), "int() base must be >= 2 and <= 36, or 0");
        assert_eq!(parse_int("9223372036854775808", 10).unwrap_err().class().name(), "OverflowError");
    }

    #[test]
    fn floats() {
        for (text, value) in [
            ("1.5", 1.5),
            (" -2e3\t", -2000.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("1_0.0_1", 10.01),
            ("+1E-2", 0.01),
            ("Infinity", f64::INFINITY),
            ("-inf", f64::NEG_INFINITY),
            ("1e999", f64::INFINITY),
            ("٣.٥", 3.5),
        ] {
            assert_eq!(parse_float(text).unwrap(), value, "{text}");
        }
        assert!(parse_float("nan").unwrap().is_nan());
    }

    #[test]
    fn what_is_no_float() {
        for text in ["", ".", "1_", "_1", "1__0", "1._5", "0x10", "1e", "infinit", "1 2", "e5"] {
            let message = parse_float(text).unwrap_err().to_string();
            assert_eq!(message, format!("could not convert string to float: '{text}'"));
        }
    }
}
