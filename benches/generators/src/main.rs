//! Measures generators beside a hand-written iterator and genawaiter, erased and boxed alike, and prints nanoseconds an
//! item (medians).
//!
//! `cargo run --release` in this folder.

mod programs;

use std::hint::black_box;
use std::time::Duration;

/// Rounds of each contestant; the median counts.
const ROUNDS: usize = 15;

fn main() {
    println!("{:<24}{:>12}{:>14}{:>14}", "", "refcycle", "by hand", "genawaiter");
    let count = 2_000_000;
    row(
        "count",
        count,
        [&|| sum(programs::refcycle::count(count)), &|| sum(programs::by_hand::count(count)), &|| {
            sum(programs::genawaiter::count(count))
        }],
    );
    row(
        "count with a local",
        count,
        [&|| sum(programs::refcycle::count_with_local(count)), &|| sum(programs::by_hand::count(count)), &|| {
            sum(programs::genawaiter::count(count))
        }],
    );
    row(
        "pipeline of three",
        count,
        [&|| sum(programs::refcycle::pipeline(count)), &|| sum(programs::by_hand::pipeline(count)), &|| {
            sum(programs::genawaiter::pipeline(count))
        }],
    );
    let tree = programs::tree(20);
    let nodes = (1 << 20) - 1;
    row(
        "tree of height 20",
        nodes,
        [&|| sum(programs::refcycle::walk(tree.clone())), &|| sum(programs::by_hand::walk(tree.clone())), &|| {
            sum(programs::genawaiter::walk(tree.clone()))
        }],
    );
    for depth in [1, 10, 100, 1000] {
        let count = 1_000_000;
        row(
            &format!("yield from, {depth} deep"),
            count,
            [&|| sum(programs::refcycle::deep(depth, count)), &|| sum(programs::by_hand::count(count)), &|| {
                if depth > 10 { 0 } else { sum(programs::genawaiter::deep(depth, count)) }
            }],
        );
    }
    let count = 500_000;
    row(
        "make, one item, drop",
        count,
        [
            &|| (0..count).map(|i| sum(programs::refcycle::count(black_box(i & 1)))).sum(),
            &|| (0..count).map(|i| sum(programs::by_hand::count(black_box(i & 1)))).sum(),
            &|| (0..count).map(|i| sum(programs::genawaiter::count(black_box(i & 1)))).sum(),
        ],
    );
}

fn sum(items: impl Iterator<Item = u64>) -> u64 {
    let mut sum = 0;
    for item in items {
        sum += item;
    }
    sum
}

fn row(name: &str, items: u64, contestants: [&dyn Fn() -> u64; 3]) {
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (times, run) in times.iter_mut().zip(contestants) {
            let start = processor_time();
            black_box(run());
            times.push(processor_time() - start);
        }
    }
    let [refcycle, by_hand, genawaiter] = times.map(|mut times| {
        times.sort_unstable();
        times[ROUNDS / 2].as_secs_f64() * 1e9 / items as f64
    });
    println!("{name:<24}{refcycle:>9.2} ns{by_hand:>11.2} ns{genawaiter:>11.2} ns");
}

/// The processor time of this thread: also meaningful where the machine does other work.
fn processor_time() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is valid.
    let result = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    assert_eq!(result, 0);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
