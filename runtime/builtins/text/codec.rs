//! `str.encode` and `bytes.decode`: between text and bytes.

use super::{Bytes, Str};
use crate::builtins::exceptions::{Class, LOOKUP_ERROR, UNICODE_DECODE_ERROR, UNICODE_ENCODE_ERROR};
use crate::builtins::{Exception, Result};

/// A way to write text as bytes.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::builtins) enum Codec {
    Utf8,
    /// One byte for each of the first code points; the name and how many.
    Plain(&'static str, u32),
}

impl Codec {
    /// By its name, as CPython spells and normalises it; UTF-8 without one.
    pub fn named(name: Option<&Str>) -> Result<Codec> {
        let Some(name) = name else { return Ok(Codec::Utf8) };
        match name.to_lowercase().replace(['_', ' '], "-").as_str() {
            "utf-8" | "utf8" | "u8" | "utf" => Ok(Codec::Utf8),
            "ascii" | "us-ascii" | "646" => Ok(Codec::Plain("ascii", 128)),
            "latin-1" | "latin1" | "latin" | "iso-8859-1" | "iso8859-1" | "l1" => Ok(Codec::Plain("latin-1", 256)),
            _ => Err(Exception::new(&LOOKUP_ERROR, format!("unknown encoding: {name}"))),
        }
    }

    pub fn encode(self, text: &str) -> Result<Vec<u8>> {
        let (name, count) = match self {
            Codec::Utf8 => return Ok(text.as_bytes().to_vec()),
            Codec::Plain(name, count) => (name, count),
        };
        match text.chars().position(|c| u32::from(c) >= count) {
            None => Ok(text.chars().map(|c| u32::from(c) as u8).collect()),
            Some(place) => Err(no_code(text, name, count, place)),
        }
    }

    pub fn decode(self, bytes: &[u8]) -> Result<String> {
        let failed = |codec: &str, place: usize, reason: &str| {
            let what = format!("byte {:#04x}", bytes[place]);
            refused(&UNICODE_DECODE_ERROR, codec, "decode", &what, place, reason)
        };
        match self {
            Codec::Utf8 => core::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
                let place = error.valid_up_to();
                let continues = bytes[place] >= 0xc2 && bytes[place] < 0xf5;
                match error.error_len() {
                    None => failed("utf-8", place, "unexpected end of data"),
                    Some(_) if continues => failed("utf-8", place, "invalid continuation byte"),
                    Some(_) => failed("utf-8", place, "invalid start byte"),
                }
            }),
            Codec::Plain(name, count) => match bytes.iter().position(|byte| u32::from(*byte) >= count) {
                None => Ok(bytes.iter().map(|byte| char::from(*byte)).collect()),
                Some(place) => Err(failed(name, place, &format!("ordinal not in range({count})"))),
            },
        }
    }

    /// How many of the bytes are whole characters, if more may follow.
    pub fn whole(self, bytes: &[u8]) -> usize {
        match (self, core::str::from_utf8(bytes)) {
            (Codec::Utf8, Err(error)) if error.error_len().is_none() => error.valid_up_to(),
            _ => bytes.len(),
        }
    }
}

fn refused(class: &'static Class, codec: &str, verb: &str, what: &str, place: usize, reason: &str) -> Exception {
    Exception::new(class, format!("'{codec}' codec can't {verb} {what} in position {place}: {reason}"))
}

fn no_code(text: &str, name: &str, count: u32, place: usize) -> Exception {
    let is_outside = |c: &char| u32::from(*c) >= count;
    let (mut run, reason) = (text.chars().skip(place).take_while(is_outside), format!("ordinal not in range({count})"));
    let first = run.next().map_or(0, u32::from);
    match run.count() {
        0 => {
            let what = match first {
                0..0x100 => format!("character '\\x{first:02x}'"),
                0x100..0x10000 => format!("character '\\u{first:04x}'"),
                _ => format!("character '\\U{first:08x}'"),
            };
            refused(&UNICODE_ENCODE_ERROR, name, "encode", &what, place, &reason)
        }
        more => {
            let message =
                format!("'{name}' codec can't encode characters in position {place}-{}: {reason}", place + more);
            Exception::new(&UNICODE_ENCODE_ERROR, message)
        }
    }
}

impl Str {
    /// `s.encode(encoding)`: UTF-8 without a name; ASCII and Latin-1 are the others.
    pub fn encode(&self, encoding: Option<&Str>) -> Result<Bytes> {
        Codec::named(encoding)?.encode(self).map(Bytes::from)
    }
}

impl Bytes {
    /// `b.decode(encoding)`: from UTF-8 without a name; ASCII and Latin-1 are the others.
    pub fn decode(&self, encoding: Option<&Str>) -> Result<Str> {
        Codec::named(encoding)?.decode(self.as_slice()).map(Str::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for name in [None, Some("utf-8"), Some("UTF8"), Some("latin-1")] {
            let name = name.map(Str::from);
            let bytes = Str::lit("é").encode(name.as_ref()).unwrap();
            assert_eq!(bytes.decode(name.as_ref()).unwrap(), "é");
        }
        assert_eq!(Str::lit("é").encode(Some(&Str::lit("latin-1"))).unwrap(), Bytes::lit(b"\xe9"));
    }

    #[test]
    fn what_has_no_code_is_named() {
        let message =
            |text: &'static str, codec| Str::lit(text).encode(Some(&Str::lit(codec))).unwrap_err().to_string();
        assert_eq!(
            message("aé", "ascii"),
            r"'ascii' codec can't encode character '\xe9' in position 1: ordinal not in range(128)"
        );
        assert_eq!(
            message("☃☃", "latin-1"),
            "'latin-1' codec can't encode characters in position 0-1: ordinal not in range(256)"
        );
        assert_eq!(message("a", "klingon"), "unknown encoding: klingon");
    }

    #[test]
    fn what_is_no_text_is_named() {
        let message = |bytes: &'static [u8]| Bytes::lit(bytes).decode(None).unwrap_err().to_string();
        assert_eq!(message(b"a\xff"), "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte");
        assert_eq!(message(b"\xc3("), "'utf-8' codec can't decode byte 0xc3 in position 0: invalid continuation byte");
        assert_eq!(message(b"a\xc3"), "'utf-8' codec can't decode byte 0xc3 in position 1: unexpected end of data");
        let ascii = Bytes::lit(b"\x80").decode(Some(&Str::lit("ascii"))).unwrap_err().to_string();
        assert_eq!(ascii, "'ascii' codec can't decode byte 0x80 in position 0: ordinal not in range(128)");
    }
}
