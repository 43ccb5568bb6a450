//! Measures generators of scripts and of `generator!` beside iterators written by hand, genawaiter and CPython, all
//! erased and boxed, and prints what an item costs.
//!
//! `cargo run --release` runs everything in several rounds, the contestants by turns, each run in a process of its own, and
//! writes the table in the README. `-- --instructions` counts instructions, too (with valgrind), `--dry` writes nothing,
//! `--quick` is a test, and names of programs choose among them.

mod catalog;
mod measure;
mod programs;
mod table;

use std::io;
use std::process::ExitCode;

use catalog::PROGRAMS;
use measure::Options;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(("once", run)) = arguments.split_first().map(|(first, run)| (first.as_str(), run)) {
        return measure::run_once(run);
    }
    let Some(options) = read(&arguments) else {
        let names: Vec<&str> = PROGRAMS.iter().map(|program| program.name).collect();
        eprintln!("generators [--instructions] [--dry] [--quick] [PROGRAM …]\nprograms: {}", names.join(" "));
        return ExitCode::FAILURE;
    };
    match report(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn report(options: &Options) -> io::Result<()> {
    let results = measure::run(options)?;
    let text = table::write(&results);
    println!("{text}");
    if options.write { table::save(&text) } else { Ok(()) }
}

fn read(arguments: &[String]) -> Option<Options> {
    let mut options = Options { programs: Vec::new(), rounds: 7, divisor: 1, instructions: false, write: true };
    for argument in arguments {
        match argument.as_str() {
            "--instructions" => options.instructions = true,
            "--dry" => options.write = false,
            "--quick" => (options.rounds, options.divisor, options.write) = (1, 50, false),
            name => options.programs.push(PROGRAMS.iter().find(|program| program.name == name)?),
        }
    }
    if options.programs.is_empty() {
        options.programs.extend(PROGRAMS);
    } else {
        options.write = false;
    }
    Some(options)
}
