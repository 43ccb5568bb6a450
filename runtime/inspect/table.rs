//! Text in columns.

use core::fmt::{self, Write as _};
use std::collections::HashMap;

use crate::short_name::without_paths;

/// Writes rows of cells in aligned columns: the first to the left, the others, numbers, to the right.
pub(super) fn write<const N: usize>(
    f: &mut fmt::Formatter<'_>,
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> fmt::Result {
    let rows: Vec<[String; N]> = core::iter::once(head.map(String::from)).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = core::array::from_fn(width);
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            writeln!(f)?;
        }
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            match column {
                0 => write!(line, "{cell:<width$}")?,
                _ => write!(line, "  {cell:>width$}")?,
            }
        }
        f.write_str(line.trim_end())?;
    }
    Ok(())
}

/// Names of types for a column, from names and paths: where several types have the same name, the path, without what
/// leads to modules if that is enough.
pub(super) fn told_apart(types: impl Iterator<Item = (&'static str, &'static str)> + Clone) -> Vec<String> {
    let (mut names, mut short_paths) = (HashMap::new(), HashMap::new());
    for (name, path) in types.clone() {
        *names.entry(name).or_insert(0) += 1;
        *short_paths.entry(without_paths(path)).or_insert(0) += 1;
    }
    types
        .map(|(name, path)| match without_paths(path) {
            _ if names[name] == 1 => name.to_owned(),
            short if short_paths[&short] == 1 => short,
            _ => path.to_owned(),
        })
        .collect()
}

/// A number with its digits in groups: `1,234,567`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A change: `+1,234`.
pub(super) fn signed(number: isize) -> String {
    let sign = match number {
        0 => "",
        1.. => "+",
        _ => "-",
    };
    format!("{sign}{}", grouped(number.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_the_same_name_are_told_apart() {
        let types = [("Node", "a::Node"), ("list", "b::List<i64>"), ("Node", "b::Node"), ("list", "b::List<b::Str>")];
        assert_eq!(told_apart(types.into_iter()), ["a::Node", "List<i64>", "b::Node", "List<Str>"]);
    }

    #[test]
    fn digits_are_grouped_in_threes() {
        assert_eq!([0, 12, 123, 1234, 1_234_567].map(grouped), ["0", "12", "123", "1,234", "1,234,567"]);
        assert_eq!([-1234, 0, 7].map(signed), ["-1,234", "0", "+7"]);
    }
}
