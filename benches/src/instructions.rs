//! Instructions for each operation of the smallest workloads, counted by valgrind's callgrind: the difference between a
//! run and one twice as long, so that what happens once does not count.

use std::process::{Command, Stdio};

use crate::catalog;
use crate::options::Comparison;
use crate::watch::Told;

/// Instructions of one operation.
pub struct Count {
    pub workload: &'static str,
    pub contestant: &'static str,
    pub instructions: f64,
}

const DIVISORS: [u64; 2] = [40, 20];

pub fn count(comparison: &Comparison) -> Vec<Count> {
    let wanted = |name: &str| comparison.workloads.iter().any(|workload| workload == name);
    let micro = catalog::WORKLOADS.iter().filter(|workload| workload.micro && wanted(workload.name));
    let pairs = micro.flat_map(|workload| comparison.contestants.iter().map(move |&contestant| (workload, contestant)));
    let exists = |workload: &str, contestant: &str| crate::plain::programs::find(workload, contestant).is_some();
    let counted = pairs.filter(|(workload, contestant)| exists(workload.name, contestant)).filter_map(|pair| {
        let (workload, contestant) = (pair.0.name, pair.1);
        let [short, long] = DIVISORS.map(|divisor| run(workload, contestant, divisor));
        let ((few, less), (many, more)) = (short?, long?);
        Some(Count { workload, contestant, instructions: (more - less) / (many - few) })
    });
    counted.collect()
}

/// Operations and instructions of one run.
fn run(workload: &str, contestant: &str, divisor: u64) -> Option<(f64, f64)> {
    let program = std::env::current_exe().ok()?;
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
    command.args(["once", workload, contestant, &divisor.to_string()]);
    let output = command.stdin(Stdio::null()).output().ok()?;
    let operations = Told::read(&String::from_utf8_lossy(&output.stdout))?.operations;
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let total = errors.lines().find_map(|line| line.split_once("Collected : "))?.1.trim().parse().ok()?;
    Some((operations, total))
}
