//! `bytes`: an immutable sequence of bytes with cheap copies.

use super::{Str, write_bytes};
use crate::builtins::exceptions::VALUE_ERROR;
use crate::builtins::protocol::{
    Add, Compare, Contains, Equal, GetItem, Hashed, IAdd, Identity, Iterate, Len, Mul, Peek, Reversible,
    ScriptIterator, Show, Truth, collect, hash_text,
};
use crate::builtins::slice::{Slice, bounds, out_of_range, place};
use crate::builtins::{Exception, List, Result};
use crate::trace::{Trace, Tracer};
use core::cmp::Ordering;
use core::fmt;
use core::ops::Deref;
use std::rc::Rc;

/// Python's `bytes`: immutable, copied by counting.
#[derive(Clone)]
pub struct Bytes(Repr);

#[derive(Clone)]
enum Repr {
    Static(&'static [u8]),
    Shared(Rc<[u8]>),
}

impl Bytes {
    /// No bytes.
    pub const EMPTY: Bytes = Bytes(Repr::Static(&[]));

    /// Bytes from a literal.
    pub const fn lit(bytes: &'static [u8]) -> Bytes {
        Bytes(Repr::Static(bytes))
    }

    /// The bytes as Rust sees them.
    #[inline]
    pub fn as_slice(&self) -> &[u8] {
        match &self.0 {
            Repr::Static(bytes) => bytes,
            Repr::Shared(bytes) => bytes,
        }
    }

    /// `bytes(items)`: of ints from 0 to 255.
    pub fn from_ints<I: Iterate<Item = i64> + ?Sized>(items: &I) -> Result<Bytes> {
        let bytes: Option<Vec<u8>> = collect(items)?.into_iter().map(|item| u8::try_from(item).ok()).collect();
        bytes.map(Bytes::from).ok_or_else(|| Exception::new(&VALUE_ERROR, "bytes must be in range(0, 256)"))
    }

    /// `bytes(count)`: so many zeros.
    pub fn zeros(count: i64) -> Result<Bytes> {
        let count = usize::try_from(count).map_err(|_| Exception::new(&VALUE_ERROR, "negative count"))?;
        Ok(Bytes::from(vec![0; count]))
    }

    /// `bytes.fromhex(text)`
    pub fn fromhex(text: &Str) -> Result<Bytes> {
        let error = |place: usize| {
            let message = format!("non-hexadecimal number found in fromhex() arg at position {place}");
            Exception::new(&VALUE_ERROR, message)
        };
        let mut bytes = Vec::with_capacity(text.as_str().len() / 2);
        let mut digits = text.as_str().chars().enumerate().filter(|(_, c)| !c.is_ascii_whitespace());
        while let Some((place, high)) = digits.next() {
            let high = high.to_digit(16).ok_or_else(|| error(place))?;
            let low = digits.next().ok_or_else(|| error(place + 1))?;
            bytes.push((high * 16 + low.1.to_digit(16).ok_or_else(|| error(low.0))?) as u8);
        }
        Ok(Bytes::from(bytes))
    }

    /// `b.hex()`
    pub fn hex(&self) -> Str {
        Str::from(self.iter_bytes().map(|byte| format!("{byte:02x}")).collect::<String>())
    }

    fn iter_bytes(&self) -> impl DoubleEndedIterator<Item = u8> {
        self.as_slice().iter().copied()
    }

    fn place_of(&self, sub: &[u8], start: Option<i64>, end: Option<i64>, last: bool) -> Option<usize> {
        let range = bounds(start, end, self.as_slice().len())?;
        let part = &self.as_slice()[range.clone()];
        if sub.is_empty() {
            return Some(if last { range.end } else { range.start });
        }
        let mut windows = part.windows(sub.len());
        let found = if last { windows.rposition(|w| w == sub) } else { windows.position(|w| w == sub) };
        Some(found? + range.start)
    }

