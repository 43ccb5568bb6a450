//! Format specifiers of `int` and `bool`.

use super::float::write_float;
use super::number::Number;
use super::spec::{Align, Spec, error, unknown_code};
use crate::builtins::exceptions::OVERFLOW_ERROR;
use crate::builtins::{Exception, Result};

/// `format(value, spec)`
pub(crate) fn format_int(out: &mut String, value: i64, spec: &str) -> Result<()> {
    if spec.is_empty() {
        out.push_str(&value.to_string());
        return Ok(());
    }
    write_int(out, value, &Spec::parse(spec, Align::Right, "int")?, "int")
}

/// `format(value, spec)` of a bool: a name without a specifier, a number with one.
pub(crate) fn format_bool(out: &mut String, value: bool, spec: &str) -> Result<()> {
    if spec.is_empty() {
        out.push_str(if value { "True" } else { "False" });
        return Ok(());
    }
    write_int(out, value.into(), &Spec::parse(spec, Align::Right, "bool")?, "bool")
}

fn write_int(out: &mut String, value: i64, spec: &Spec, type_name: &str) -> Result<()> {
    let kind = spec.kind.unwrap_or('d');
    let magnitude = value.unsigned_abs();
    let (digits, prefix, group) = match kind {
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => return write_float(out, value as f64, spec),
        'd' | 'n' | 'c' => (magnitude.to_string(), "", 3),
        'b' => (format!("{magnitude:b}"), "0b", 4),
        'o' => (format!("{magnitude:o}"), "0o", 4),
        'x' => (format!("{magnitude:x}"), "0x", 4),
        'X' => (format!("{magnitude:X}"), "0X", 4),
        _ => return Err(unknown_code(kind, type_name)),
    };
    if spec.precision.is_some() {
        return Err(error("Precision not allowed in integer format specifier"));
    }
    if spec.positive_zero {
        return Err(error("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    if kind == 'c' {
        return write_character(out, value, spec);
    }
    let prefix = if spec.alternate { prefix } else { "" };
    Number { negative: value < 0, prefix, digits: &digits, rest: "", group: Some(group) }.write(out, spec);
    Ok(())
}

fn write_character(out: &mut String, value: i64, spec: &Spec) -> Result<()> {
    if spec.sign.is_some() {
        return Err(error("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(error("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    match u32::try_from(value).ok().and_then(char::from_u32) {
        Some(c) => {
            spec.pad(out, c.encode_utf8(&mut [0; 4]));
            Ok(())
        }
        None => Err(Exception::new(&OVERFLOW_ERROR, "%c arg not in range(0x110000)")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: i64, spec: &str, expected: &str) {
        let mut out = String::new();
        let result = match format_int(&mut out, value, spec) {
            Ok(()) => out,
            Err(error) => error.to_string(),
        };
        assert_eq!(result, expected, "format({value}, {spec:?})");
    }

    #[test]
    fn alignment_and_sign() {
        check(42, "", "42");
        check(42, "6", "    42");
        check(42, "<6", "42    ");
        check(42, "*^+7", "**+42**");
        check(-42, "=6", "-   42");
        check(42, " d", " 42");
        check(-42, "06", "-00042");
    }

    #[test]
    fn bases_and_groups() {
        check(255, "x", "ff");
        check(-255, "#X", "-0XFF");
        check(255, "#010b", "0b11111111");
        check(255, "#012x", "0x00000000ff");
        check(8, "#o", "0o10");
        check(1234567, ",", "1,234,567");
        check(-1234567, "_d", "-1_234_567");
        check(12345, "_b", "11_0000_0011_1001");
        check(1234, "08,", "0,001,234");
        check(i64::MIN, "x", "-8000000000000000");
    }

    #[test]
    fn other_kinds() {
        check(65, "5c", "    A");
        check(65, "05c", "0000A");
        check(1, "%", "100.000000%");
        check(3, ".2f", "3.00");
        check(10i64.pow(18), "g", "1e+18");
    }

    #[test]
    fn what_an_int_does_not_take() {
        check(1, "q", "Unknown format code 'q' for object of type 'int'");
        check(1, ".3", "Precision not allowed in integer format specifier");
        check(1, "z", "Negative zero coercion (z) not allowed in integer format specifier");
        check(-1, "c", "%c arg not in range(0x110000)");
        check(65, "+c", "Sign not allowed with integer format specifier 'c'");
    }

    #[test]
    fn a_bool_is_a_number_as_soon_as_it_has_a_specifier() {
        let format = |spec| {
            let mut out = String::new();
            format_bool(&mut out, true, spec).map(|()| out)
        };
        assert_eq!(format("").unwrap(), "True");
        assert_eq!(format(">3").unwrap(), "  1");
        assert_eq!(format("s").unwrap_err().to_string(), "Unknown format code 's' for object of type 'bool'");
    }
}
