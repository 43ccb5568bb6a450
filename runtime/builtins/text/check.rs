//! The `is…` methods of `str`.

use super::Str;
use super::classify::{
    is_alnum, is_alpha, is_decimal, is_digit, is_identifier_continue, is_identifier_start, is_numeric, is_printable,
    is_space,
};

macro_rules! all_characters {
    ($($name:ident: $test:ident, $doc:literal;)+) => {
        $(
            #[doc = concat!("`s.", stringify!($name), "()`: ", $doc, ", and there is at least one.")]
            pub fn $name(&self) -> bool {
                !self.as_str().is_empty() && self.as_str().chars().all($test)
            }
        )+
    };
}

impl Str {
    all_characters! {
        isalpha: is_alpha, "all characters are letters";
        isdecimal: is_decimal, "all characters are decimal digits";
        isdigit: is_digit, "all characters are digits";
        isnumeric: is_numeric, "all characters are numeric";
        isalnum: is_alnum, "all characters are letters or numeric";
        isspace: is_space, "all characters are white space";
    }

    /// `s.isprintable()`: `repr` would escape nothing (the empty text is printable).
    pub fn isprintable(&self) -> bool {
        self.as_str().chars().all(is_printable)
    }

    /// `s.isidentifier()`: could be a name.
    pub fn isidentifier(&self) -> bool {
        let mut chars = self.as_str().chars();
        chars.next().is_some_and(is_identifier_start) && chars.all(is_identifier_continue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_text_is_nothing() {
        let empty = Str::EMPTY;
        assert!(!empty.isalpha() && !empty.isdigit() && !empty.isspace() && !empty.isalnum() && !empty.isidentifier());
        assert!(empty.isprintable() && empty.isascii());
    }

    #[test]
    fn every_character_counts() {
        assert!(Str::lit("aß中").isalpha() && !Str::lit("a1").isalpha());
        assert!(Str::lit("12²").isdigit() && !Str::lit("12²").isdecimal() && Str::lit("½").isnumeric());
        assert!(Str::lit(" \t\u{3000}").isspace() && !Str::lit(" x").isspace());
        assert!(Str::lit("_a1").isidentifier() && !Str::lit("1a").isidentifier() && !Str::lit("a-b").isidentifier());
    }
}
