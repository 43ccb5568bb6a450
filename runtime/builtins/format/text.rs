//! Format specifiers of `str`.

use super::spec::{Align, Spec, error, unknown_code};
use crate::builtins::Result;

/// `format(text, spec)`
pub(crate) fn format_text(out: &mut String, text: &str, spec: &str) -> Result<()> {
    if spec.is_empty() {
        out.push_str(text);
        return Ok(());
    }
    let spec = Spec::parse(spec, Align::Left, "str")?;
    check(&spec)?;
    let end = spec.precision.and_then(|count| Some(text.char_indices().nth(count)?.0));
    spec.pad(out, &text[..end.unwrap_or(text.len())]);
    Ok(())
}

fn check(spec: &Spec) -> Result<()> {
    if let Some(kind) = spec.kind.filter(|kind| *kind != 's') {
        return Err(unknown_code(kind, "str"));
    }
    if let Some(grouping) = spec.grouping {
        return Err(error(format!("Cannot specify '{grouping}' with 's'.")));
    }
    match spec.sign {
        Some(' ') => return Err(error("Space not allowed in string format specifier")),
        Some(_) => return Err(error("Sign not allowed in string format specifier")),
        None => {}
    }
    if spec.positive_zero {
        return Err(error("Negative zero coercion (z) not allowed in string format specifier"));
    }
    if spec.alternate {
        return Err(error("Alternate form (#) not allowed in string format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(error("'=' alignment not allowed in string format specifier"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, spec: &str, expected: &str) {
        let mut out = String::new();
        let result = match format_text(&mut out, text, spec) {
            Ok(()) => out,
            Err(error) => error.to_string(),
        };
        assert_eq!(result, expected, "format({text:?}, {spec:?})");
    }

    #[test]
    fn width_and_precision_are_in_code_points() {
        check("né", "", "né");
        check("né", "4", "né  ");
        check("né", ">4s", "  né");
        check("né", "·^7", "··né···");
        check("ñandú", ".3", "ñan");
        check("abc", ">6.2s", "    ab");
        check("a", "05", "a0000");
        check("abc", ".0", "");
    }

    #[test]
    fn what_text_does_not_take() {
        check("a", "d", "Unknown format code 'd' for object of type 'str'");
        check("a", "+", "Sign not allowed in string format specifier");
        check("a", " ", "Space not allowed in string format specifier");
        check("a", "#", "Alternate form (#) not allowed in string format specifier");
        check("a", "=5", "'=' alignment not allowed in string format specifier");
        check("a", ",", "Cannot specify ',' with 's'.");
        check("a", "z", "Negative zero coercion (z) not allowed in string format specifier");
    }
}
