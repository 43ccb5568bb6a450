//! Taking `str` apart and putting it together.

use super::Str;
use super::classify::{is_line_break, is_space};
use crate::builtins::exceptions::VALUE_ERROR;
use crate::builtins::protocol::{Iterate, ScriptIterator};
use crate::builtins::{Exception, Result};

#[cold]
fn empty_separator() -> Exception {
    Exception::new(&VALUE_ERROR, "empty separator")
}

/// How many cuts are allowed; a negative number means all.
fn limit(max: i64) -> usize {
    usize::try_from(max).unwrap_or(usize::MAX - 1)
}

/// The parts of `s.split(separator, max)`.
pub(crate) fn split(text: &Str, separator: Option<&Str>, max: i64) -> Result<Vec<Str>> {
    match separator {
        Some(separator) if separator.is_empty() => Err(empty_separator()),
        Some(separator) => Ok(text.as_str().splitn(limit(max) + 1, separator.as_str()).map(Str::from).collect()),
        None => Ok(split_at_space(text, limit(max))),
    }
}

fn split_at_space(text: &str, limit: usize) -> Vec<Str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() {
        let end = if parts.len() < limit { rest.find(is_space) } else { None };
        let Some(end) = end else {
            parts.push(Str::from(rest));
            break;
        };
        parts.push(Str::from(&rest[..end]));
        rest = rest[end..].trim_start_matches(is_space);
    }
    parts
}

/// The parts of `s.rsplit(separator, max)`: cuts from the right.
pub(crate) fn rsplit(text: &Str, separator: Option<&Str>, max: i64) -> Result<Vec<Str>> {
    let mut parts: Vec<Str> = match separator {
        Some(separator) if separator.is_empty() => return Err(empty_separator()),
        Some(separator) => text.as_str().rsplitn(limit(max) + 1, separator.as_str()).map(Str::from).collect(),
        None => rsplit_at_space(text, limit(max)),
    };
    parts.reverse();
    Ok(parts)
}

fn rsplit_at_space(text: &str, limit: usize) -> Vec<Str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_end_matches(is_space);
    while !rest.is_empty() {
        let cut = if parts.len() < limit { rest.char_indices().rfind(|(_, c)| is_space(*c)) } else { None };
        let Some((byte, space)) = cut else {
            parts.push(Str::from(rest));
            break;
        };
        parts.push(Str::from(&rest[byte + space.len_utf8()..]));
        rest = rest[..byte].trim_end_matches(is_space);
    }
    parts
}

/// The lines of `s.splitlines(keepends)`.
pub(crate) fn splitlines(text: &Str, keepends: bool) -> Vec<Str> {
    let mut lines = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let end = rest.find(is_line_break).unwrap_or(rest.len());
        let after = &rest[end..];
        let break_length = if after.starts_with("\r\n") { 2 } else { after.chars().next().map_or(0, char::len_utf8) };
        lines.push(Str::from(&rest[..if keepends { end + break_length } else { end }]));
        rest = &after[break_length..];
    }
    lines
}

/// `separator.join(parts)`
pub(crate) fn join<I: Iterate<Item = Str> + ?Sized>(separator: &Str, parts: &I) -> Result<Str> {
    if let Some(joined) = parts.look_at_all(|parts| join_all(separator, parts)) {
        return Ok(joined);
    }
    let mut iter = parts.iter()?;
    let mut all = Vec::with_capacity(parts.size_hint());
    while let Some(part) = iter.next()? {
        all.push(part);
    }
    Ok(join_all(separator, &all))
}

fn join_all(separator: &Str, parts: &[Str]) -> Str {
    let Some((first, others)) = parts.split_first() else { return Str::EMPTY };
    if others.is_empty() {
        return first.clone();
    }
    let length = parts.iter().map(|part| part.len()).sum::<usize>() + others.len() * separator.len();
    let mut out = String::with_capacity(length);
    out.push_str(first);
    for part in others {
        if !separator.is_empty() {
            out.push_str(separator);
        }
        out.push_str(part);
    }
    Str::from(out)
}

