//! How text lies in memory: two words.
//!
//! Text of up to 15 bytes lies in the two words themselves; longer text is static, or counted by an [`Rc`]. Every text
//! has one form only, so that two short ones are equal if and only if their words are. The last byte says which form it
//! is, and whether the text is ASCII; it is never 0, which leaves room for `None`.

use core::mem::{ManuallyDrop, transmute};
use core::num::NonZero;
use core::ptr;
use std::rc::Rc;

#[repr(C)]
pub(super) struct Repr {
    /// Where the text is; or its first bytes.
    start: *const u8,
    #[cfg(target_pointer_width = "32")]
    more: u32,
    /// As a little-endian number: below the kind, the length of the text; or its last bytes.
    tail: NonZero<u64>,
}

const SIZE: usize = 16;
const _: () = assert!(size_of::<Repr>() == SIZE && size_of::<Option<Repr>>() == SIZE);

/// How many bytes the words themselves hold.
const SHORT: usize = SIZE - 1;

// What the kind consists of. The length of a text in the words is in the lowest four bits.
const IN_PLACE: u8 = 0x80;
const COUNTED: u8 = 0x40;
const STATIC: u8 = 0x20;
const ASCII: u8 = 0x10;
const LENGTH: u8 = 0x0f;

const KIND_SHIFT: u32 = 56;

/// What no byte of ASCII has.
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

impl Repr {
    pub const fn lit(text: &'static str) -> Repr {
        if text.len() <= SHORT {
            return Repr::short(text.as_bytes());
        }
        Repr::outside(text.as_ptr(), text.len(), STATIC | Repr::ascii(text.is_ascii()))
    }

    #[inline]
    pub fn from_ascii(byte: u8) -> Repr {
        debug_assert!(byte.is_ascii());
        Repr::in_place(byte as u64, 0, 1)
    }

    #[inline]
    pub fn new(text: &str) -> Repr {
        if text.len() <= SHORT {
            return Repr::short(text.as_bytes());
        }
        Repr::counted(text.into(), text.is_ascii())
    }

    /// Puts text into the words: it is read in two pieces that may overlap, as little-endian numbers.
    #[inline]
    const fn short(text: &[u8]) -> Repr {
        let len = text.len();
        assert!(len <= SHORT);
        let (low, high) = if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
            // A shift by 64 bits, for eight bytes, in two steps.
            let last = u64::from_le_bytes(*last) >> 1;
            (u64::from_le_bytes(*first), last >> (8 * (SIZE - len) - 1))
        } else if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
            let last = u32::from_le_bytes(*last) as u64;
            (u32::from_le_bytes(*first) as u64 | last << (8 * (len - 4)), 0)
        } else if let (Some(first), Some(last)) = (text.first(), text.last()) {
            (*first as u64 | (text[len / 2] as u64) << (8 * (len / 2)) | (*last as u64) << (8 * (len - 1)), 0)
        } else {
            (0, 0)
        };
        Repr::in_place(low, high, len as u8)
    }

    #[inline(never)]
    pub fn counted(text: Rc<str>, ascii: bool) -> Repr {
        if text.len() <= SHORT {
            return Repr::new(&text);
        }
        let length = text.len();
        Repr::outside(Rc::into_raw(text).cast(), length, COUNTED | Repr::ascii(ascii))
    }

    const fn ascii(ascii: bool) -> u8 {
        if ascii { ASCII } else { 0 }
    }

    /// From the two words; the length's place in them is still empty.
    #[inline]
    const fn in_place(low: u64, high: u64, length: u8) -> Repr {
        let kind = IN_PLACE | Repr::ascii((low | high) & HIGH_BITS == 0) | length;
        let words = [low.to_le(), (high | (kind as u64) << KIND_SHIFT).to_le()];
        // SAFETY:
        // 1. the sizes are the same, and any number is a pointer that nobody follows;
        // 2. `tail` contains the kind, which is not 0.
        unsafe { transmute::<[u64; 2], Repr>(words) }
    }

    const fn outside(start: *const u8, length: usize, kind: u8) -> Repr {
        let tail = ((kind as u64) << KIND_SHIFT | length as u64).to_le();
        Repr {
            start,
            #[cfg(target_pointer_width = "32")]
            more: 0,
            tail: NonZero::new(tail).expect("a kind is never 0"),
        }
    }

    #[inline]
    fn kind(&self) -> u8 {
        (u64::from_le(self.tail.get()) >> KIND_SHIFT) as u8
    }

    #[inline]
    pub fn is_ascii(&self) -> bool {
        self.kind() & ASCII != 0
    }

    #[inline]
    fn is_in_place(&self) -> bool {
        self.kind() & IN_PLACE != 0
    }

    /// How many bytes the text has.
    #[inline]
    pub fn len(&self) -> usize {
        if self.is_in_place() {
            return (self.kind() & LENGTH).into();
        }
        (u64::from_le(self.tail.get()) & ((1 << KIND_SHIFT) - 1)) as usize
    }

    #[inline]
    pub fn as_str(&self) -> &str {
        let start = if self.is_in_place() { ptr::from_ref(self).cast() } else { self.start };
        // SAFETY:
        // 1. in place, the first `len` bytes of this value are a whole text that `short` or `from_ascii` put there;
        // 2. elsewhere, `start` and `len` are those of a text that is static, or counted by an `Rc` of which this value
        //    owns a reference: it lives as long as this value at least, and nobody changes it.
        unsafe { str::from_utf8_unchecked(core::slice::from_raw_parts(start, self.len())) }
    }

    /// Static text, if it is static and not in the words.
    #[inline]
    pub fn as_static(&self) -> Option<&'static str> {
        // SAFETY: a static text lies outside of this value, and lives forever.
        (self.kind() & STATIC != 0).then(|| unsafe { &*ptr::from_ref(self.as_str()) })
    }

    /// Where the text is, if it isn't in the words.
    pub fn address(&self) -> Option<usize> {
        (!self.is_in_place()).then(|| self.start.addr())
    }

    /// Whether both are the same words: the same short text, or the same place in memory.
    #[inline]
    pub fn same(&self, other: &Repr) -> bool {
        #[cfg(target_pointer_width = "32")]
        if self.more != other.more {
            return false;
        }
        self.start.addr() == other.start.addr() && self.tail == other.tail
    }

    /// The `Rc` that counts the text, if one does; not to be dropped, as its reference is this value's.
    #[inline]
    fn counter(&self) -> Option<ManuallyDrop<Rc<str>>> {
        if self.kind() & COUNTED == 0 {
            return None;
        }
        let text = ptr::slice_from_raw_parts(self.start, self.len()) as *const str;
        // SAFETY: `counted` got `start` from `into_raw` of an `Rc` of that length, whose reference this value owns; the
        // caller doesn't drop it.
        Some(ManuallyDrop::new(unsafe { Rc::from_raw(text) }))
    }
}