    /// `b.find(sub, start, end)`
    pub fn find(&self, sub: &Bytes, start: Option<i64>, end: Option<i64>) -> i64 {
        self.place_of(sub, start, end, false).map_or(-1, |place| place as i64)
    }

    /// `b.rfind(sub, start, end)`
    pub fn rfind(&self, sub: &Bytes, start: Option<i64>, end: Option<i64>) -> i64 {
        self.place_of(sub, start, end, true).map_or(-1, |place| place as i64)
    }

    /// `b.index(sub, start, end)`
    pub fn index(&self, sub: &Bytes, start: Option<i64>, end: Option<i64>) -> Result<i64> {
        let place = self.place_of(sub, start, end, false);
        place.map(|place| place as i64).ok_or_else(|| Exception::new(&VALUE_ERROR, "subsection not found"))
    }

    /// `b.startswith(prefix)`
    pub fn startswith(&self, prefix: &Bytes) -> bool {
        self.as_slice().starts_with(prefix)
    }

    /// `b.endswith(suffix)`
    pub fn endswith(&self, suffix: &Bytes) -> bool {
        self.as_slice().ends_with(suffix)
    }

    /// The pieces between the places where `separator` stands.
    fn pieces(&self, separator: &[u8]) -> Vec<&[u8]> {
        let mut pieces = Vec::new();
        let mut rest = self.as_slice();
        while let Some(place) = rest.windows(separator.len()).position(|w| w == separator) {
            pieces.push(&rest[..place]);
            rest = &rest[place + separator.len()..];
        }
        pieces.push(rest);
        pieces
    }

    /// `b.count(sub)`
    pub fn count(&self, sub: &Bytes) -> i64 {
        if sub.is_empty() { self.as_slice().len() as i64 + 1 } else { self.pieces(sub).len() as i64 - 1 }
    }

    /// `b.split(separator)`: at white space if there is none.
    pub fn split(&self, separator: Option<&Bytes>) -> Result<List<Bytes>> {
        match separator {
            Some(separator) if separator.is_empty() => Err(Exception::new(&VALUE_ERROR, "empty separator")),
            Some(separator) => Ok(self.pieces(separator).into_iter().map(Bytes::from).collect()),
            None => Ok(self.as_slice().split(is_space).filter(|part| !part.is_empty()).map(Bytes::from).collect()),
        }
    }

    /// `b.join(parts)`
    pub fn join<I: Iterate<Item = Bytes> + ?Sized>(&self, parts: &I) -> Result<Bytes> {
        let parts = collect(parts)?;
        let slices: Vec<&[u8]> = parts[..].iter().map(Bytes::as_slice).collect();
        Ok(Bytes::from(slices.join(self.as_slice())))
    }

    /// `b.replace(old, new)`
    pub fn replace(&self, old: &Bytes, new: &Bytes) -> Bytes {
        if !old.is_empty() {
            return Bytes::from(self.pieces(old).join(new.as_slice()));
        }
        let mut out = new.to_vec();
        for byte in self.iter_bytes() {
            out.push(byte);
            out.extend_from_slice(new);
        }
        Bytes::from(out)
    }

    /// `b.strip()`
    pub fn strip(&self) -> Bytes {
        self.lstrip().rstrip()
    }

    /// `b.lstrip()`
    pub fn lstrip(&self) -> Bytes {
        let start = self.as_slice().iter().position(|byte| !is_space(byte)).unwrap_or(self.as_slice().len());
        Bytes::from(&self.as_slice()[start..])
    }

    /// `b.rstrip()`
    pub fn rstrip(&self) -> Bytes {
        let end = self.as_slice().iter().rposition(|byte| !is_space(byte)).map_or(0, |place| place + 1);
        Bytes::from(&self.as_slice()[..end])
    }

    /// `b.upper()`
    pub fn upper(&self) -> Bytes {
        Bytes::from(self.to_ascii_uppercase())
    }

