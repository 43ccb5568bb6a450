//! How long `gc_script!` needs for a script of a thousand lines: three of the programs beside, as one.
//!
//! `cargo run --release --manifest-path benches/expansion/Cargo.toml`

#[path = "../../../macros/paths.rs"]
#[allow(dead_code, reason = "the other macros use the rest")]
mod paths;
#[path = "../../../macros/report.rs"]
#[allow(dead_code, reason = "the other macros use the rest")]
mod report;
#[path = "../../../macros/script/mod.rs"]
mod script;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use proc_macro2::{TokenStream, TokenTree};

const PROGRAMS: [(&str, &str); 3] = [
    ("deltablue", include_str!("../../src/scripts/deltablue/script.rs")),
    ("json", include_str!("../../src/scripts/json/script.rs")),
    ("richards", include_str!("../../src/scripts/richards/script.rs")),
];

const LINES: usize = 1_000;
const LIMIT: Duration = Duration::from_millis(100);
const ROUNDS: usize = 41;

fn main() -> ExitCode {
    let source = source();
    let lines = source.lines().count();
    assert!(lines >= LINES, "the programs have {lines} lines only");
    let tokens: TokenStream = source.parse().expect("the programs are made of Rust's tokens");
    let mut written = 0;
    let best = (0..ROUNDS).map(|_| {
        let tokens = tokens.clone();
        let start = Instant::now();
        let expanded = script::expand(tokens);
        let time = start.elapsed();
        written = count(expanded);
        time
    });
    let best = best.min().expect("there are rounds");
    println!("{lines} lines, {} tokens become {written} tokens", count(tokens));
    println!("best of {ROUNDS}: {:.1} ms (at most {} ms)", best.as_secs_f64() * 1e3, LIMIT.as_millis());
    match best <= LIMIT {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// What stands between the braces of the programs. Each has a `run`.
fn source() -> String {
    let mut source = String::new();
    for (name, program) in PROGRAMS {
        let start = program.find("gc_script! {").expect("a script") + "gc_script! {".len();
        let end = program.rfind('}').expect("the end of the script");
        source += &program[start..end].replace("def run(", &format!("def run_{name}("));
    }
    source
}

fn count(tokens: TokenStream) -> usize {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => count(group.stream()) + 2,
            _ => 1,
        })
        .sum()
}
