//! Measures refcycle beside `Rc`, beside the limits (`Box`, bumpalo) and beside the other collectors, in one run.
//!
//! `cargo run --release` runs all workloads in several rounds, the contestants by turns, each run in a process of its own,
//! and writes `results/table.md` and `results/chart.svg` and the table in the README. See [`options`] for less than that.
//! Scripts run beside the same programs by hand and in Python; see [`scripts`].
//! `--features mimalloc` puts mimalloc in the place of the system allocator, for all.

mod catalog;
mod chart;
mod compare;
mod instructions;
mod options;
mod payload;
mod scripts;
mod table;
mod watch;

/// The workloads with plain numbers, to be timed.
#[path = "."]
mod plain {
    type Payload = u64;
    type Token = ();

    #[path = "programs/mod.rs"]
    pub mod programs;
}

/// The workloads with counted objects.
#[path = "."]
#[allow(clippy::duplicate_mod, reason = "that is the point")]
mod tallied {
    use crate::payload::{Tally as Payload, Tally as Token};

    #[path = "programs/mod.rs"]
    pub mod programs;
}

use std::io;
use std::process::ExitCode;

use options::{Command, Comparison, Once};
use watch::Watch;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match options::read(std::env::args().skip(1)) {
        Ok(Command::Once(once)) => run_once(&once),
        Ok(Command::Compare(comparison)) => compare_all(&comparison),
        Ok(Command::Script(run)) => scripts::run_once(&run),
        Ok(Command::Scripts(comparison)) => compare_scripts(&comparison),
        Err(message) => {
            eprintln!("{message}\n\n{}", options::HELP);
            ExitCode::FAILURE
        }
    }
}

fn run_once(once: &Once) -> ExitCode {
    let find = if once.tally { tallied::programs::find } else { plain::programs::find };
    let Some(program) = find(&once.workload, &once.contestant) else { return ExitCode::FAILURE };
    let watch = Watch::new(once.divisor);
    program(&watch);
    watch.finish();
    ExitCode::SUCCESS
}

fn compare_all(comparison: &Comparison) -> ExitCode {
    let results = compare::run(comparison);
    let instructions = if comparison.instructions { instructions::count(comparison) } else { Vec::new() };
    let text = table::write(&results, &instructions);
    println!("{text}");
    let written = if comparison.write { table::save(&text, &chart::draw(&results)) } else { Ok(()) };
    let collectors = finished(written, results.ours_failed());
    match comparison.scripts() {
        Some(scripts) if collectors == ExitCode::SUCCESS => compare_scripts(&scripts),
        _ => collectors,
    }
}

fn compare_scripts(comparison: &scripts::Comparison) -> ExitCode {
    let results = scripts::run(comparison);
    let text = scripts::write(&results);
    println!("{text}");
    let written = if comparison.write { table::save_scripts(&text) } else { Ok(()) };
    finished(written, results.failed())
}

fn finished(written: io::Result<()>, failed: bool) -> ExitCode {
    if let Err(error) = written {
        eprintln!("can't write the results: {error}");
        return ExitCode::FAILURE;
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