    /// `b.lower()`
    pub fn lower(&self) -> Bytes {
        Bytes::from(self.to_ascii_lowercase())
    }
}

fn is_space(byte: &u8) -> bool {
    byte.is_ascii_whitespace() || *byte == 0x0b
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Bytes {
        if bytes.is_empty() { Bytes::EMPTY } else { Bytes(Repr::Shared(Rc::from(bytes))) }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        Bytes::from(bytes.as_slice())
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.as_slice()
    }
}

impl PartialEq for Bytes {
    fn eq(&self, other: &Bytes) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl Eq for Bytes {}

impl PartialOrd for Bytes {
    fn partial_cmp(&self, other: &Bytes) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Bytes {
    fn cmp(&self, other: &Bytes) -> Ordering {
        self.as_slice().cmp(other.as_slice())
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        write_bytes(&mut out, self);
        f.write_str(&out)
    }
}

// SAFETY: bytes own no `Gc`.
unsafe impl Trace for Bytes {
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

impl Show for Bytes {
    fn type_name(&self) -> &'static str {
        "bytes"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        write_bytes(out, self);
        Ok(())
    }
}

impl Truth for Bytes {
    fn truth(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }
}

impl Len for Bytes {
    fn len(&self) -> Result<i64> {
        Ok(self.as_slice().len() as i64)
    }
}

impl Identity for Bytes {
    fn is(&self, other: &Bytes) -> bool {
        core::ptr::eq(self.as_slice(), other.as_slice())
    }

    fn id(&self) -> i64 {
        self.as_slice().as_ptr().addr() as i64
    }
}

impl Equal for Bytes {
    fn eq(&self, other: &Bytes) -> Result<bool> {
        Ok(self == other)
    }
}

impl Compare for Bytes {
    const TOTAL: Option<fn(&Bytes, &Bytes) -> Ordering> = Some(Bytes::cmp);

    fn lt(&self, other: &Bytes) -> Result<bool> {
        Ok(self < other)
    }

    fn le(&self, other: &Bytes) -> Result<bool> {
        Ok(self <= other)
    }

    fn gt(&self, other: &Bytes) -> Result<bool> {
        Ok(self > other)
    }

    fn ge(&self, other: &Bytes) -> Result<bool> {
        Ok(self >= other)
    }
}

impl Hashed for Bytes {
    const COMPARING_RUNS_CODE: bool = false;

    fn hash(&self) -> Result<i64> {
        Ok(hash_text(self))
    }
}

impl GetItem<i64> for Bytes {
    type Output = i64;

    fn getitem(&self, index: &i64) -> Result<i64> {
        self.peek(index).ok_or_else(|| out_of_range("index out of range"))
    }
}

impl Peek<i64> for Bytes {
    fn peek(&self, index: &i64) -> Option<i64> {
        let bytes = self.as_slice();
        place(*index, bytes.len()).map(|place| i64::from(bytes[place]))
    }
}

impl GetItem<Slice> for Bytes {
    type Output = Bytes;

    fn getitem(&self, slice: &Slice) -> Result<Bytes> {
        let bytes = self.as_slice();
        Ok(Bytes::from(slice.select(bytes.len())?.indices().map(|place| bytes[place]).collect::<Vec<u8>>()))
    }
}

impl Contains<i64> for Bytes {
    fn contains(&self, byte: &i64) -> Result<bool> {
        match u8::try_from(*byte) {
            Ok(byte) => Ok(self.as_slice().contains(&byte)),
            Err(_) => Err(Exception::new(&VALUE_ERROR, "byte must be in range(0, 256)")),
        }
    }
}

impl Contains<Bytes> for Bytes {
    fn contains(&self, part: &Bytes) -> Result<bool> {
        Ok(self.place_of(part, None, None, false).is_some())
    }
}

impl Add for Bytes {
    type Output = Bytes;

    fn add(&self, other: &Bytes) -> Result<Bytes> {
        Ok(Bytes::from([self.as_slice(), other.as_slice()].concat()))
    }
}

impl IAdd for Bytes {
    fn iadd(&self, other: &Bytes) -> Result<Bytes> {
        self.add(other)
    }
}

impl Mul<i64> for Bytes {
    type Output = Bytes;

