//! One run of a program in this process, told in the words that `measure.py` uses, too.

use std::process::ExitCode;

use super::{Contestant, PROGRAMS};
use crate::watch;

/// `script NAME CONTESTANT TIMES`
pub fn run_once(arguments: &[String]) -> ExitCode {
    let [name, contestant, times] = arguments else { return ExitCode::FAILURE };
    let program = PROGRAMS.iter().find(|program| program.name == name);
    let (Some(program), Ok(times)) = (program, times.parse()) else { return ExitCode::FAILURE };
    let run = if contestant == Contestant::Script.name() { program.script } else { program.by_hand };
    let start = watch::now();
    let result = run(times);
    println!("{} {result}", (watch::now() - start).as_nanos());
    ExitCode::SUCCESS
}

/// What a run told: how long it took, and what it computed.
pub struct Told {
    pub nanoseconds: f64,
    pub result: i64,
}

impl Told {
    pub fn read(text: &str) -> Option<Told> {
        let (nanoseconds, result) = text.trim().split_once(' ')?;
        Some(Told { nanoseconds: nanoseconds.parse().ok()?, result: result.parse().ok()? })
    }
}
