//! Runs contestants by turns, each run in a process of its own, and keeps what they tell.

use std::collections::HashMap;
use std::io::{self, Read, Write as _};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::catalog::{self, OURS};
use crate::options::Comparison;
use crate::watch::Told;

/// A run that takes longer hangs.
const LONGEST: Duration = Duration::from_secs(600);
/// A contestant whose run takes more seconds is not run again.
const ONCE_IS_ENOUGH: f64 = 4.0;
/// Leaks are looked for in workloads this many times smaller.
const TALLY_DIVISOR: u64 = 5;

/// Why there is no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The contestant has no such program.
    Absent,
    Overflow,
    TooSlow,
    Crash,
}

/// What a contestant's runs of a workload have told.
#[derive(Debug)]
pub struct Outcome {
    pub runs: Vec<Told>,
    pub failure: Option<Failure>,
    /// Objects that were made and never dropped.
    pub leaked: u64,
    /// Objects that lived at once, at most.
    pub most: u64,
}

impl Outcome {
    /// The median time of a phase.
    pub fn time(&self, phase: &str) -> Option<f64> {
        median(self.runs.iter().filter_map(|told| told.times.iter().find(|time| time.0 == phase)).map(|time| time.1))
    }

    /// The median of a quantile of the pauses.
    pub fn pause(&self, quantile: &str) -> Option<f64> {
        median(self.runs.iter().filter_map(|told| told.pauses.iter().find(|pause| pause.0 == quantile)).map(|it| it.1))
    }

    pub fn peak_kib(&self) -> Option<f64> {
        median(self.runs.iter().map(|told| told.peak_kib as f64))
    }

    pub fn is_by_hand(&self) -> bool {
        self.runs.iter().any(|told| told.by_hand)
    }

    fn is_over(&self) -> bool {
        self.failure.is_some()
    }
}

fn median(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

/// All outcomes, by workload and contestant.
pub struct Results {
    pub workloads: Vec<String>,
    pub contestants: Vec<&'static str>,
    outcomes: HashMap<(String, &'static str), Outcome>,
}

impl Results {
    pub fn get(&self, workload: &str, contestant: &'static str) -> Option<&Outcome> {
        self.outcomes.get(&(workload.to_owned(), contestant))
    }

    /// Did the crate itself fail, or leak, anywhere?
    pub fn ours_failed(&self) -> bool {
        let mut ours = self.outcomes.iter().filter(|((_, contestant), _)| *contestant == OURS);
        ours.any(|(_, outcome)| outcome.failure.is_some() || outcome.leaked > 0)
    }
}

pub fn run(comparison: &Comparison) -> Results {
    let mut outcomes = HashMap::new();
    for workload in &comparison.workloads {
        eprint!("{:<16}", catalog::workload(workload).name);
        let mut row: Vec<_> =
            comparison.contestants.iter().map(|&name| (name, tally(comparison, workload, name))).collect();
        for _ in 0..comparison.rounds {
            for (contestant, outcome) in row.iter_mut().filter(|(_, outcome)| !outcome.is_over()) {
                let slowest = outcome.runs.len() == 1 && outcome.runs[0].took > ONCE_IS_ENOUGH;
                if !slowest {
                    time_once(comparison, workload, contestant, outcome);
                }
            }
            eprint!(".");
            io::stderr().flush().ok();
        }
        eprintln!();
        outcomes.extend(row.into_iter().map(|(contestant, outcome)| ((workload.clone(), contestant), outcome)));
    }
    Results { workloads: comparison.workloads.clone(), contestants: comparison.contestants.clone(), outcomes }
}

fn time_once(comparison: &Comparison, workload: &str, contestant: &str, outcome: &mut Outcome) {
    match spawn(comparison, workload, contestant, None) {
        Ok(told) => outcome.runs.push(told),
        Err(failure) => outcome.failure = Some(failure),
    }
}

/// The first, untimed run: does everything that is made get dropped?
fn tally(comparison: &Comparison, workload: &str, contestant: &'static str) -> Outcome {
    let mut outcome = Outcome { runs: Vec::new(), failure: None, leaked: 0, most: 0 };
    if crate::plain::programs::find(workload, contestant).is_none() {
        outcome.failure = Some(Failure::Absent);
    } else if contestant != "bumpalo" {
        match spawn(comparison, workload, contestant, Some(TALLY_DIVISOR)) {
            Ok(told) => {
                outcome.leaked = told.objects.made - told.objects.dropped;
                outcome.most = told.objects.most;
            }
            Err(failure) => outcome.failure = Some(failure),
        }
    }
    outcome
}

/// Runs a workload in a process of its own; with a tally, so many times smaller.
fn spawn(comparison: &Comparison, workload: &str, contestant: &str, tally: Option<u64>) -> Result<Told, Failure> {
    let divisor = comparison.divisor * tally.unwrap_or(1);
    let patience = comparison.patience;
    let program = std::env::current_exe().expect("this program has a path");
    let mut command = Command::new(program);
    command.args(["once", workload, contestant, &divisor.to_string()]);
    if tally.is_some() {
        command.arg("tally");
    }
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    // SAFETY: `setrlimit` may be called between fork and exec, and is all that is.
    unsafe { command.pre_exec(move || limit_time(patience)) };
    let mut child = command.spawn().expect("this program can be run again");
    let status = wait(&mut child)?;
    let mut text = String::new();
    child.stdout.take().expect("it is piped").read_to_string(&mut text).ok();
    match Told::read(&text) {
        Some(told) if status.success() => Ok(told),
        _ if status.signal() == Some(libc::SIGXCPU) => Err(Failure::TooSlow),
        _ => Err(if overflowed(&mut child, status) { Failure::Overflow } else { Failure::Crash }),
    }
}

/// The process that calls it is ended when it has taken too much time.
fn limit_time(seconds: u64) -> io::Result<()> {
    let limit = libc::rlimit { rlim_cur: seconds, rlim_max: seconds + 1 };
    // SAFETY: `limit` is a valid limit.
    if unsafe { libc::setrlimit(libc::RLIMIT_CPU, &limit) } == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

fn wait(child: &mut Child) -> Result<ExitStatus, Failure> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("it is our child") {
            return Ok(status);
        }
        if start.elapsed() > LONGEST {
            child.kill().ok();
            child.wait().ok();
            return Err(Failure::TooSlow);
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn overflowed(child: &mut Child, status: ExitStatus) -> bool {
    let mut text = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut text).ok();
    text.contains("overflowed its stack") || status.signal() == Some(libc::SIGSEGV)
}
