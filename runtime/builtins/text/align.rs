//! Padding `str` to a width.

use super::Str;
use crate::builtins::exceptions::TYPE_ERROR;
use crate::builtins::{Exception, Result};

fn fill_char(fill: Option<&Str>) -> Result<char> {
    let Some(fill) = fill else { return Ok(' ') };
    let mut chars = fill.as_str().chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(Exception::new(&TYPE_ERROR, "The fill character must be exactly one character long")),
    }
}

impl Str {
    fn padded(&self, left: usize, right: usize, fill: char) -> Str {
        if left + right == 0 {
            return self.clone();
        }
        let mut out = String::with_capacity(self.as_str().len() + (left + right) * fill.len_utf8());
        out.extend(core::iter::repeat_n(fill, left));
        out.push_str(self);
        out.extend(core::iter::repeat_n(fill, right));
        Str::from(out)
    }

    fn missing(&self, width: i64) -> usize {
        usize::try_from(width).unwrap_or(0).saturating_sub(self.count_chars())
    }

    /// `s.ljust(width, fill)`
    pub fn ljust(&self, width: i64, fill: Option<&Str>) -> Result<Str> {
        Ok(self.padded(0, self.missing(width), fill_char(fill)?))
    }

    /// `s.rjust(width, fill)`
    pub fn rjust(&self, width: i64, fill: Option<&Str>) -> Result<Str> {
        Ok(self.padded(self.missing(width), 0, fill_char(fill)?))
    }

    /// `s.center(width, fill)`: an odd blank goes left if the width is odd.
    pub fn center(&self, width: i64, fill: Option<&Str>) -> Result<Str> {
        let missing = self.missing(width);
        let left = missing / 2 + (missing & width as usize & 1);
        Ok(self.padded(left, missing - left, fill_char(fill)?))
    }

    /// `s.zfill(width)`: zeros go after the sign.
    pub fn zfill(&self, width: i64) -> Str {
        let zeros = self.missing(width);
        let text = self.as_str();
        if zeros == 0 || !text.starts_with(['+', '-']) {
            return self.padded(zeros, 0, '0');
        }
        let (sign, digits) = text.split_at(1);
        Str::from([sign, &"0".repeat(zeros), digits].concat())
    }

    /// `s.expandtabs(size)`: each tab reaches to the next multiple of `size`.
    pub fn expandtabs(&self, size: i64) -> Str {
        let size = usize::try_from(size).unwrap_or(0);
        let mut out = String::with_capacity(self.as_str().len());
        let mut column = 0;
        for c in self.as_str().chars() {
            match c {
                '\t' if size == 0 => {}
                '\t' => {
                    let blanks = size - column % size;
                    out.extend(core::iter::repeat_n(' ', blanks));
                    column += blanks;
                }
                _ => {
                    out.push(c);
                    column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
                }
            }
        }
        Str::from(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_in_code_points() {
        assert_eq!(Str::lit("né").ljust(4, None).unwrap(), "né  ");
        assert_eq!(Str::lit("né").rjust(4, Some(&Str::lit("·"))).unwrap(), "··né");
        assert_eq!(Str::lit("abc").ljust(2, None).unwrap(), "abc");
        let error = Str::lit("a").center(5, Some(&Str::lit("xy"))).unwrap_err();
        assert_eq!(error.to_string(), "The fill character must be exactly one character long");
    }

    #[test]
    fn the_odd_blank_of_center() {
        assert_eq!(Str::lit("ab").center(5, None).unwrap(), "  ab ");
        assert_eq!(Str::lit("a").center(4, None).unwrap(), " a  ");
        assert_eq!(Str::lit("a").center(-4, None).unwrap(), "a");
    }

    #[test]
    fn zeros_go_after_the_sign() {
        assert_eq!(Str::lit("-42").zfill(5), "-0042");
        assert_eq!(Str::lit("42").zfill(5), "00042");
        assert_eq!(Str::lit("+").zfill(3), "+00");
        assert_eq!(Str::lit("12345").zfill(3), "12345");
    }

    #[test]
    fn tabs_stop_at_multiples() {
        assert_eq!(Str::lit("a\tbc\td").expandtabs(4), "a   bc  d");
        assert_eq!(Str::lit("ab\n\tc").expandtabs(8), "ab\n        c");
        assert_eq!(Str::lit("a\tb").expandtabs(0), "ab");
    }
}