/// The three parts of `s.partition(separator)`.
pub(crate) fn partition(text: &Str, separator: &Str) -> Result<(Str, Str, Str)> {
    if separator.is_empty() {
        return Err(empty_separator());
    }
    Ok(match text.as_str().split_once(separator.as_str()) {
        Some((before, after)) => (before.into(), separator.clone(), after.into()),
        None => (text.clone(), Str::EMPTY, Str::EMPTY),
    })
}

/// The three parts of `s.rpartition(separator)`.
pub(crate) fn rpartition(text: &Str, separator: &Str) -> Result<(Str, Str, Str)> {
    if separator.is_empty() {
        return Err(empty_separator());
    }
    Ok(match text.as_str().rsplit_once(separator.as_str()) {
        Some((before, after)) => (before.into(), separator.clone(), after.into()),
        None => (Str::EMPTY, Str::EMPTY, text.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::List;

    const COMMA: Str = Str::lit(",");

    #[test]
    fn with_a_separator_every_gap_counts() {
        assert_eq!(split(&Str::lit("a,,b"), Some(&COMMA), -1).unwrap(), ["a", "", "b"]);
        assert_eq!(split(&Str::EMPTY, Some(&COMMA), -1).unwrap(), [""]);
        assert_eq!(split(&Str::lit("a,b,c"), Some(&COMMA), 1).unwrap(), ["a", "b,c"]);
        assert_eq!(split(&Str::lit("a,b"), Some(&COMMA), 0).unwrap(), ["a,b"]);
        assert_eq!(rsplit(&Str::lit("a,b,c"), Some(&COMMA), 1).unwrap(), ["a,b", "c"]);
        assert_eq!(split(&Str::lit("a"), Some(&Str::EMPTY), -1).unwrap_err().to_string(), "empty separator");
    }

    #[test]
    fn without_one_white_space_is_one_gap() {
        let text = Str::lit("  a b\t\n c  ");
        assert_eq!(split(&text, None, -1).unwrap(), ["a", "b", "c"]);
        assert_eq!(split(&text, None, 1).unwrap(), ["a", "b\t\n c  "]);
        assert_eq!(split(&text, None, 0).unwrap(), ["a b\t\n c  "]);
        assert_eq!(split(&text, None, 2).unwrap(), ["a", "b", "c  "]);
        assert_eq!(rsplit(&text, None, 1).unwrap(), ["  a b", "c"]);
        assert_eq!(rsplit(&text, None, -1).unwrap(), ["a", "b", "c"]);
        assert!(split(&Str::lit("  "), None, -1).unwrap().is_empty());
    }

    #[test]
    fn lines_end_in_many_ways() {
        assert_eq!(splitlines(&Str::lit("a\nb\r\nc\u{2028}\rd"), false), ["a", "b", "c", "", "d"]);
        assert_eq!(splitlines(&Str::lit("a\n\nb\r\n"), true), ["a\n", "\n", "b\r\n"]);
        assert!(splitlines(&Str::EMPTY, false).is_empty());
    }

    #[test]
    fn joining() {
        let join =
            |parts: &[&str]| join(&COMMA, &parts.iter().map(|part| Str::from(*part)).collect::<List<Str>>()).unwrap();
        assert_eq!(join(&[]), "");
        assert_eq!(join(&["one"]), "one");
        assert_eq!(join(&["a", "", "é"]), "a,,é");
    }

    #[test]
    fn partition_keeps_the_separator() {
        let text = Str::lit("a,b,c");
        assert_eq!(partition(&text, &COMMA).unwrap(), ("a".into(), ",".into(), "b,c".into()));
        assert_eq!(rpartition(&text, &COMMA).unwrap(), ("a,b".into(), ",".into(), "c".into()));
        assert_eq!(partition(&Str::lit("x"), &COMMA).unwrap(), ("x".into(), "".into(), "".into()));
        assert_eq!(rpartition(&Str::lit("x"), &COMMA).unwrap(), ("".into(), "".into(), "x".into()));
    }
}