    fn mul(&self, count: &i64) -> Result<Bytes> {
        Ok(Bytes::from(self.repeat(usize::try_from(*count).unwrap_or(0))))
    }
}

/// The bytes as ints, in either direction.
#[derive(Clone, Debug)]
pub struct BytesIter {
    bytes: Bytes,
    next: usize,
    step: isize,
}

impl ScriptIterator for BytesIter {
    type Item = i64;
    const CLASS: &'static str = "bytes_iterator";

    fn next(&mut self) -> Result<Option<i64>> {
        let byte = self.bytes.get(self.next).copied();
        self.next = if byte.is_some() { self.next.wrapping_add_signed(self.step) } else { usize::MAX };
        Ok(byte.map(i64::from))
    }
}

// SAFETY: bytes own no `Gc`.
unsafe impl Trace for BytesIter {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}
}

impl Iterate for Bytes {
    type Item = i64;
    type Iter = BytesIter;

    fn iter(&self) -> Result<BytesIter> {
        Ok(BytesIter { bytes: self.clone(), next: 0, step: 1 })
    }

    fn size_hint(&self) -> usize {
        self.as_slice().len()
    }
}

impl Reversible for Bytes {
    type Item = i64;
    type Reversed = BytesIter;

    fn reversed(&self) -> Result<BytesIter> {
        Ok(BytesIter { bytes: self.clone(), next: self.as_slice().len().wrapping_sub(1), step: -1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATA: Bytes = Bytes::lit(b"abcab");

    #[test]
    fn items_are_ints() {
        assert_eq!(DATA.getitem(&-1).unwrap(), 98);
        assert_eq!(collect(&Bytes::lit(b"\x00\xff")).unwrap(), [0, 255]);
        let mut backwards = DATA.reversed().unwrap();
        assert_eq!(backwards.next().unwrap(), Some(98));
        assert!(Contains::contains(&DATA, &97).unwrap() && Contains::contains(&DATA, &Bytes::lit(b"ca")).unwrap());
        assert_eq!(Contains::contains(&DATA, &256).unwrap_err().to_string(), "byte must be in range(0, 256)");
        assert!(Bytes::from_ints(&[1, 256]).is_err());
    }

    #[test]
    fn searching() {
        assert_eq!(DATA.find(&Bytes::lit(b"ab"), None, None), 0);
        assert_eq!(DATA.rfind(&Bytes::lit(b"ab"), None, None), 3);
        assert_eq!(DATA.find(&Bytes::lit(b"x"), None, None), -1);
        assert_eq!(DATA.count(&Bytes::lit(b"ab")), 2);
        assert!(DATA.startswith(&Bytes::lit(b"ab")) && DATA.endswith(&Bytes::EMPTY));
    }

    #[test]
    fn rewriting() {
        assert_eq!(DATA.replace(&Bytes::lit(b"ab"), &Bytes::lit(b"-")), Bytes::lit(b"-c-"));
        assert_eq!(Bytes::lit(b"ab").replace(&Bytes::EMPTY, &Bytes::lit(b".")), Bytes::lit(b".a.b."));
        assert_eq!(format!("{:?}", Bytes::lit(b" a b\n").split(None).unwrap()), "[b'a', b'b']");
        assert_eq!(Bytes::lit(b",").join(&[DATA, DATA]).unwrap(), Bytes::lit(b"abcab,abcab"));
        assert_eq!(Bytes::lit(b" \x0ba ").strip(), Bytes::lit(b"a"));
    }

    #[test]
    fn hex_digits() {
        assert_eq!(Bytes::lit(b"\x01\xab").hex(), "01ab");
        assert_eq!(Bytes::fromhex(&Str::lit("01 AB")).unwrap(), Bytes::lit(b"\x01\xab"));
        assert!(Bytes::fromhex(&Str::lit("0g")).is_err());
    }
}
