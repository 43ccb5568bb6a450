//! What a workload tells of itself while it runs in its own process, and how another process reads it.
//!
//! Time is the thread's processor time, so that what else runs on the machine counts as little as possible; no
//! contestant uses another thread.

use std::fs;
use std::hint::black_box;
use std::time::Duration;

use crate::payload;

/// Measures one run.
pub struct Watch {
    /// Workloads are this many times smaller than they could be.
    divisor: u64,
    baseline: u64,
}

impl Watch {
    pub fn new(divisor: u64) -> Self {
        Watch { divisor: divisor.max(1), baseline: peak_kib() }
    }

    /// A number of operations or objects, scaled.
    pub fn scaled(&self, full: u64) -> u64 {
        (full / self.divisor).max(1)
    }

    /// A depth of binary trees, scaled so that their sizes are.
    pub fn depth(&self, full: u32) -> u32 {
        full.saturating_sub(self.divisor.ilog2()).max(2)
    }

    /// Runs a part of the workload and reports its time.
    pub fn time<R>(&self, phase: &str, operations: u64, run: impl FnOnce() -> R) -> R {
        let start = now();
        let result = black_box(run());
        println!("time {phase} {} {operations}", (now() - start).as_nanos());
        result
    }

    /// Reports the distribution of pauses.
    pub fn pauses(&self, pauses: &Pauses) {
        for (name, nanoseconds) in pauses.quantiles() {
            println!("pause {name} {nanoseconds}");
        }
    }

    /// Reports that collections were asked for by the workload, as none start by themselves.
    pub fn collected_by_hand(&self) {
        println!("by-hand");
    }

    /// Reports what is known only at the end.
    pub fn finish(self) {
        println!("peak {}", peak_kib().saturating_sub(self.baseline));
        let payload::Count { made, dropped, most } = payload::count();
        println!("objects {made} {dropped} {most}");
    }
}

/// The processor time that this thread has taken.
#[inline]
pub fn now() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is a valid place for the answer.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).expect("less than a second"))
}

/// The most memory this process has had, in KiB.
fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// How long single operations took: buckets whose width is an eighth of the power of two they start at.
pub struct Pauses {
    buckets: Vec<u64>,
    total: u64,
    longest: u64,
}

const STEPS: u32 = 3;

impl Pauses {
    pub fn new() -> Self {
        Pauses { buckets: vec![0; 64 << STEPS], total: 0, longest: 0 }
    }

    #[inline]
    pub fn add(&mut self, pause: Duration) {
        let nanoseconds = u64::try_from(pause.as_nanos()).unwrap_or(u64::MAX).max(1 << STEPS);
        let power = nanoseconds.ilog2();
        let step = (nanoseconds >> (power - STEPS)) & ((1 << STEPS) - 1);
        self.buckets[((power << STEPS) as usize) + step as usize] += 1;
        self.total += 1;
        self.longest = self.longest.max(nanoseconds);
    }

    fn quantiles(&self) -> Vec<(&'static str, u64)> {
        let below = |parts: u64| {
            let wanted = self.total - self.total / parts;
            let mut seen = 0;
            let found = self.buckets.iter().position(|&count| {
                seen += count;
                seen >= wanted
            });
            let bucket = found.unwrap_or(0) as u64;
            let (power, step) = (bucket >> STEPS, bucket & ((1 << STEPS) - 1));
            // The bucket's upper end.
            ((1 << power) + ((step + 1) << power >> STEPS)).min(self.longest)
        };
        vec![
            ("p50", below(2)),
            ("p99", below(100)),
            ("p99.9", below(1_000)),
            ("p99.99", below(10_000)),
            ("p99.999", below(100_000)),
            ("max", self.longest),
        ]
    }
}

/// What a run has told.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Nanoseconds for each operation, by phase, in order.
    pub times: Vec<(String, f64)>,
    /// Nanoseconds, by the quantile's name.
    pub pauses: Vec<(String, f64)>,
    pub by_hand: bool,
    /// Of the first phase.
    pub operations: f64,
    /// Seconds in all phases.
    pub took: f64,
    pub peak_kib: u64,
    pub objects: payload::Count,
}

impl Told {
    /// Reads what [`Watch`] wrote; `None` if it did not finish.
    pub fn read(text: &str) -> Option<Told> {
        let mut told = Told::default();
        let mut finished = false;
        for line in text.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                ["time", phase, nanoseconds, operations] => {
                    let operations = operations.parse::<f64>().ok()?;
                    if told.times.is_empty() {
                        told.operations = operations;
                    }
                    told.took += nanoseconds.parse::<f64>().ok()? / 1e9;
                    told.times.push((phase.to_owned(), nanoseconds.parse::<f64>().ok()? / operations));
                }
                ["pause", name, nanoseconds] => told.pauses.push((name.to_owned(), nanoseconds.parse().ok()?)),
                ["by-hand"] => told.by_hand = true,
                ["peak", kib] => told.peak_kib = kib.parse().ok()?,
                ["objects", made, dropped, most] => {
                    let [made, dropped, most] = [made, dropped, most].map(|number| number.parse().ok());
                    told.objects = payload::Count { made: made?, dropped: dropped?, most: most? };
                    finished = true;
                }
                _ => {}
            }
        }
        finished.then_some(told)
    }
}
