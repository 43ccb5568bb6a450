//! `repr` and `ascii` of text.

use super::classify::is_printable;
use core::fmt::Write;

/// `repr(text)`
pub(crate) fn repr_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    write_quoted(&mut out, text);
    out
}

/// Appends `repr(text)`.
pub(crate) fn write_quoted(out: &mut String, text: &str) {
    write_escaped(out, text, is_printable);
}

/// Makes `ascii(x)` of `repr(x)`: what isn't ASCII is escaped.
pub(crate) fn ascii_of(repr: &str) -> String {
    let mut out = String::with_capacity(repr.len());
    for c in repr.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            push_code(&mut out, c);
        }
    }
    out
}

/// Single quotes, unless there are single and no double quotes within.
fn write_escaped(out: &mut String, text: &str, is_plain: fn(char) -> bool) {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if is_plain(c) => out.push(c),
            c => push_code(out, c),
        }
    }
    out.push(quote);
}

fn push_code(out: &mut String, c: char) {
    let written = match u32::from(c) {
        code @ 0..=0xff => write!(out, "\\x{code:02x}"),
        code @ 0..=0xffff => write!(out, "\\u{code:04x}"),
        code => write!(out, "\\U{code:08x}"),
    };
    written.expect("a String takes all text");
}

/// Appends `repr` of bytes.
pub(crate) fn write_bytes(out: &mut String, bytes: &[u8]) {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    out.push('b');
    out.push(quote);
    for &byte in bytes {
        match char::from(byte) {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c @ ' '..='~' => out.push(c),
            _ => write!(out, "\\x{byte:02x}").expect("a String takes all text"),
        }
    }
    out.push(quote);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_chosen_to_need_few_escapes() {
        assert_eq!(repr_of("a"), "'a'");
        assert_eq!(repr_of("it's"), "\"it's\"");
        assert_eq!(repr_of("say \"hi\""), "'say \"hi\"'");
        assert_eq!(repr_of("it's \"it\""), "'it\\'s \"it\"'");
    }

    #[test]
    fn what_cannot_be_printed_is_escaped() {
        assert_eq!(repr_of("a\\b\n\t\r\0\x7f"), r"'a\\b\n\t\r\x00\x7f'");
        assert_eq!(repr_of("é中😀"), "'é中😀'");
        assert_eq!(repr_of("\u{a0}\u{200b}\u{e000}\u{10ffff}"), r"'\xa0\u200b\ue000\U0010ffff'");
    }

    #[test]
    fn ascii_escapes_the_rest_too() {
        assert_eq!(ascii_of(&repr_of("é中😀")), r"'\xe9\u4e2d\U0001f600'");
    }

    #[test]
    fn bytes_are_ascii_and_codes() {
        let mut out = String::new();
        write_bytes(&mut out, b"a'\x00\xff\n");
        assert_eq!(out, r#"b"a'\x00\xff\n""#);
    }
}
