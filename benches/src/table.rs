//! The results as Markdown.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

use crate::catalog::{self, LIMITS, OURS, RC};
use crate::compare::{Failure, Outcome, Results};
use crate::instructions::Count;

const QUANTILES: [&str; 6] = ["p50", "p99", "p99.9", "p99.99", "p99.999", "max"];
/// Between these lines of the README stand the tables.
const MARKS: (&str, &str) = ("<!-- measured -->\n", "<!-- end of measured -->");
const SCRIPT_MARKS: (&str, &str) = ("<!-- measured scripts -->\n", "<!-- end of measured scripts -->");

/// All tables.
pub fn write(results: &Results, instructions: &[Count]) -> String {
    let mut text = times(results);
    text += &pauses(results);
    text += &memory(results);
    text += &counts(results, instructions);
    text
}

/// Writes the files that are kept.
pub fn save(text: &str, chart: &str) -> io::Result<()> {
    save_result("table.md", text)?;
    save_result("chart.svg", chart)?;
    save_between(MARKS, text)
}

pub fn save_scripts(text: &str) -> io::Result<()> {
    save_result("scripts.md", text)?;
    save_between(SCRIPT_MARKS, text)
}

fn save_result(name: &str, text: &str) -> io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = here.join(if cfg!(feature = "mimalloc") { "results/mimalloc" } else { "results" });
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name), text)
}

/// Into the README, unless its figures are those of another allocator.
fn save_between(marks: (&str, &str), text: &str) -> io::Result<()> {
    if cfg!(feature = "mimalloc") {
        return Ok(());
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = fs::read_to_string(&path)?;
    let Some((before, rest)) = readme.split_once(marks.0) else { return Ok(()) };
    let Some((_, after)) = rest.split_once(marks.1) else { return Ok(()) };
    fs::write(path, format!("{before}{}{text}{}{after}", marks.0, marks.1))
}

fn heading(text: &mut String, first: &str, columns: &[&str]) {
    writeln!(text, "| {first} | {} |", columns.join(" | ")).expect("a string can be written to");
    writeln!(text, "|---|{}", "---:|".repeat(columns.len())).expect("a string can be written to");
}

fn row(text: &mut String, first: &str, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.collect();
    writeln!(text, "| {first} | {} |", cells.join(" | ")).expect("a string can be written to");
}

/// Contestants but `Rc`, whose column says what the ratios are to.
fn others(results: &Results) -> Vec<&'static str> {
    results.contestants.iter().copied().filter(|&name| name != RC).collect()
}

fn times(results: &Results) -> String {
    let mut text = "Processor time as a multiple of `Rc`'s:\n\n".to_owned();
    let others = others(results);
    heading(&mut text, "", &[&["`Rc`, ns"], &others[..]].concat());
    for name in &results.workloads {
        let workload = catalog::workload(name);
        for (phase, title) in workload.phases {
            let base = results.get(name, RC).and_then(|outcome| outcome.time(phase));
            let first = base.map_or("–".to_owned(), |base| format!("{base:.1}"));
            let rest = others.iter().map(|&contestant| {
                let outcome = results.get(name, contestant);
                let number = outcome.and_then(|outcome| Some(ratio_or_time(outcome.time(phase)?, base?)));
                cell(contestant, outcome, number)
            });
            row(&mut text, &workload.row(title), std::iter::once(first).chain(rest));
        }
    }
    text += "\n`Rc`'s cycles are cut by the program, its parents are weak. † collections start only when the program asks, \
             here now and then. –: no such program, or nothing timed.\n\n";
    text
}

/// A ratio, or the nanoseconds themselves where `Rc` has nothing to do.
fn ratio_or_time(time: f64, base: f64) -> String {
    if base < 0.1 { format!("{time:.1} ns") } else { format!("{:.2}", time / base) }
}

fn cell(contestant: &str, outcome: Option<&Outcome>, number: Option<String>) -> String {
    let Some(outcome) = outcome else { return "–".to_owned() };
    let number = match (&outcome.failure, number) {
        (Some(Failure::Absent), _) | (None, None) => "–".to_owned(),
        (Some(Failure::Overflow), _) => "overflow".to_owned(),
        (Some(Failure::TooSlow), _) => "too slow".to_owned(),
        (Some(Failure::Crash), _) => "crash".to_owned(),
        (None, Some(number)) => number,
    };
    let mut number = if contestant == OURS { format!("**{number}**") } else { number };
    if outcome.is_by_hand() {
        number.push('†');
    }
    if outcome.leaked > 0 {
        write!(number, " leaks {}", outcome.leaked).expect("a string can be written to");
    }
    number
}

fn pauses(results: &Results) -> String {
    let mut text = String::new();
    for name in &results.workloads {
        let rows: Vec<_> =
            results.contestants.iter().map(|&contestant| (contestant, results.get(name, contestant))).collect();
        let rows: Vec<_> = rows.into_iter().filter_map(|(contestant, outcome)| Some((contestant, outcome?))).collect();
        if rows.iter().all(|(_, outcome)| outcome.pause("max").is_none()) {
            continue;
        }
        let title = catalog::workload(name).title;
        writeln!(text, "Pauses in µs ({title}):\n").expect("a string can be written to");
        heading(&mut text, "", &QUANTILES);
        for (contestant, outcome) in rows.into_iter().filter(|(_, outcome)| outcome.failure != Some(Failure::Absent)) {
            let cells = QUANTILES.iter().map(|quantile| {
                outcome
                    .pause(quantile)
                    .map_or_else(|| cell(contestant, Some(outcome), None), |ns| format!("{:.1}", ns / 1e3))
            });
            row(&mut text, contestant, cells);
        }
        text.push('\n');
    }
    text
}

fn memory(results: &Results) -> String {
    let mut text = "Peak memory as a multiple of `Rc`'s:\n\n".to_owned();
    let others = others(results);
    heading(&mut text, "", &[&["`Rc`, MiB"], &others[..]].concat());
    for name in results.workloads.iter().filter(|name| !catalog::workload(name).micro) {
        let base = results.get(name, RC).and_then(Outcome::peak_kib);
        let first = base.map_or("–".to_owned(), |base| format!("{:.1}", base / 1024.0));
        let rest = others.iter().map(|&contestant| {
            let outcome = results.get(name, contestant);
            let peak = outcome.and_then(Outcome::peak_kib);
            peak.zip(base).map_or("–".to_owned(), |(peak, base)| format!("{:.2}", peak / base))
        });
        row(&mut text, catalog::workload(name).title, std::iter::once(first).chain(rest));
    }
    if let Some(outcome) = results.get("cycles", OURS) {
        writeln!(text, "\nChurning small cycles, at most {} objects lived at once with refcycle.", outcome.most)
            .expect("a string can be written to");
    }
    text.push('\n');
    text
}

fn counts(results: &Results, instructions: &[Count]) -> String {
    let mut text = String::new();
    if instructions.is_empty() {
        return text;
    }
    text += "Instructions:\n\n";
    let names: Vec<_> = results.contestants.iter().copied().filter(|name| *name != LIMITS[1]).collect();
    heading(&mut text, "", &names);
    for workload in catalog::WORKLOADS.iter().filter(|workload| workload.micro) {
        let cells = names.iter().map(|&contestant| {
            let mut of_both =
                instructions.iter().filter(|it| it.workload == workload.name && it.contestant == contestant);
            of_both.next().map_or("–".to_owned(), |count| format!("{:.1}", count.instructions))
        });
        row(&mut text, workload.title, cells);
    }
    text.push('\n');
    text
}
