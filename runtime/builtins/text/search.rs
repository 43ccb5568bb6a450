//! Finding, counting and replacing parts of `str`.

use super::Str;
use crate::builtins::exceptions::VALUE_ERROR;
use crate::builtins::slice::bounds;
use crate::builtins::tuple::{Tuple1, Tuple2, Tuple3, Tuple4};
use crate::builtins::{Exception, Result, Seq};

/// What `startswith` and `endswith` take: a text, or a tuple of texts of which one must fit.
#[diagnostic::on_unimplemented(message = "this takes a `str` or a tuple of them, not a `{Self}`")]
pub trait Affix {
    /// Whether `fits` holds for the text, or for one of them.
    fn any(&self, fits: &mut dyn FnMut(&str) -> bool) -> bool;
}

impl Affix for Str {
    fn any(&self, fits: &mut dyn FnMut(&str) -> bool) -> bool {
        fits(self)
    }
}

impl Affix for str {
    fn any(&self, fits: &mut dyn FnMut(&str) -> bool) -> bool {
        fits(self)
    }
}

impl<T: Affix + ?Sized> Affix for &T {
    fn any(&self, fits: &mut dyn FnMut(&str) -> bool) -> bool {
        (**self).any(fits)
    }
}

macro_rules! affixes {
    ($($tuple:ident<$($type:ident),+> $($item:ident),+;)+) => {$(
        impl<T: Affix> Affix for $tuple<$($type),+> {
            fn any(&self, fits: &mut dyn FnMut(&str) -> bool) -> bool {
                $(self.$item.any(fits))||+
            }
        }
    )+};
}

affixes! {
    Tuple1<T> _0;
    Tuple2<T, T> _0, _1;
    Tuple3<T, T, T> _0, _1, _2;
    Tuple4<T, T, T, T> _0, _1, _2, _3;
}

impl<T: Affix + crate::trace::Trace> Affix for Seq<T> {
    fn any(&self, fits: &mut dyn FnMut(&str) -> bool) -> bool {
        self.as_slice().iter().any(|item| item.any(fits))
    }
}

impl Str {
    /// The part between two indices, and the code point at which it begins; None if they are reversed.
    fn between(&self, start: Option<i64>, end: Option<i64>) -> Option<(usize, &str)> {
        if start.is_none() && end.is_none() {
            return Some((0, self.as_str()));
        }
        let chars = bounds(start, end, self.count_chars())?;
        Some((chars.start, &self.as_str()[self.byte_of(chars.start)..self.byte_of(chars.end)]))
    }

    fn found(&self, first: usize, part: &str, byte: usize) -> i64 {
        let before = if self.isascii() { byte } else { part[..byte].chars().count() };
        (first + before) as i64
    }

    /// `s.find(sub, start, end)`: the first index, or -1.
    pub fn find(&self, sub: impl AsRef<str>, start: Option<i64>, end: Option<i64>) -> i64 {
        self.between(start, end)
            .and_then(|(first, part)| Some(self.found(first, part, part.find(sub.as_ref())?)))
            .unwrap_or(-1)
    }

    /// `s.rfind(sub, start, end)`: the last index, or -1.
    pub fn rfind(&self, sub: impl AsRef<str>, start: Option<i64>, end: Option<i64>) -> i64 {
        self.between(start, end)
            .and_then(|(first, part)| Some(self.found(first, part, part.rfind(sub.as_ref())?)))
            .unwrap_or(-1)
    }

    /// `s.index(sub, start, end)`: the first index, or a ValueError.
    pub fn index(&self, sub: impl AsRef<str>, start: Option<i64>, end: Option<i64>) -> Result<i64> {
        found_or_error(self.find(sub, start, end))
    }

    /// `s.rindex(sub, start, end)`: the last index, or a ValueError.
    pub fn rindex(&self, sub: impl AsRef<str>, start: Option<i64>, end: Option<i64>) -> Result<i64> {
        found_or_error(self.rfind(sub, start, end))
    }

    /// `s.count(sub, start, end)`: how often, without overlap.
    pub fn count(&self, sub: impl AsRef<str>, start: Option<i64>, end: Option<i64>) -> i64 {
        self.between(start, end).map_or(0, |(_, part)| part.matches(sub.as_ref()).count() as i64)
    }

