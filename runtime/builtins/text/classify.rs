//! Classes of characters, as Python's `str` methods know them.

use super::tables::{DIGITS, NUMERIC_LETTERS};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// `c.isspace()`: white space and the four information separators.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}

/// `c.isprintable()`
pub(crate) fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return (' '..='~').contains(&c);
    }
    !matches!(c.general_category_group(), GeneralCategoryGroup::Other | GeneralCategoryGroup::Separator)
}

/// `c.isalpha()`: a letter. (Rust's `is_alphabetic` takes in marks and letter-like numbers too.)
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    c.general_category_group() == GeneralCategoryGroup::Letter
}

/// `c.isdecimal()`
pub(crate) fn is_decimal(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    c.general_category() == GeneralCategory::DecimalNumber
}

/// `c.isdigit()`
pub(crate) fn is_digit(c: char) -> bool {
    is_decimal(c) || contains(DIGITS, c)
}

/// `c.isnumeric()`
pub(crate) fn is_numeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    c.general_category_group() == GeneralCategoryGroup::Number || contains(NUMERIC_LETTERS, c)
}

/// `c.isalnum()`
pub(crate) fn is_alnum(c: char) -> bool {
    is_alpha(c) || is_decimal(c) || is_digit(c) || is_numeric(c)
}

/// Whether `c` is in title case, like `ǅ`.
pub(crate) fn is_titlecase(c: char) -> bool {
    !c.is_ascii() && c.general_category() == GeneralCategory::TitlecaseLetter
}

/// Whether `c` has a case.
pub(crate) fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase() || is_titlecase(c)
}

/// Whether `c` is passed over when the neighbours of a sigma are looked at.
pub(crate) fn is_case_ignorable(c: char) -> bool {
    use GeneralCategory::{EnclosingMark, Format, ModifierLetter, ModifierSymbol, NonspacingMark};
    const PUNCTUATION: &[char] = &[
        '\'', '.', ':', '\u{b7}', '\u{387}', '\u{55f}', '\u{5f4}', '\u{2018}', '\u{2019}', '\u{2024}', '\u{2027}',
        '\u{fe13}', '\u{fe52}', '\u{fe55}', '\u{ff07}', '\u{ff0e}', '\u{ff1a}',
    ];
    PUNCTUATION.contains(&c)
        || matches!(c.general_category(), NonspacingMark | EnclosingMark | Format | ModifierLetter | ModifierSymbol)
}

/// The value of a decimal digit of any script.
pub(crate) fn decimal_value(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    if !is_decimal(c) {
        return None;
    }
    // Decimal digits come in runs of ten, from zero to nine; some runs touch.
    let before = (0..u32::from(c)).rev().take_while(|p| char::from_u32(*p).is_some_and(is_decimal)).count();
    Some(before as u32 % 10)
}

/// Whether `c` may begin an identifier.
pub(crate) fn is_identifier_start(c: char) -> bool {
    c == '_' || is_alpha(c) || (!c.is_ascii() && c.general_category() == GeneralCategory::LetterNumber)
}

/// Whether `c` may go on in an identifier.
pub(crate) fn is_identifier_continue(c: char) -> bool {
    use GeneralCategory::{ConnectorPunctuation, NonspacingMark, SpacingMark};
    is_identifier_start(c)
        || is_decimal(c)
        || matches!(c.general_category(), NonspacingMark | SpacingMark | ConnectorPunctuation)
}

/// Whether `c` ends a line for `splitlines`.
pub(crate) fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\x0b' | '\x0c' | '\r' | '\x1c' | '\x1d' | '\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn contains(ranges: &[(char, char)], c: char) -> bool {
    ranges
        .binary_search_by(|(first, last)| {
            if c < *first {
                core::cmp::Ordering::Greater
            } else if c > *last {
                core::cmp::Ordering::Less
            } else {
                core::cmp::Ordering::Equal
            }
        })
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_in_three_kinds() {
        let kinds = |c| (is_decimal(c), is_digit(c), is_numeric(c));
        assert_eq!(kinds('7'), (true, true, true));
        assert_eq!(kinds('٣'), (true, true, true));
        assert_eq!(kinds('²'), (false, true, true));
        assert_eq!(kinds('½'), (false, false, true));
        assert_eq!(kinds('三'), (false, false, true));
        assert_eq!(kinds('x'), (false, false, false));
    }

    #[test]
    fn digits_of_any_script_have_values() {
        assert_eq!(decimal_value('9'), Some(9));
        assert_eq!(decimal_value('٠'), Some(0));
        assert_eq!(decimal_value('٩'), Some(9));
        assert_eq!(decimal_value('\u{1d7ff}'), Some(9));
        assert_eq!(decimal_value('a'), None);
    }

    #[test]
    fn white_space_is_not_printable_but_the_blank_is() {
        assert!(is_printable(' ') && is_printable('é') && is_printable('😀'));
        assert!(!is_printable('\u{a0}') && !is_printable('\n') && !is_printable('\u{200b}'));
        assert!(is_space('\x1f') && is_space('\u{3000}') && !is_space('\u{200b}'));
    }

    #[test]
    fn marks_are_no_letters() {
        assert!(is_alpha('ß') && is_alpha('中') && !is_alpha('\u{345}') && !is_alpha('Ⅷ'));
    }
}
