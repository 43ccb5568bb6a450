//! Upper, lower and title case.

use super::Str;
use super::classify::{is_case_ignorable, is_cased, is_titlecase};
use super::tables::{CASEFOLD, TITLECASE};

fn mapped(table: &'static [(char, &'static str)], c: char) -> Option<&'static str> {
    table.binary_search_by_key(&c, |(from, _)| *from).ok().map(|i| table[i].1)
}

fn push_title(out: &mut String, c: char) {
    match mapped(TITLECASE, c) {
        Some(text) => out.push_str(text),
        None => out.extend(c.to_uppercase()),
    }
}

/// Whether a sigma at `at` ends a word: then its lower case is `ς`.
fn is_final_sigma(text: &str, at: usize) -> bool {
    let is_letter = |c: &char| is_cased(*c);
    let before = text[..at].chars().rev().find(|c| !is_case_ignorable(*c));
    let after = text[at + 'Σ'.len_utf8()..].chars().find(|c| !is_case_ignorable(*c));
    before.as_ref().is_some_and(is_letter) && !after.as_ref().is_some_and(is_letter)
}

fn push_lower(out: &mut String, text: &str, at: usize, c: char) {
    if c == 'Σ' && is_final_sigma(text, at) {
        out.push('ς');
    } else {
        out.extend(c.to_lowercase());
    }
}

impl Str {
    /// `s.upper()`
    pub fn upper(&self) -> Str {
        Str::from(self.as_str().to_uppercase())
    }

    /// `s.lower()`
    pub fn lower(&self) -> Str {
        Str::from(self.as_str().to_lowercase())
    }

    /// `s.casefold()`: lower case for comparing without regard to case.
    pub fn casefold(&self) -> Str {
        if self.isascii() {
            return self.lower();
        }
        let mut out = String::with_capacity(self.as_str().len());
        for c in self.as_str().chars() {
            match mapped(CASEFOLD, c) {
                Some(text) => out.push_str(text),
                None => out.extend(c.to_lowercase()),
            }
        }
        Str::from(out)
    }

    /// `s.title()`: words begin in upper case; a word is a run of letters that have a case.
    pub fn title(&self) -> Str {
        let text = self.as_str();
        let mut out = String::with_capacity(text.len());
        let mut in_word = false;
        for (at, c) in text.char_indices() {
            if in_word {
                push_lower(&mut out, text, at, c);
            } else {
                push_title(&mut out, c);
            }
            in_word = is_cased(c);
        }
        Str::from(out)
    }

    /// `s.capitalize()`
    pub fn capitalize(&self) -> Str {
        let text = self.as_str();
        let mut out = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            if at == 0 {
                push_title(&mut out, c);
            } else {
                push_lower(&mut out, text, at, c);
            }
        }
        Str::from(out)
    }

    /// `s.swapcase()`
    pub fn swapcase(&self) -> Str {
        let text = self.as_str();
        let mut out = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            if c.is_uppercase() {
                push_lower(&mut out, text, at, c);
            } else if c.is_lowercase() {
                out.extend(c.to_uppercase());
            } else {
                out.push(c);
            }
        }
        Str::from(out)
    }

    /// `s.isupper()`: has letters with a case, and all are upper.
    pub fn isupper(&self) -> bool {
        let mut any = false;
        for c in self.as_str().chars() {
            if c.is_lowercase() || is_titlecase(c) {
                return false;
            }
            any |= c.is_uppercase();
        }
        any
    }

    /// `s.islower()`: has letters with a case, and all are lower.
    pub fn islower(&self) -> bool {
        let mut any = false;
        for c in self.as_str().chars() {
            if c.is_uppercase() || is_titlecase(c) {
                return false;
            }
            any |= c.is_lowercase();
        }
        any
    }

    /// `s.istitle()`: as `title` would leave it, with at least one word.
    pub fn istitle(&self) -> bool {
        let (mut any, mut in_word) = (false, false);
        for c in self.as_str().chars() {
            if c.is_uppercase() || is_titlecase(c) {
                if in_word {
                    return false;
                }
                (any, in_word) = (true, true);
            } else if c.is_lowercase() {
                if !in_word {
                    return false;
                }
                any = true;
            } else {
                in_word = false;
            }
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_cased_letters() {
        assert_eq!(Str::lit("hello wORLD's 2nd").title(), "Hello World'S 2Nd");
        assert_eq!(Str::lit("ǆ ß ﬁ").title(), "ǅ Ss Fi");
        assert_eq!(Str::lit("ΑΣ ΣΑ").title(), "Ας Σα");
    }

    #[test]
    fn one_capital() {
        assert_eq!(Str::lit("hELLO World").capitalize(), "Hello world");
        assert_eq!(Str::lit("ßx").capitalize(), "Ssx");
        assert_eq!(Str::EMPTY.capitalize(), "");
    }

    #[test]
    fn case_can_grow_the_text() {
        assert_eq!(Str::lit("straße").upper(), "STRASSE");
        assert_eq!(Str::lit("Straße").casefold(), "strasse");
        assert_eq!(Str::lit("ΟΔΟΣ").lower(), "οδος");
        assert_eq!(Str::lit("ΟΔΟΣ").casefold(), "οδοσ");
        assert_eq!(Str::lit("aBcß").swapcase(), "AbCSS");
    }

    #[test]
    fn tests_need_a_letter_with_a_case() {
        assert!(Str::lit("ab1").islower() && !Str::lit("1").islower() && !Str::lit("aB").islower());
        assert!(Str::lit("AB!").isupper() && !Str::lit("Ab").isupper());
        assert!(Str::lit("A Bc D1E").istitle() && !Str::lit("A bC").istitle() && !Str::EMPTY.istitle());
    }
}
