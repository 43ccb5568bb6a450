//! Characters and slices of `str`.

use super::Str;
use crate::builtins::Result;
use crate::builtins::slice::{Slice, out_of_range, place};

impl Str {
    /// `s[index]`
    #[inline]
    pub(crate) fn char_at(&self, index: i64) -> Result<Str> {
        self.find_char(index).ok_or_else(|| out_of_range("string index out of range"))
    }

    /// The character at an index, if there is one.
    #[inline]
    pub(crate) fn find_char(&self, index: i64) -> Option<Str> {
        if self.isascii() {
            let bytes = self.as_bytes();
            return place(index, bytes.len()).map(|place| Str::from_char(bytes[place].into()));
        }
        self.find_large_char(index)
    }

    #[inline(never)]
    fn find_large_char(&self, index: i64) -> Option<Str> {
        let found = match usize::try_from(index) {
            Ok(index) => self.as_str().chars().nth(index),
            Err(_) => self.as_str().chars().rev().nth(index.unsigned_abs() as usize - 1),
        };
        found.map(Str::from_char)
    }

    /// `s[start:stop:step]`
    pub(crate) fn slice(&self, slice: &Slice) -> Result<Str> {
        let selection = slice.select(self.count_chars())?;
        if let Some(chars) = selection.range() {
            let start = self.byte_of(chars.start);
            let end = if self.isascii() {
                chars.end
            } else {
                self.part(start..self.as_str().len()).byte_of(chars.len()) + start
            };
            return Ok(self.part(start..end));
        }
        if self.isascii() {
            let bytes = self.as_bytes();
            return Ok(selection.indices().map(|i| char::from(bytes[i])).collect());
        }
        let chars: Vec<char> = self.as_str().chars().collect();
        Ok(selection.indices().map(|i| chars[i]).collect())
    }

    /// `s + other`
    pub(crate) fn concat(&self, other: &Str) -> Str {
        if other.is_empty() {
            return self.clone();
        }
        if self.is_empty() {
            return other.clone();
        }
        Str::from([self.as_str(), other.as_str()].concat())
    }

    /// `s * count`
    pub(crate) fn repeat_text(&self, count: i64) -> Str {
        match count {
            ..=0 => Str::EMPTY,
            1 => self.clone(),
            _ => Str::from(self.as_str().repeat(count as usize)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIXED: Str = Str::lit("añ€😀z");

    fn slice(text: &Str, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Str {
        text.slice(&Slice::new(start, stop, step)).unwrap()
    }

    #[test]
    fn characters_are_code_points() {
        assert_eq!(Str::lit("abc").char_at(-1).unwrap(), "c");
        assert_eq!(MIXED.char_at(1).unwrap(), "ñ");
        assert_eq!(MIXED.char_at(-2).unwrap(), "😀");
        assert_eq!(MIXED.char_at(-5).unwrap(), "a");
        for index in [5, -6, i64::MIN, i64::MAX] {
            assert_eq!(MIXED.char_at(index).unwrap_err().to_string(), "string index out of range");
        }
        assert!(Str::EMPTY.char_at(0).is_err());
    }

    #[test]
    fn slices_are_in_code_points() {
        assert_eq!(slice(&MIXED, Some(1), Some(4), None), "ñ€😀");
        assert_eq!(slice(&MIXED, Some(-2), None, None), "😀z");
        assert_eq!(slice(&MIXED, None, None, Some(-1)), "z😀€ña");
        assert_eq!(slice(&Str::lit("abcdef"), Some(4), Some(1), Some(-2)), "ec");
        assert_eq!(slice(&Str::lit("abc"), Some(5), None, None), "");
    }

    #[test]
    fn a_whole_slice_is_the_same_text() {
        let text = Str::from(String::from("abc"));
        assert!(slice(&text, None, None, None).ptr_eq(&text));
    }

    #[test]
    fn joining_and_repeating() {
        assert_eq!(Str::lit("ab").concat(&Str::lit("ñ")), "abñ");
        assert_eq!(Str::lit("ab").repeat_text(3), "ababab");
        assert_eq!(Str::lit("ab").repeat_text(-1), "");
    }
}