impl Clone for Repr {
    #[inline]
    fn clone(&self) -> Repr {
        if let Some(counter) = self.counter() {
            core::mem::forget(Rc::clone(&counter));
        }
        Repr { ..*self }
    }
}

impl Drop for Repr {
    #[inline]
    fn drop(&mut self) {
        if let Some(counter) = self.counter() {
            drop(ManuallyDrop::into_inner(counter));
        }
    }
}

impl PartialEq for Repr {
    #[inline]
    fn eq(&self, other: &Repr) -> bool {
        self.same(other) || !self.is_in_place() && !other.is_in_place() && self.as_str() == other.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_any_length_comes_back() {
        let all = "0123456789abcdefghijklmnopqrstuvwxyz";
        for length in 0..all.len() {
            let text = Repr::new(&all[..length]);
            assert_eq!(text.as_str(), &all[..length]);
            assert_eq!(text.clone().as_str(), &all[..length]);
            assert!(text.is_ascii());
            assert_eq!(text.is_in_place(), length <= SHORT);
        }
    }

    #[test]
    fn every_text_has_one_form() {
        let short = "fifteen letters";
        assert!(Repr::lit("fifteen letters").same(&Repr::new(short)));
        assert!(Repr::counted(Rc::from(short), true).same(&Repr::new(short)));
        assert!(Repr::from_ascii(b'x').same(&Repr::lit("x")));
        assert!(Repr::new("").same(&Repr::lit("")));
        assert!(Repr::new("ñ").same(&Repr::lit("ñ")) && !Repr::new("ñ").is_ascii());
    }

    #[test]
    fn equal_texts_are_equal_wherever_they_are() {
        let long = "sixteen letters!";
        assert!(Repr::lit("sixteen letters!") == Repr::new(long));
        assert!(!Repr::lit("sixteen letters!").same(&Repr::new(long)));
        assert!(Repr::new(long) != Repr::new("sixteen letters?"));
        assert!(Repr::new(long) != Repr::new("sixteen letters"));
    }

    #[test]
    fn a_counted_text_is_freed_with_its_last_copy() {
        let text: Rc<str> = Rc::from("a text of more than fifteen bytes");
        let copy = Repr::counted(text.clone(), true);
        let other = copy.clone();
        assert_eq!(Rc::strong_count(&text), 3);
        drop((copy, other));
        assert_eq!(Rc::strong_count(&text), 1);
    }

    #[test]
    fn a_static_text_is_not_copied() {
        let text: &'static str = "a literal of more than fifteen bytes";
        assert!(ptr::eq(Repr::lit(text).as_static().unwrap(), text));
        assert!(Repr::new(text).as_static().is_none());
        assert!(Repr::lit("short").as_static().is_none());
    }
}
