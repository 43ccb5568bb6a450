//! Measures refcycle beside std's `Rc`, interleaved in one run, and prints medians and their ratio.
//!
//! `cargo run --release` in this folder runs all workloads; a name as argument runs one; `once NAME CONTESTANT` runs
//! a workload once, for a profiler or an instruction counter.

mod refcycle_side;
mod std_side;

use std::time::{Duration, Instant};

/// Rounds of each contestant; the median counts.
const ROUNDS: usize = 15;

/// A workload: how many operations one run makes, and the run for each side.
struct Workload {
    name: &'static str,
    operations: u32,
    refcycle: fn(u32),
    std: fn(u32),
}

const WORKLOADS: &[Workload] = &[
    Workload { name: "allocate-leaf", operations: 2_000_000, refcycle: refcycle_side::leaf, std: std_side::leaf },
    Workload { name: "allocate-pair", operations: 1_000_000, refcycle: refcycle_side::pair, std: std_side::pair },
    Workload {
        name: "clone-leaf",
        operations: 5_000_000,
        refcycle: refcycle_side::clone_leaf,
        std: std_side::clone_leaf,
    },
    Workload {
        name: "clone-node",
        operations: 5_000_000,
        refcycle: refcycle_side::clone_node,
        std: std_side::clone_node,
    },
    Workload { name: "binary-trees", operations: 40, refcycle: refcycle_side::trees, std: std_side::trees },
    Workload { name: "list", operations: 100_000, refcycle: refcycle_side::list, std: std_side::list },
    Workload { name: "small-cycles", operations: 500_000, refcycle: refcycle_side::cycles, std: std_side::cycles },
    Workload { name: "ring", operations: 500_000, refcycle: refcycle_side::ring, std: std_side::ring },
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["once", name, side] => run_once(name, side),
        [name] => compare(|workload| workload.name == name),
        _ => compare(|_| true),
    }
}

fn run_once(name: &str, side: &str) {
    let workload = WORKLOADS.iter().find(|workload| workload.name == name).expect("a workload's name");
    match side {
        "refcycle" => (workload.refcycle)(workload.operations),
        "rc" => (workload.std)(workload.operations),
        _ => panic!("the contestants are `refcycle` and `rc`"),
    }
}

fn compare(wanted: impl Fn(&Workload) -> bool) {
    println!("{:<16}{:>14}{:>14}{:>8}", "", "refcycle", "Rc", "ratio");
    for workload in WORKLOADS.iter().filter(|workload| wanted(workload)) {
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            for (times, run) in times.iter_mut().zip([workload.refcycle, workload.std]) {
                times.push(time(|| run(workload.operations)));
            }
        }
        let [refcycle, std] = times.map(|mut times| {
            times.sort_unstable();
            times[ROUNDS / 2].as_secs_f64() * 1e9 / f64::from(workload.operations)
        });
        println!("{:<16}{refcycle:>11.2} ns{std:>11.2} ns{:>8.2}", workload.name, refcycle / std);
    }
}

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}
