//! Random programs against a plain model of reachability.
//!
//! Nothing that can be reached is finalized or dropped; nothing dead survives a full collection that runs no finalizer;
//! each finalizer runs once, and exactly once for the dead; weak references and their callbacks agree with the model; the
//! count of each object is its in-degree; `get_objects` shows each object once.
//!
//! `cargo test` runs programs for a few seconds, or for `REFCYCLE_FUZZ_SECONDS`. Programs are numbered by their seeds,
//! beginning with `REFCYCLE_FUZZ_SEED` or 0; a failure prints the seed and a minimised program.

mod objects;
mod program;
mod run;
mod world;

use std::time::{Duration, Instant};

use crate::support::setting;

#[test]
fn random_programs_agree_with_the_model() {
    let seconds = setting("REFCYCLE_FUZZ_SECONDS", 3);
    let first = setting("REFCYCLE_FUZZ_SEED", 0);
    let start = Instant::now();
    let mut programs = 0;
    while programs == 0 || start.elapsed() < Duration::from_secs(seconds) {
        check(first + programs);
        programs += 1;
    }
    println!("{programs} programs, seeds {first} to {}", first + programs - 1);
}

fn check(seed: u64) {
    let ops = program::random(seed);
    let Err(message) = run::run(&ops) else { return };
    let shortest = program::minimise(ops, |ops| run::run(ops).is_err());
    let again = run::run(&shortest).expect_err("a minimised program fails");
    panic!("seed {seed}: {message}\nminimised: {again}\n{shortest:#?}");
}
