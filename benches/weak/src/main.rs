//! What weak references, maps and sets cost, in instructions for each of 1,000, 10,000 and 100,000: linear costs stay the
//! same in a row. Counted by valgrind's callgrind, as the difference to a run that does everything but the last step.
//!
//! `cargo run --release` in this folder.

mod programs;

use std::process::{Command, Stdio};

use programs::{PROGRAMS, Program};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => compare(),
        [name, size, step] => once(name, size, step),
        _ => eprintln!("no arguments, or a program's name, its size, and `last` or `before`"),
    }
}

/// Prints the table.
fn compare() {
    let heads: String = SIZES.iter().map(|size| format!("{size:>10}")).collect();
    println!("{:<52}{heads}", "instructions for each of");
    for program in PROGRAMS {
        print!("{:<52}", program.name);
        for size in SIZES {
            let [before, last] = ["before", "last"].map(|step| instructions(program, size, step));
            match (before, last) {
                (Some(before), Some(last)) => print!("{:>10.0}", last.saturating_sub(before) as f64 / size as f64),
                _ => print!("{:>10}", "?"),
            }
        }
        println!();
    }
}

/// Instructions of a run in a process of its own.
fn instructions(program: &Program, size: usize, step: &str) -> Option<u64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(std::env::current_exe().ok()?);
    let output = command.args([program.name, &size.to_string(), step]).stdin(Stdio::null()).output().ok()?;
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    errors.lines().find_map(|line| line.split_once("Collected : "))?.1.trim().parse().ok()
}

/// One run. What it leaves is not torn down.
fn once(name: &str, size: &str, step: &str) {
    let program = PROGRAMS.iter().find(|program| program.name == name).expect("a program of this name");
    let last = (program.prepare)(size.parse().expect("a number"));
    if step == "last" {
        last();
    }
    // What the end of the thread would do is not counted.
    // SAFETY: it never returns, and nobody waits for what it skips.
    unsafe { libc::_exit(0) }
}
