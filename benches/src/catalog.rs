//! The contestants and the workloads, by name.

/// The measure of all.
pub const RC: &str = "Rc";
/// The crate's own.
pub const OURS: &str = "refcycle";
/// Those that show what is possible without sharing, or without dropping.
pub const LIMITS: [&str; 2] = ["Box", "bumpalo"];

pub const CONTESTANTS: [&str; 11] =
    [OURS, RC, LIMITS[0], LIMITS[1], "dumpster", "rust-cc", "gc", "gc-arena", "bacon_rajan_cc", "gcmodule", "boa_gc"];

/// Something to measure.
pub struct Workload {
    pub name: &'static str,
    pub title: &'static str,
    /// Titles of the parts that are timed, by their names; none for a workload with one.
    pub phases: &'static [(&'static str, &'static str)],
    /// Is it acyclic, so that it says something about counting alone?
    pub micro: bool,
    pub only_by_name: bool,
}

impl Workload {
    const fn new(name: &'static str, title: &'static str, phases: &'static [(&'static str, &'static str)]) -> Self {
        Workload { name, title, phases, micro: false, only_by_name: false }
    }

    const fn micro(name: &'static str, title: &'static str) -> Self {
        Workload { micro: true, ..Workload::new(name, title, ONE) }
    }

    const fn only_by_name(self) -> Self {
        Workload { only_by_name: true, ..self }
    }

    /// The title of a row of the table.
    pub fn row(&self, phase: &str) -> String {
        if phase.is_empty() { self.title.to_owned() } else { format!("{}: {phase}", self.title) }
    }
}

/// The loop; a collection that finds nothing; the end of all.
const LIVE: &[(&str, &str)] = &[("churn", "churn"), ("collect", "collect"), ("end", "end")];
const ONE: &[(&str, &str)] = &[("", "")];

pub const WORKLOADS: &[Workload] = &[
    Workload::micro("leaf", "allocate and drop a leaf"),
    Workload::micro("pair", "allocate and drop a pair"),
    Workload::micro("clone-leaf", "clone and drop a leaf"),
    Workload::micro("clone-node", "clone and drop a node"),
    Workload::new("trees", "binary trees", ONE),
    Workload::new("parents", "binary trees with parents", ONE),
    Workload::new("gcbench", "GCBench", ONE),
    Workload::new("list", "list of a million", &[("build", "build"), ("drop", "drop")]),
    Workload::new("ring", "ring of a million", &[("build", "build"), ("collect", "collect")]),
    Workload::new("edges", "random edges in a graph", ONE),
    Workload::new("cycles", "small cycles", ONE),
    Workload::new("live", "small cycles, a million live", LIVE),
    Workload::new("live-hub", "the same, all with a hub", LIVE),
    Workload::new("pauses", "small and old cycles, a million live", ONE),
    Workload::new("pauses-large", "small and old cycles, ten million live", ONE).only_by_name(),
    Workload::new("traverse", "traverse", &[("borrowed", "borrowed"), ("counted", "counted")]),
];

pub fn workload(name: &str) -> &'static Workload {
    WORKLOADS.iter().find(|workload| workload.name == name).expect("options accept the names of workloads only")
}
