//! Cutting off what stands at the ends of `str`.

use super::Str;
use super::classify::is_space;

fn is_stripped(chars: Option<&Str>) -> impl Fn(char) -> bool + '_ {
    move |c| match chars {
        Some(chars) => chars.as_str().contains(c),
        None => is_space(c),
    }
}

impl Str {
    /// `s.strip(chars)`: white space, or any of the given characters.
    pub fn strip(&self, chars: Option<&Str>) -> Str {
        self.lstrip(chars).rstrip(chars)
    }

    /// `s.lstrip(chars)`
    pub fn lstrip(&self, chars: Option<&Str>) -> Str {
        let text = self.as_str();
        let kept = text.trim_start_matches(is_stripped(chars));
        self.part(text.len() - kept.len()..text.len())
    }

    /// `s.rstrip(chars)`
    pub fn rstrip(&self, chars: Option<&Str>) -> Str {
        self.part(0..self.as_str().trim_end_matches(is_stripped(chars)).len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_by_default() {
        let text = Str::from("\t a b\u{3000}\n".to_owned());
        assert_eq!(text.strip(None), "a b");
        assert_eq!(text.lstrip(None), "a b\u{3000}\n");
        assert_eq!(text.rstrip(None), "\t a b");
        assert_eq!(Str::lit("  ").strip(None), "");
    }

    #[test]
    fn or_any_of_the_characters() {
        assert_eq!(Str::lit("xyabyx").strip(Some(&Str::lit("xy"))), "ab");
        assert_eq!(Str::lit(" ab ").strip(Some(&Str::EMPTY)), " ab ");
    }

    #[test]
    fn nothing_to_strip_is_nothing_to_copy() {
        let text = Str::from("some text".to_owned());
        assert!(text.strip(None).ptr_eq(&text));
    }
}
