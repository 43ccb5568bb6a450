//! Runs the contestants by turns, each run in a process of its own.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use super::once::Told;
use super::{Contestant, PROGRAMS, Program};

/// Instructions of functions of numbers in a script, as a multiple of those in Rust: more is a failure.
const MOST_FOR_NUMBERS: f64 = 1.02;

/// Which runs to compare.
pub struct Comparison {
    pub rounds: usize,
    /// Fewer repetitions: enough to see that everything works.
    pub quick: bool,
    /// Count instructions, too.
    pub instructions: bool,
    /// Into the README.
    pub write: bool,
}

/// What the runs of a program have told.
pub struct Outcome {
    pub program: &'static Program,
    /// Nanoseconds of one repetition, the median, by contestant; none if it could not run.
    times: [Option<f64>; 3],
    /// Instructions of one repetition, of the script and by hand.
    instructions: Option<(f64, f64)>,
    /// The contestants computed different numbers.
    pub differs: bool,
}

impl Outcome {
    /// How often the script's time is in the contestant's.
    pub fn ratio(&self, to: Contestant) -> Option<f64> {
        Some(self.time(to)? / self.time(Contestant::Script)?)
    }

    pub fn time(&self, of: Contestant) -> Option<f64> {
        self.times[of as usize]
    }

    /// Does a script that only reckons take more than the same functions in Rust?
    fn reckons_slowly(&self) -> bool {
        self.program.name == "numbers" && self.instructions().is_some_and(|ratio| ratio > MOST_FOR_NUMBERS)
    }

    /// Instructions of the script as a multiple of those by hand.
    pub fn instructions(&self) -> Option<f64> {
        self.instructions.map(|(script, by_hand)| script / by_hand)
    }
}

pub struct Results {
    pub outcomes: Vec<Outcome>,
    /// Its version; none if there is no `python3`.
    pub cpython: Option<String>,
}

impl Results {
    pub fn failed(&self) -> bool {
        self.outcomes
            .iter()
            .any(|outcome| outcome.differs || outcome.ratio(Contestant::ByHand).is_none() || outcome.reckons_slowly())
    }
}

pub fn run(comparison: &Comparison) -> Results {
    let cpython = cpython_version();
    if cpython.is_none() {
        eprintln!("there is no `python3` here: scripts are measured without CPython");
    }
    let contestants: Vec<Contestant> =
        Contestant::ALL.into_iter().filter(|it| *it != Contestant::CPython || cpython.is_some()).collect();
    let outcomes = PROGRAMS.iter().map(|program| measure(program, &contestants, comparison)).collect();
    Results { outcomes, cpython }
}

fn cpython_version() -> Option<String> {
    let output = Command::new("python3").arg("--version").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().strip_prefix("Python ")?.to_owned())
}

fn measure(program: &'static Program, contestants: &[Contestant], comparison: &Comparison) -> Outcome {
    eprint!("{:<16}", program.name);
    let results: Vec<Option<i64>> =
        contestants.iter().map(|&contestant| spawn(program, contestant, 1).map(|told| told.result)).collect();
    let mut found = [const { Vec::new() }; 3];
    for _ in 0..comparison.rounds {
        for &contestant in contestants {
            let times = repetitions(program, contestant, comparison);
            if let Some(told) = spawn(program, contestant, times) {
                found[contestant as usize].push(told.nanoseconds / f64::from(times));
            }
        }
        eprint!(".");
        io::stderr().flush().ok();
    }
    eprintln!();
    let counted = |contestant| comparison.instructions.then(|| instructions(program, contestant)).flatten();
    Outcome {
        program,
        times: found.map(median),
        instructions: counted(Contestant::Script).zip(counted(Contestant::ByHand)),
        differs: results.iter().any(|result| *result != results[0] || result.is_none()),
    }
}

fn repetitions(program: &Program, contestant: Contestant, comparison: &Comparison) -> u32 {
    let times = if contestant == Contestant::CPython { program.python_times } else { program.times };
    if comparison.quick { times.div_ceil(20) } else { times }
}

fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

fn spawn(program: &Program, contestant: Contestant, times: u32) -> Option<Told> {
    let output = command(program, contestant, times)?.stdin(Stdio::null()).output().ok()?;
    Told::read(&String::from_utf8_lossy(&output.stdout)).filter(|_| output.status.success())
}

fn command(program: &Program, contestant: Contestant, times: u32) -> Option<Command> {
    let mut command = match contestant {
        Contestant::CPython => {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scripts");
            let mut command = Command::new("python3");
            command.arg(folder.join("measure.py")).arg(folder.join(program.name));
            command
        }
        _ => {
            let mut command = Command::new(std::env::current_exe().ok()?);
            command.args(["script", program.name, contestant.name()]);
            command
        }
    };
    command.arg(times.to_string());
    Some(command)
}

/// Instructions of one repetition, counted by valgrind: the difference between three and one.
fn instructions(program: &Program, contestant: Contestant) -> Option<f64> {
    let count = |times: u32| -> Option<f64> {
        let plain = command(program, contestant, times)?;
        let mut command = Command::new("valgrind");
        command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(plain.get_program());
        let output = command.args(plain.get_args()).stdin(Stdio::null()).output().ok()?;
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        errors.lines().find_map(|line| line.split_once("Collected : "))?.1.trim().parse().ok()
    };
    Some((count(3)? - count(1)?) / 2.0)
}
