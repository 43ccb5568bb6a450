//! What is measured, and who takes part.

use crate::programs::{self, Run};

/// A program that goes over items.
pub struct Program {
    pub name: &'static str,
    pub title: &'static str,
    /// What the fast contestants go over, and the slow ones, by their size: so many items, or the height of a tree.
    pub size: i64,
    pub slow_size: i64,
}

impl Program {
    const fn new(name: &'static str, title: &'static str, size: i64, slow_size: i64) -> Program {
        Program { name, title, size, slow_size }
    }

    pub fn is_tree(&self) -> bool {
        self.name == "tree"
    }

    pub fn items(&self, size: i64) -> i64 {
        if self.is_tree() { (1 << size) - 1 } else { size }
    }
}

pub const PROGRAMS: &[Program] = &[
    Program::new("count", "count", 5_000_000, 1_000_000),
    Program::new("fibonacci", "Fibonacci numbers", 5_000_000, 1_000_000),
    Program::new("pipeline", "pipeline of four stages", 2_000_000, 500_000),
    Program::new("accumulate", "send and accumulate", 5_000_000, 1_000_000),
    Program::new("tree", "tree of height 20, recursively", 20, 20),
    Program::new("deep1", "`yield from`, 1 deep", 5_000_000, 1_000_000),
    Program::new("deep10", "`yield from`, 10 deep", 5_000_000, 200_000),
    Program::new("deep100", "`yield from`, 100 deep", 5_000_000, 20_000),
    Program::new("deep1000", "`yield from`, 1000 deep", 5_000_000, 5_000),
    Program::new("make", "make one, take its item", 1_000_000, 300_000),
];

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Contestant {
    Script,
    Written,
    ByHand,
    Genawaiter,
    CPython,
}

impl Contestant {
    pub const ALL: [Contestant; 5] = {
        use Contestant::*;
        [Script, Written, ByHand, Genawaiter, CPython]
    };

    pub fn name(self) -> &'static str {
        match self {
            Contestant::Script => "script",
            Contestant::Written => "generator!",
            Contestant::ByHand => "by-hand",
            Contestant::Genawaiter => "genawaiter",
            Contestant::CPython => "cpython",
        }
    }

    pub fn is_slow(self) -> bool {
        matches!(self, Contestant::Genawaiter | Contestant::CPython)
    }

    /// The program in this process.
    pub fn prepared(self, program: &str, size: i64) -> Option<Run> {
        match self {
            Contestant::Script => Some(programs::script::prepared(program, size)),
            Contestant::Written => Some(programs::written::prepared(program, size)),
            Contestant::ByHand => Some(programs::by_hand::prepared(program, size)),
            Contestant::Genawaiter => Some(programs::genawaiter::prepared(program, size)),
            Contestant::CPython => None,
        }
    }
}
