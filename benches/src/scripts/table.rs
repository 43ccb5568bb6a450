//! The results as Markdown.

use std::fmt::Write;

use super::Contestant::{ByHand, CPython, Script};
use super::Results;
use super::compare::Outcome;

pub fn write(results: &Results) -> String {
    let cpython = match &results.cpython {
        Some(version) => format!("CPython {version}, ms"),
        None => "CPython (no `python3` was found)".to_owned(),
    };
    let columns = ["script, ms", "by hand, ms", &cpython, "script / by hand", "in instructions", "CPython / script"];
    let mut text =
        String::from("Scripts beside the same programs by hand, with `#[managed]` types, and in Python:\n\n");
    row(&mut text, "", columns.map(str::to_owned));
    text += "|---|---:|---:|---:|---:|---:|---:|\n";
    for outcome in &results.outcomes {
        let milliseconds = |contestant| cell(outcome.time(contestant).map(|time| time / 1e6), 2);
        let title = outcome.program.title;
        let title = if outcome.differs { format!("{title} (the results differ)") } else { title.to_owned() };
        row(
            &mut text,
            &title,
            [
                milliseconds(Script),
                milliseconds(ByHand),
                milliseconds(CPython),
                cell(to_by_hand(outcome), 2),
                cell(outcome.instructions(), 2),
                cell(outcome.ratio(CPython), 1),
            ],
        );
    }
    let ratios =
        [mean(results, to_by_hand), mean(results, Outcome::instructions), mean(results, |it| it.ratio(CPython))];
    let [time, instructions, python] = ratios;
    let bold = |number, digits| format!("**{}**", cell(number, digits));
    let blank = String::new;
    let cells = [blank(), blank(), blank(), bold(time, 2), bold(instructions, 2), bold(python, 1)];
    row(&mut text, "geometric mean", cells);
    text.push('\n');
    text
}

fn to_by_hand(outcome: &Outcome) -> Option<f64> {
    outcome.ratio(ByHand).map(f64::recip)
}

/// The geometric mean; none unless every program has a number.
fn mean(results: &Results, number: impl Fn(&Outcome) -> Option<f64>) -> Option<f64> {
    let logarithms = results.outcomes.iter().map(|outcome| number(outcome).map(f64::ln)).sum::<Option<f64>>()?;
    Some((logarithms / results.outcomes.len() as f64).exp())
}

fn row(text: &mut String, first: &str, cells: [String; 6]) {
    writeln!(text, "| {first} | {} |", cells.join(" | ")).expect("a string can be written to");
}

fn cell(number: Option<f64>, digits: usize) -> String {
    number.map_or("–".to_owned(), |number| format!("{number:.digits$}"))
}
