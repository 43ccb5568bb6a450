//! Runs the contestants.

use std::hint::black_box;
use std::io::{self, Error};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use crate::catalog::{Contestant, Program};

pub struct Options {
    pub programs: Vec<&'static Program>,
    pub rounds: usize,
    /// How many times less items there are.
    pub divisor: i64,
    pub instructions: bool,
    pub write: bool,
}

/// What a program took, an item, by contestant.
pub struct Outcome {
    pub program: &'static Program,
    nanoseconds: [f64; 5],
    instructions: Option<[Option<f64>; 5]>,
}

impl Outcome {
    /// The median.
    pub fn nanoseconds(&self, contestant: Contestant) -> f64 {
        self.nanoseconds[contestant as usize]
    }

    pub fn instructions(&self, contestant: Contestant) -> Option<f64> {
        self.instructions?[contestant as usize]
    }
}

pub fn run(options: &Options) -> io::Result<Vec<Outcome>> {
    options.programs.iter().map(|program| measure(program, options)).collect()
}

fn measure(program: &'static Program, options: &Options) -> io::Result<Outcome> {
    eprintln!("{}", program.name);
    let mut times = [const { Vec::new() }; 5];
    for _ in 0..options.rounds {
        for contestant in Contestant::ALL {
            let size = size(program, contestant, options);
            let (time, _) = told(&spawn(command(program, contestant, size, 1)?)?)?;
            times[contestant as usize].push(time / program.items(size) as f64);
        }
    }
    check(program)?;
    let counted = || Contestant::ALL.map(|contestant| instructions(program, contestant));
    Ok(Outcome {
        program,
        nanoseconds: times.map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        }),
        instructions: options.instructions.then(counted),
    })
}

fn size(program: &Program, contestant: Contestant, options: &Options) -> i64 {
    let size = if contestant.is_slow() { program.slow_size } else { program.size };
    match program.is_tree() {
        true => size - i64::from(options.divisor.ilog2()),
        false => size / options.divisor,
    }
}

/// All must compute the same.
fn check(program: &Program) -> io::Result<()> {
    let size = if program.is_tree() { 7 } else { 999 };
    let mut results = Vec::new();
    for contestant in Contestant::ALL {
        results.push(told(&spawn(command(program, contestant, size, 1)?)?)?.1);
    }
    match results.iter().all(|result| *result == results[0]) {
        true => Ok(()),
        false => Err(Error::other(format!("{}: the results differ: {results:?}", program.name))),
    }
}

/// Instructions an item: the difference between a run and two.
fn instructions(program: &Program, contestant: Contestant) -> Option<f64> {
    let size = if program.is_tree() { 12 } else { 2_000 };
    if contestant == Contestant::CPython {
        return None;
    }
    let count = |times: i64| -> Option<f64> {
        let plain = command(program, contestant, size, times).ok()?;
        let mut command = Command::new("valgrind");
        command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(plain.get_program());
        let output = command.args(plain.get_args()).stdin(Stdio::null()).output().ok()?;
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        errors.lines().find_map(|line| line.split_once("Collected : "))?.1.trim().parse().ok()
    };
    Some((count(3)? - count(2)?) / program.items(size) as f64)
}

fn command(program: &Program, contestant: Contestant, size: i64, times: i64) -> io::Result<Command> {
    let mut command = match contestant {
        Contestant::CPython => {
            let mut command = Command::new("python3");
            command.arg("-B").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/programs/programs.py"));
            command
        }
        _ => {
            let mut command = Command::new(std::env::current_exe()?);
            command.args(["once", contestant.name()]);
            command
        }
    };
    command.args([program.name, &size.to_string(), &times.to_string()]);
    Ok(command)
}

fn spawn(mut command: Command) -> io::Result<String> {
    let output = command.stdin(Stdio::null()).output()?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(Error::other(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)))),
    }
}

/// Nanoseconds and the result.
fn told(text: &str) -> io::Result<(f64, i64)> {
    let parts = text.trim().split_once(' ');
    let parsed = parts.and_then(|(time, result)| Some((time.parse().ok()?, result.parse().ok()?)));
    parsed.ok_or_else(|| Error::other(format!("not what a run tells: {text}")))
}

/// `once CONTESTANT PROGRAM SIZE TIMES`: runs a program in this process.
pub fn run_once(arguments: &[String]) -> ExitCode {
    let [contestant, program, size, times] = arguments else { return ExitCode::FAILURE };
    let contestant = Contestant::ALL.into_iter().find(|it| it.name() == contestant);
    let (Some(contestant), Ok(size), Ok(times)) = (contestant, size.parse(), times.parse::<i64>()) else {
        return ExitCode::FAILURE;
    };
    let Some(run) = contestant.prepared(program, size) else { return ExitCode::FAILURE };
    let start = processor_time();
    let mut result = 0;
    for _ in 0..times {
        result = black_box(run());
    }
    println!("{} {result}", (processor_time() - start).as_nanos());
    ExitCode::SUCCESS
}

/// The processor time of this thread: also meaningful where the machine does other work.
fn processor_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is valid.
    let result = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    assert_eq!(result, 0);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
