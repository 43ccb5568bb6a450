//! Well-known programs, each as a script, by hand with `#[managed]` types, and in Python: what a script costs.
//!
//! Each folder has the three; `run(times)` of each does the same work and gives the same number.

mod compare;
mod once;
mod table;

pub use compare::{Comparison, Results, run};
pub use once::run_once;
pub use table::write;

use refcycle::builtins::Exception;

/// A program and how often it is run at a time.
pub struct Program {
    pub name: &'static str,
    pub title: &'static str,
    script: fn(i64) -> i64,
    by_hand: fn(i64) -> i64,
    /// Enough for a tenth of a second or so, in Rust and in CPython.
    times: u32,
    python_times: u32,
}

/// What `run` of a script gives.
trait Answer {
    fn number(self) -> i64;
}

impl Answer for i64 {
    fn number(self) -> i64 {
        self
    }
}

impl Answer for Result<i64, Exception> {
    fn number(self) -> i64 {
        self.unwrap_or_else(|exception| panic!("{exception}"))
    }
}

macro_rules! programs {
    ($($name:ident $title:literal $times:literal $python_times:literal;)+) => {
        $(mod $name {
            pub mod by_hand;
            pub mod script;
        })+

        pub const PROGRAMS: &[Program] = &[$(Program {
            name: stringify!($name),
            title: $title,
            script: |times| $name::script::run(times).number(),
            by_hand: |times| $name::by_hand::run(times).number(),
            times: $times,
            python_times: $python_times,
        }),+];
    };
}

programs! {
    richards "Richards" 60 4;
    deltablue "DeltaBlue" 400 8;
    queens "eight queens" 600 6;
    bodies "n-body" 300 6;
    json "JSON parser" 50 5;
    trees "binary trees" 12 1;
    gcbench "GCBench" 40 2;
    numbers "numbers" 1500 15;
}

/// Who runs the programs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Contestant {
    Script,
    ByHand,
    CPython,
}

impl Contestant {
    const ALL: [Contestant; 3] = [Contestant::Script, Contestant::ByHand, Contestant::CPython];

    fn name(self) -> &'static str {
        match self {
            Contestant::Script => "script",
            Contestant::ByHand => "by-hand",
            Contestant::CPython => "cpython",
        }
    }
}
