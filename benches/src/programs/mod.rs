//! Every workload for every contestant. This folder is compiled twice, with two kinds of payload; see [`crate::payload`].

mod bacon_rajan;
mod boa;
mod boxed;
mod bump;
mod dumpster;
mod gc;
mod gc_arena;
mod gcmodule;
mod rc;
mod refcycle;
mod rust_cc;
mod shared;

use super::{Payload, Token};
use crate::watch::Watch;

/// A workload for one contestant.
pub type Program = fn(&Watch);

/// The program of a workload for a contestant; `None` if the contestant can't have one.
pub fn find(workload: &str, contestant: &str) -> Option<Program> {
    match contestant {
        "refcycle" => shared::program::<refcycle::Refcycle>(workload),
        "Rc" => rc::program(workload),
        "Box" => boxed::program(workload),
        "bumpalo" => bump::program(workload),
        "dumpster" => shared::program::<dumpster::Dumpster>(workload),
        "rust-cc" => shared::program::<rust_cc::RustCc>(workload),
        "gc" => shared::program::<gc::Gc>(workload),
        "gc-arena" => gc_arena::program(workload),
        "bacon_rajan_cc" => shared::program::<bacon_rajan::BaconRajan>(workload),
        "gcmodule" => shared::program::<gcmodule::Gcmodule>(workload),
        "boa_gc" => shared::program::<boa::Boa>(workload),
        _ => None,
    }
}

/// Numbers that look random, the same for all (Marsaglia's xorshift).
struct Random(u64);

impl Random {
    const fn new() -> Self {
        Random(0x9E37_79B9_7F4A_7C15)
    }

    /// A number below `end`.
    #[inline]
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((u128::from(self.0) * end as u128) >> 64) as usize
    }
}
