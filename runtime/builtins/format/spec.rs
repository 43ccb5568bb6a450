//! Reading a format specifier: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.

use crate::builtins::exceptions::VALUE_ERROR;
use crate::builtins::{Exception, Result};

/// Where the text goes in its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
    Center,
    /// The padding goes between the sign and the digits.
    AfterSign,
}

/// A format specifier that was understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spec {
    pub fill: char,
    pub align: Align,
    /// `+`, `-` or a blank, if given.
    pub sign: Option<char>,
    /// `z`: a negative zero loses its sign.
    pub positive_zero: bool,
    pub alternate: bool,
    pub width: usize,
    /// `,` or `_`
    pub grouping: Option<char>,
    pub precision: Option<usize>,
    pub kind: Option<char>,
}

#[cold]
pub(super) fn error(message: impl Into<crate::builtins::Str>) -> Exception {
    Exception::new(&VALUE_ERROR, message)
}

#[cold]
pub(super) fn unknown_code(kind: char, type_name: &str) -> Exception {
    error(format!("Unknown format code '{kind}' for object of type '{type_name}'"))
}

impl Spec {
    /// Reads a specifier for a value that stands at `default_align` if nothing else is said.
    pub fn parse(text: &str, default_align: Align, type_name: &str) -> Result<Spec> {
        let mut rest = text;
        let mut spec = Spec {
            fill: ' ',
            align: default_align,
            sign: None,
            positive_zero: false,
            alternate: false,
            width: 0,
            grouping: None,
            precision: None,
            kind: None,
        };
        let mut chars = rest.chars();
        let (first, second) = (chars.next(), chars.next());
        let (mut has_fill, mut has_align) = (false, false);
        if let (Some(fill), Some(align)) = (first, second.and_then(align)) {
            (spec.fill, spec.align) = (fill, align);
            (has_fill, has_align) = (true, true);
            rest = chars.as_str();
        } else if let Some(align) = first.and_then(align) {
            spec.align = align;
            has_align = true;
            rest = &rest[1..];
        }
        if let Some(sign) = take(&mut rest, &['+', '-', ' ']) {
            spec.sign = Some(sign);
        }
        spec.positive_zero = take(&mut rest, &['z']).is_some();
        spec.alternate = take(&mut rest, &['#']).is_some();
        if !has_fill && take(&mut rest, &['0']).is_some() {
            spec.fill = '0';
            if !has_align && default_align == Align::Right {
                spec.align = Align::AfterSign;
            }
        }
        spec.width = number(&mut rest)?.unwrap_or(0);
        spec.grouping = take(&mut rest, &[',', '_']);
        if let Some(grouping) = spec.grouping
            && rest.starts_with(if grouping == ',' { '_' } else { ',' })
        {
            return Err(error("Cannot specify both ',' and '_'."));
        }
        if take(&mut rest, &['.']).is_some() {
            let precision = number(&mut rest)?;
            spec.precision = Some(precision.ok_or_else(|| error("Format specifier missing precision"))?);
        }
        let mut chars = rest.chars();
        spec.kind = chars.next();
        if !chars.as_str().is_empty() {
            return Err(error(format!("Invalid format specifier '{text}' for object of type '{type_name}'")));
        }
        spec.check_grouping()?;
        Ok(spec)
    }

    fn check_grouping(&self) -> Result<()> {
        let Some(grouping) = self.grouping else {
            return Ok(());
        };
        match self.kind {
            None | Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F') => Ok(()),
            Some('b' | 'o' | 'x' | 'X') if grouping == '_' => Ok(()),
            Some(kind) => Err(error(format!("Cannot specify '{grouping}' with '{kind}'."))),
        }
    }

    /// Appends `text`, padded to the width; [`Align::AfterSign`] pads like [`Align::Right`].
    pub fn pad(&self, out: &mut String, text: &str) {
        let missing = self.width.saturating_sub(text.chars().count());
        let left = match self.align {
            Align::Left => 0,
            Align::Right | Align::AfterSign => missing,
            Align::Center => missing / 2,
        };
        out.extend(core::iter::repeat_n(self.fill, left));
        out.push_str(text);
        out.extend(core::iter::repeat_n(self.fill, missing - left));
    }
}

fn align(c: char) -> Option<Align> {
    Some(match c {
        '<' => Align::Left,
        '>' => Align::Right,
        '^' => Align::Center,
        '=' => Align::AfterSign,
        _ => return None,
    })
}

/// Takes one of the given ASCII characters from the front.
fn take(rest: &mut &str, chars: &[char]) -> Option<char> {
    let first = rest.chars().next().filter(|c| chars.contains(c))?;
    *rest = &rest[1..];
    Some(first)
}

fn number(rest: &mut &str) -> Result<Option<usize>> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return Ok(None);
    }
    let (number, after) = rest.split_at(digits);
    *rest = after;
    match number.parse::<usize>() {
        Ok(number) if number <= i64::MAX as usize => Ok(Some(number)),
        _ => Err(error("Too many decimal digits in format string")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Spec {
        Spec::parse(text, Align::Right, "int").unwrap()
    }

    #[test]
    fn everything_at_once() {
        let spec = parse("*<+z#12,.3f");
        assert_eq!((spec.fill, spec.align, spec.sign), ('*', Align::Left, Some('+')));
        assert!(spec.positive_zero && spec.alternate);
        assert_eq!((spec.width, spec.grouping, spec.precision, spec.kind), (12, Some(','), Some(3), Some('f')));
    }

    #[test]
    fn a_zero_before_the_width_fills_after_the_sign() {
        assert_eq!((parse("05").fill, parse("05").align), ('0', Align::AfterSign));
        assert_eq!((parse("<05").fill, parse("<05").align), ('0', Align::Left));
        assert_eq!((parse("x>05").fill, parse("x>05").width), ('x', 5));
        assert_eq!(Spec::parse("05", Align::Left, "str").unwrap().align, Align::Left);
    }

    #[test]
    fn any_character_can_fill() {
        assert_eq!(parse("·^7").fill, '·');
        assert_eq!((parse("<<5").fill, parse("<<5").align), ('<', Align::Left));
    }

    #[test]
    fn what_is_no_specifier() {
        let message = |text| Spec::parse(text, Align::Right, "int").unwrap_err().to_string();
        assert_eq!(message("abc"), "Invalid format specifier 'abc' for object of type 'int'");
        assert_eq!(message("05>5"), "Invalid format specifier '05>5' for object of type 'int'");
        assert_eq!(message("."), "Format specifier missing precision");
        assert_eq!(message(",_"), "Cannot specify both ',' and '_'.");
        assert_eq!(message(",,"), "Cannot specify ',' with ','.");
        assert_eq!(message(",x"), "Cannot specify ',' with 'x'.");
        assert_eq!(message("99999999999999999999"), "Too many decimal digits in format string");
    }
}