    /// `s.startswith(prefix, start, end)`
    pub fn startswith(&self, prefix: impl Affix, start: Option<i64>, end: Option<i64>) -> bool {
        self.between(start, end).is_some_and(|(_, part)| prefix.any(&mut |prefix| part.starts_with(prefix)))
    }

    /// `s.endswith(suffix, start, end)`
    pub fn endswith(&self, suffix: impl Affix, start: Option<i64>, end: Option<i64>) -> bool {
        self.between(start, end).is_some_and(|(_, part)| suffix.any(&mut |suffix| part.ends_with(suffix)))
    }

    /// `s.replace(old, new, count)`: all of them if `count` is negative.
    pub fn replace(&self, old: impl AsRef<str>, new: impl AsRef<str>, count: i64) -> Str {
        let limit = usize::try_from(count).unwrap_or(usize::MAX);
        let (text, old, new) = (self.as_str(), old.as_ref(), new.as_ref());
        if limit == 0 || !text.contains(old) {
            return self.clone();
        }
        Str::from(text.replacen(old, new, limit))
    }

    /// `s.removeprefix(prefix)`
    pub fn removeprefix(&self, prefix: impl AsRef<str>) -> Str {
        let rest = self.as_str().strip_prefix(prefix.as_ref()).unwrap_or(self);
        self.part(self.as_str().len() - rest.len()..self.as_str().len())
    }

    /// `s.removesuffix(suffix)`
    pub fn removesuffix(&self, suffix: impl AsRef<str>) -> Str {
        self.part(0..self.as_str().strip_suffix(suffix.as_ref()).unwrap_or(self).len())
    }
}

fn found_or_error(index: i64) -> Result<i64> {
    if index < 0 { Err(not_found()) } else { Ok(index) }
}

#[cold]
fn not_found() -> Exception {
    Exception::new(&VALUE_ERROR, "substring not found")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: Str = Str::lit("éabcabc");

    #[test]
    fn places_are_code_points() {
        assert_eq!(TEXT.find("abc", None, None), 1);
        assert_eq!(TEXT.rfind("abc", None, None), 4);
        assert_eq!(TEXT.find("abc", Some(2), None), 4);
        assert_eq!(TEXT.find("abc", Some(2), Some(-1)), -1);
        assert_eq!(TEXT.find("", Some(7), None), 7);
        assert_eq!(TEXT.find("", Some(8), None), -1);
        assert_eq!(TEXT.rfind("", None, None), 7);
    }

    #[test]
    fn index_raises_what_find_answers_with_minus_one() {
        assert_eq!(TEXT.index("b", None, None).unwrap(), 2);
        assert_eq!(TEXT.rindex("x", None, None).unwrap_err().to_string(), "substring not found");
    }

    #[test]
    fn counting_does_not_overlap() {
        assert_eq!(Str::lit("aaaa").count("aa", None, None), 2);
        assert_eq!(Str::lit("abc").count("", None, None), 4);
        assert_eq!(Str::lit("abc").count("", Some(4), None), 0);
    }

    #[test]
    fn prefixes_and_suffixes() {
        assert!(TEXT.startswith("éa", None, None));
        assert!(TEXT.startswith(Str::lit("bc"), Some(2), None));
        assert!(!TEXT.startswith("éab", None, Some(2)));
        assert!(TEXT.endswith("", None, None) && TEXT.endswith("bc", None, None));
        assert_eq!(TEXT.removeprefix("é"), "abcabc");
        assert_eq!(TEXT.removesuffix("abc"), "éabc");
        assert_eq!(TEXT.removesuffix("x"), "éabcabc");
    }

    #[test]
    fn replacing_counts_from_the_left() {
        assert_eq!(Str::lit("aaa").replace("a", "b", -1), "bbb");
        assert_eq!(Str::lit("aaa").replace("a", "b", 2), "bba");
        assert_eq!(Str::lit("abc").replace("", "-", -1), "-a-b-c-");
        assert_eq!(Str::lit("abc").replace("", "-", 2), "-a-bc");
        assert_eq!(Str::lit("").replace("", "x", -1), "x");
    }
}
