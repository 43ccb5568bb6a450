//! `str`: immutable text with cheap copies.

use super::repr::Repr;
use crate::trace::{Trace, Tracer};
use core::borrow::Borrow;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::Deref;
use std::ffi::OsStr;
use std::path::Path;
use std::rc::Rc;

/// Python's `str`: immutable text, copied by counting, indexed by code point.
///
/// Up to 15 bytes are copied as they are, longer literals are references to static memory. Whether the text is ASCII is
/// known from the start, so that ASCII text is indexed in constant time; other text is searched from its beginning.
#[derive(Clone)]
pub struct Str(Repr);

impl Str {
    /// The empty text.
    pub const EMPTY: Str = Str::lit("");

    /// Text from a literal; costs nothing in a `const` context.
    pub const fn lit(text: &'static str) -> Str {
        Str(Repr::lit(text))
    }

    /// The text of one code point; nothing is allocated.
    #[inline]
    pub fn from_char(c: char) -> Str {
        if c.is_ascii() { Str(Repr::from_ascii(c as u8)) } else { Str(Repr::new(c.encode_utf8(&mut [0; 4]))) }
    }

    /// The text as Rust sees it.
    #[inline]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether every character is ASCII.
    #[inline]
    pub fn isascii(&self) -> bool {
        self.0.is_ascii()
    }

    /// The number of code points: what `len(s)` is.
    #[inline]
    pub fn count_chars(&self) -> usize {
        if self.isascii() { self.0.len() } else { self.count_large_chars() }
    }

    #[inline(never)]
    fn count_large_chars(&self) -> usize {
        self.as_str().chars().count()
    }

    /// Whether both are one and the same text in memory, or the same short text.
    #[inline]
    pub fn ptr_eq(&self, other: &Str) -> bool {
        self.0.same(&other.0)
    }

    /// Where the text is, if it isn't short.
    pub(crate) fn address(&self) -> Option<usize> {
        self.0.address()
    }

    /// The byte at which code point `index` begins; the length of the text if there are not so many.
    pub(crate) fn byte_of(&self, index: usize) -> usize {
        if self.isascii() {
            return index.min(self.0.len());
        }
        let text = self.as_str();
        text.char_indices().nth(index).map_or(text.len(), |(byte, _)| byte)
    }

    /// A part of this text, given in bytes; the whole is shared, not copied.
    pub(crate) fn part(&self, bytes: core::ops::Range<usize>) -> Str {
        if bytes.len() == self.0.len() {
            return self.clone();
        }
        match self.0.as_static() {
            Some(text) => Str::lit(&text[bytes]),
            None => Str::from(&self.as_str()[bytes]),
        }
    }
}

// SAFETY: text owns no `Gc`.
unsafe impl Trace for Str {
    #[inline]
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn acyclic() -> bool {
        true
    }

    #[inline]
    fn drops_quietly() -> bool {
        true
    }

    #[inline]
    fn clones_quietly() -> bool {
        true
    }
}

impl Default for Str {
    fn default() -> Str {
        Str::EMPTY
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Str {
        Str(Repr::new(text))
    }
}

impl From<String> for Str {
    fn from(text: String) -> Str {
        Str::from(text.as_str())
    }
}

impl From<&String> for Str {
    fn from(text: &String) -> Str {
        Str::from(text.as_str())
    }
}

impl From<&Str> for Str {
    fn from(text: &Str) -> Str {
        text.clone()
    }
}

impl From<char> for Str {
    fn from(c: char) -> Str {
        Str::from_char(c)
    }
}

impl From<Rc<str>> for Str {
    fn from(text: Rc<str>) -> Str {
        let ascii = text.is_ascii();
        Str(Repr::counted(text, ascii))
    }
}

impl From<std::borrow::Cow<'_, str>> for Str {
    fn from(text: std::borrow::Cow<'_, str>) -> Str {
        Str::from(&*text)
    }
}

impl From<Str> for String {
    fn from(text: Str) -> String {
        text.as_str().to_owned()
    }
}

impl From<&Str> for String {
    fn from(text: &Str) -> String {
        text.as_str().to_owned()
    }
}

impl FromIterator<char> for Str {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Str {
        Str::from(String::from_iter(chars))
    }
}

impl Deref for Str {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Str {
    #[inline]
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<OsStr> for Str {
    fn as_ref(&self) -> &OsStr {
        self.as_str().as_ref()
    }
}

impl AsRef<Path> for Str {
    fn as_ref(&self) -> &Path {
        self.as_str().as_ref()
    }
}

impl AsRef<[u8]> for Str {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl Borrow<str> for Str {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl PartialEq for Str {
    #[inline]
    fn eq(&self, other: &Str) -> bool {
        self.0 == other.0
    }
}

impl Eq for Str {}

impl PartialEq<str> for Str {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Str {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Str {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialOrd for Str {
    fn partial_cmp(&self, other: &Str) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By code points, which is the order of UTF-8's bytes.
impl Ord for Str {
    fn cmp(&self, other: &Str) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Str {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_not_copied() {
        const HELLO: Str = Str::lit("hello");
        let copy = HELLO.clone();
        assert!(copy.ptr_eq(&HELLO));
        assert_eq!(copy, "hello");
    }

    #[test]
    fn a_copy_shares_the_text() {
        let text = Str::from(String::from("some text"));
        assert!(text.clone().ptr_eq(&text));
    }

    #[test]
    fn length_is_in_code_points() {
        assert_eq!(Str::lit("abc").count_chars(), 3);
        assert_eq!(Str::from("añb€😀").count_chars(), 5);
        assert!(!Str::from("ñ").isascii());
        assert!(Str::EMPTY.isascii());
    }

    #[test]
    fn a_code_point_is_found_at_its_byte() {
        let text = Str::from("añ€b");
        assert_eq!([0, 1, 2, 3, 4, 9].map(|i| text.byte_of(i)), [0, 1, 3, 6, 7, 7]);
    }

    #[test]
    fn ascii_characters_are_shared() {
        for byte in 0..128u8 {
            let text = Str::from_char(char::from(byte));
            assert_eq!(text.as_bytes(), [byte]);
            assert!(text.ptr_eq(&Str::from_char(char::from(byte))));
        }
        assert_eq!(Str::from_char('é'), "é");
    }

    #[test]
    fn it_is_two_words_with_a_niche() {
        assert_eq!(size_of::<Option<Str>>(), 16);
    }
}
