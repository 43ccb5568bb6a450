//! What the command line asks for.

use crate::{catalog, scripts};

pub const HELP: &str = "\
compare [WORKLOAD …] [--only CONTESTANT,…] [--rounds N] [--patience SECONDS] [--quick]
    [--instructions] [--dry]
    --patience      runs that take more processor time are ended; 20 s if not given
    --quick         workloads a twentieth of their size, one round, nothing written
    --instructions  counts instructions too, with valgrind
    --dry           writes no files
compare once WORKLOAD CONTESTANT [DIVISOR] [tally]
    runs one workload in this process; `tally` counts objects
compare scripts [--rounds N] [--quick] [--instructions] [--dry]
    compares scripts with the same programs by hand and in Python, and nothing else
compare script PROGRAM script|by-hand TIMES
    runs one of these programs in this process";

pub enum Command {
    Once(Once),
    Compare(Comparison),
    /// One run of a program in this process.
    Script(Vec<String>),
    Scripts(scripts::Comparison),
}

/// One run in this process.
pub struct Once {
    pub workload: String,
    pub contestant: String,
    pub divisor: u64,
    pub tally: bool,
}

/// Which runs to compare.
pub struct Comparison {
    pub workloads: Vec<String>,
    pub contestants: Vec<&'static str>,
    pub rounds: usize,
    pub divisor: u64,
    /// Seconds of processor time.
    pub patience: u64,
    pub instructions: bool,
    pub write: bool,
}

impl Comparison {
    /// Scripts belong to a whole run.
    pub fn scripts(&self) -> Option<scripts::Comparison> {
        let Comparison { rounds, divisor, instructions, write, .. } = *self;
        write.then_some(scripts::Comparison { rounds, quick: divisor > 1, instructions, write })
    }
}

pub fn read(arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let arguments: Vec<String> = arguments.collect();
    match arguments.split_first() {
        Some((first, rest)) if first == "once" => read_once(rest).map(Command::Once),
        Some((first, rest)) if first == "script" => Ok(Command::Script(rest.to_vec())),
        Some((first, rest)) if first == "scripts" => read_scripts(rest).map(Command::Scripts),
        _ => read_comparison(arguments).map(Command::Compare),
    }
}

fn read_once(arguments: &[String]) -> Result<Once, String> {
    let [workload, contestant, rest @ ..] = arguments else {
        return Err("which workload, and which contestant?".into());
    };
    let divisor = rest.first().map_or(Ok(1), |number| number.parse());
    Ok(Once {
        workload: workload.clone(),
        contestant: contestant.clone(),
        divisor: divisor.map_err(|_| "the divisor is a number".to_owned())?,
        tally: rest.iter().any(|word| word == "tally"),
    })
}

fn read_scripts(arguments: &[String]) -> Result<scripts::Comparison, String> {
    let mut comparison = scripts::Comparison { rounds: 7, quick: false, instructions: false, write: true };
    let mut arguments = arguments.iter().cloned();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => (comparison.quick, comparison.rounds, comparison.write) = (true, 1, false),
            "--instructions" => comparison.instructions = true,
            "--dry" => comparison.write = false,
            "--rounds" => comparison.rounds = number(arguments.next())?,
            _ => return Err(format!("unknown: {argument}")),
        }
    }
    Ok(comparison)
}

fn read_comparison(arguments: Vec<String>) -> Result<Comparison, String> {
    let mut comparison = Comparison {
        workloads: Vec::new(),
        contestants: catalog::CONTESTANTS.to_vec(),
        rounds: 5,
        divisor: 1,
        patience: 20,
        instructions: false,
        write: true,
    };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => (comparison.divisor, comparison.rounds, comparison.write) = (20, 1, false),
            "--instructions" => comparison.instructions = true,
            "--dry" => comparison.write = false,
            "--rounds" => comparison.rounds = number(arguments.next())?,
            "--patience" => comparison.patience = number(arguments.next())? as u64,
            "--only" => {
                let wanted = arguments.next().ok_or("only whom?")?;
                comparison.contestants.retain(|name| *name == "Rc" || wanted.split(',').any(|only| only == *name));
                comparison.write = false;
            }
            name if catalog::WORKLOADS.iter().any(|workload| workload.name == name) => {
                comparison.workloads.push(argument)
            }
            _ => return Err(format!("unknown: {argument}")),
        }
    }
    if comparison.workloads.is_empty() {
        let all = catalog::WORKLOADS.iter().filter(|workload| !workload.only_by_name);
        comparison.workloads.extend(all.map(|workload| workload.name.to_owned()));
    } else {
        comparison.write = false;
    }
    Ok(comparison)
}

fn number(argument: Option<String>) -> Result<usize, String> {
    let number = argument.and_then(|argument| argument.parse().ok());
    number.filter(|&number| number > 0).ok_or_else(|| "a number above zero is missing".to_owned())
}
