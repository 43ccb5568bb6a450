//! The results as Markdown.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

use crate::catalog::Contestant::{self, ByHand, CPython, Genawaiter, Script, Written};
use crate::measure::Outcome;

/// Between these lines of the README stands the table.
const MARKS: (&str, &str) = ("<!-- measured generators -->\n", "<!-- end of measured generators -->");

pub fn write(outcomes: &[Outcome]) -> String {
    let mut text = String::from("Generators, nanoseconds an item:\n\n");
    let mut columns = vec!["script", "`generator!`", "by hand", "genawaiter", "CPython", "CPython / script"];
    columns.push("CPython / `generator!`");
    row(&mut text, "", &columns);
    row(&mut text, "---", &["---:"; 7]);
    for outcome in outcomes {
        let time = |contestant| format!("{:.1}", outcome.nanoseconds(contestant));
        let times = [Script, Written, ByHand, Genawaiter, CPython].map(time);
        let ratios = [Script, Written].map(|contestant| format!("{:.1}", ratio(outcome, contestant)));
        row(&mut text, outcome.program.title, &[&times[..], &ratios[..]].concat());
    }
    let means = [Script, Written].map(|contestant| format!("**{:.1}**", mean(outcomes, contestant)));
    row(&mut text, "geometric mean", &[&["", "", "", "", ""].map(str::to_owned)[..], &means[..]].concat());
    text.push('\n');
    instructions(&mut text, outcomes);
    text
}

fn instructions(text: &mut String, outcomes: &[Outcome]) {
    if outcomes.iter().all(|outcome| outcome.instructions(Script).is_none()) {
        return;
    }
    *text += "Instructions an item:\n\n";
    row(text, "", &["script", "`generator!`", "by hand", "genawaiter"]);
    row(text, "---", &["---:"; 4]);
    for outcome in outcomes {
        let count =
            |contestant| outcome.instructions(contestant).map_or("–".to_owned(), |count| format!("{count:.0}"));
        row(text, outcome.program.title, &[Script, Written, ByHand, Genawaiter].map(count));
    }
    text.push('\n');
}

/// How often its time is in CPython's.
fn ratio(outcome: &Outcome, contestant: Contestant) -> f64 {
    outcome.nanoseconds(CPython) / outcome.nanoseconds(contestant)
}

fn mean(outcomes: &[Outcome], contestant: Contestant) -> f64 {
    let logarithms: f64 = outcomes.iter().map(|outcome| ratio(outcome, contestant).ln()).sum();
    (logarithms / outcomes.len() as f64).exp()
}

fn row(text: &mut String, first: &str, cells: &[impl AsRef<str>]) {
    let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    writeln!(text, "| {first} | {} |", cells.join(" | ")).expect("a string can be written to");
}

pub fn save(text: &str) -> io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(&path)?;
    let parts = readme.split_once(MARKS.0).and_then(|(before, rest)| Some((before, rest.split_once(MARKS.1)?.1)));
    let Some((before, after)) = parts else { return Err(io::Error::other("the README has no place for the table")) };
    fs::write(&path, format!("{before}{}{text}{}{after}", MARKS.0, MARKS.1))
}
