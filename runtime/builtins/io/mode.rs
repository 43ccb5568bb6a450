//! How a file is opened.

use crate::builtins::exceptions::VALUE_ERROR;
use crate::builtins::{Exception, Result};
use std::fs::OpenOptions;

/// What the letters of a mode say: `"r"`, `"w"`, `"a"`, `"x"`, with `"+"` for both ways.
#[derive(Clone, Copy)]
pub struct Mode {
    pub reads: bool,
    pub writes: bool,
    pub appends: bool,
    creates: bool,
    truncates: bool,
}

impl Mode {
    pub fn parse(letters: &str) -> Result<Mode> {
        let is_repeated = letters.char_indices().any(|(at, letter)| letters[..at].contains(letter));
        if is_repeated || letters.contains(|letter| !"rwax+tb".contains(letter)) {
            return refuse(&format!("invalid mode: '{letters}'"));
        }
        let has = |letter| letters.contains(letter);
        if has('b') {
            return refuse(match has('t') {
                true => "can't have text and binary mode at once",
                false => "files are opened as text only",
            });
        }
        match letters.chars().filter(|letter| "rwax".contains(*letter)).count() {
            1 => Ok(Mode {
                reads: has('r') || has('+'),
                writes: !has('r') || has('+'),
                appends: has('a'),
                creates: has('x'),
                truncates: has('w'),
            }),
            0 => refuse("Must have exactly one of create/read/write/append mode and at most one plus"),
            _ => refuse("must have exactly one of create/read/write/append mode"),
        }
    }

    pub fn options(self) -> OpenOptions {
        let mut options = OpenOptions::new();
        options.read(self.reads).append(self.appends).create_new(self.creates).truncate(self.truncates);
        options.write(self.writes).create(self.truncates || self.appends);
        options
    }
}

fn refuse(message: &str) -> Result<Mode> {
    Err(Exception::new(&VALUE_ERROR, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_says_what_is_done() {
        let both_ways = |letters: &str| Mode::parse(letters).map(|mode| (mode.reads, mode.writes)).unwrap();
        assert_eq!(["r", "w", "a", "x", "rt"].map(both_ways)[..2], [(true, false), (false, true)]);
        assert_eq!(["r+", "+w", "a+t", "x+"].map(both_ways), [(true, true); 4]);
    }

    #[test]
    fn others_are_refused() {
        let message = |letters: &str| Mode::parse(letters).map(drop).unwrap_err().to_string();
        assert_eq!(message("q"), "invalid mode: 'q'");
        assert_eq!(message("rr"), "invalid mode: 'rr'");
        assert_eq!(message("rw"), "must have exactly one of create/read/write/append mode");
        assert_eq!(message(""), "Must have exactly one of create/read/write/append mode and at most one plus");
        assert_eq!(message("rbt"), "can't have text and binary mode at once");
        assert_eq!(message("rb"), "files are opened as text only");
    }
}
