//! The cycle collector: finds the objects that only refer to each other, finalizes and frees them.
//!
//! CPython's algorithm (Neil Schemenauer's, a form of trial deletion; Jones, Hosking, Moss, *The Garbage Collection
//! Handbook*, 2nd ed., section 5.6): count the references that come from within a set of objects; those with other
//! references are alive, and so is all that they reach; the rest is dead. PEP 442 says what happens to the dead.
//!
//! What is looked at is kept small by generations and by one bit: no cycle becomes garbage unless a reference to a member
//! is dropped while others remain (see [`pace::suspect`]), so the set is what can be reached from such objects, unless
//! they are many. The bits are cleared only by a collection of everything, since only that is exact for old cycles.

pub(crate) mod analysis;
mod disposal;
mod events;
pub(crate) mod generations;
pub(crate) mod pace;
mod stats;

use core::cell::Cell;
use core::ptr::NonNull;
use std::time::Instant;

use self::analysis::{Ephemerons, Verdict};
use self::events::{Collecting, Done};
use self::generations::Generations;
use self::pace::Pace;
pub use self::stats::GenerationStats;
use self::stats::Stats;
use crate::header::{Generation, Header};
use crate::heap::{self, Heap, List};

/// The state of a thread's collector.
pub(crate) struct Collector {
    running: Cell<bool>,
    pub(crate) pace: Pace,
    pub(crate) generations: Generations,
    pub(crate) stats: Stats,
    /// Slots of objects that died during the collection that found them dead, freed at its end.
    kept_slots: List<NonNull<Header>>,
    /// Orders the creations of objects with a `__del__` and of weak entries.
    ordinal: Cell<u64>,
    /// Keep what is found instead of freeing it?
    save_all: Cell<bool>,
    /// Live weak maps whose values may refer to something.
    ephemerons: Cell<usize>,
    /// Functions that `finalize` has promised to call.
    pub(crate) pending: crate::weak::Pending,
    /// Has there been a `Hold` since the last full collection?
    has_lent: Cell<bool>,
    /// Has tracing met a part that is an object to the user?
    has_inline_objects: Cell<bool>,
}

impl Collector {
    pub(crate) const fn new() -> Self {
        Collector {
            running: Cell::new(false),
            pace: Pace::new(),
            generations: Generations::new(),
            stats: Stats::new(),
            kept_slots: List::new(),
            ordinal: Cell::new(0),
            save_all: Cell::new(false),
            ephemerons: Cell::new(0),
            pending: crate::weak::Pending::new(),
            has_lent: Cell::new(false),
            has_inline_objects: Cell::new(false),
        }
    }

    #[inline]
    pub(crate) fn next_ordinal(&self) -> u64 {
        let ordinal = self.ordinal.get();
        self.ordinal.set(ordinal + 1);
        ordinal
    }

    /// Frees the slot of a dead object whose value was dropped, once the collection has ended.
    pub(crate) fn keep_slot(&self, header: NonNull<Header>) {
        self.kept_slots.push(header);
    }

    pub(crate) fn is_running(&self) -> bool {
        self.running.get()
    }

    pub(crate) fn set_save_all(&self, save_all: bool) {
        self.save_all.set(save_all);
    }

    /// Notes that there is one more ephemeron map.
    pub(crate) fn add_ephemerons(&self) {
        self.ephemerons.set(self.ephemerons.get() + 1);
    }

    /// Notes that there is one ephemeron map less.
    pub(crate) fn remove_ephemerons(&self) {
        self.ephemerons.set(self.ephemerons.get() - 1);
    }

    /// What is lent without a count may be reached while its only reference moves into it: a cycle that became garbage
    /// though no reference was dropped. So the next full collection looks at everything.
    pub(crate) fn note_lending(&self) {
        self.has_lent.set(true);
    }

    pub(crate) fn note_inline_object(&self) {
        self.has_inline_objects.set(true);
    }

    pub(crate) fn release_memory(&self) {
        self.generations.release_memory();
        self.pending.release_memory();
        drop(self.kept_slots.take());
    }
}

/// Where survivors go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Promotion {
    /// To the next generation, as in CPython.
    Next,
    /// To the old one, if young collections find too little to be worth looking twice.
    Adaptive,
}

/// Collects a generation and all younger ones; the number of objects that were found dead and stayed so. Returns 0
/// without looking if a collection is running already.
pub(crate) fn collect(oldest: Generation) -> usize {
    heap::with(|heap| run(heap, oldest, Promotion::Next)).collected
}

/// Collects what is due, before an object is listed.
#[cold]
#[inline(never)]
pub(crate) fn collect_if_due(heap: &Heap) {
    let collector = &heap.collector;
    if !may_run_by_itself(heap) {
        return;
    }
    let oldest = collector.pace.due(heap);
    let promotion = if collector.pace.is_adaptive() { Promotion::Adaptive } else { Promotion::Next };
    run(heap, oldest, promotion);
}

/// Collects because the heap's memory has grown by a factor, whatever it holds.
pub(crate) fn relieve_pressure(heap: &Heap) {
    let collector = &heap.collector;
    if may_run_by_itself(heap) {
        run(heap, Generation::Middle, Promotion::Adaptive);
        if heap.bytes() >= collector.pace.pressure() {
            run(heap, Generation::Old, Promotion::Adaptive);
        }
    }
    collector.pace.set_pressure_above(heap.bytes());
}

/// Collects everything because many old objects have lost a reference.
pub(crate) fn collect_suspects(heap: &Heap) {
    if may_run_by_itself(heap) {
        let outcome = run(heap, Generation::Old, Promotion::Adaptive);
        heap.collector.pace.suspects_collected(outcome.looked_at, outcome.found);
    }
}

fn may_run_by_itself(heap: &Heap) -> bool {
    heap.collector.pace.is_enabled() && !heap.collector.is_running() && !heap.deaths.are_held()
}

/// Ends every cycle of this thread that nothing keeps: collects until a collection finds nothing, or `__del__` methods keep
/// making new garbage.
pub(crate) fn collect_all() {
    const ROUNDS: usize = 10;
    for _ in 0..ROUNDS {
        if heap::with(|heap| run(heap, Generation::Old, Promotion::Next)).found == 0 {
            break;
        }
    }
}

/// What a collection did.
#[derive(Default)]
struct Outcome {
    /// The objects of the generations that were collected.
    looked_at: usize,
    /// Those of them that were found dead.
    found: usize,
    /// Those that stayed so after their finalizers.
    collected: usize,
}

fn run(heap: &Heap, oldest: Generation, promotion: Promotion) -> Outcome {
    let collector = &heap.collector;
    if heap.deaths.are_lending() || collector.running.replace(true) {
        return Outcome::default();
    }
    let watched = Collecting::begin(oldest);
    crate::gc::callbacks::call_start(oldest);
    crate::gc::debug::report_start(heap, oldest);
    let start = Instant::now();
    let objects = generations::take(heap, oldest);
    if oldest == Generation::Old && collector.has_lent.take() {
        // SAFETY: the objects were alive just now, and no code has run since.
        objects.iter().for_each(|object| unsafe { object.as_ref() }.make_suspect());
    }
    collector.pace.collection_begins(oldest);
    let ephemerons = if collector.ephemerons.get() > 0 { Ephemerons::Some } else { Ephemerons::None };
    let looked_at = objects.len();
    let Verdict { dead, alive, examined } = analysis::find_dead(objects, oldest, ephemerons);
    let is_full = oldest == Generation::Old;
    let next = match promotion {
        Promotion::Adaptive if dead.len() * pace::POOR_YIELD < looked_at => Generation::Old,
        _ => generations::next(oldest),
    };
    generations::promote(heap, &alive, next, is_full);
    drop(alive);
    let found = dead.len();
    let collected = if dead.is_empty() { 0 } else { disposal::dispose(heap, dead, next) };
    collector.pace.collection_ended(oldest, promotion, looked_at, found);
    if is_full {
        collector.pace.set_pressure_above(heap.bytes());
    }
    let duration = start.elapsed();
    collector.stats.add(oldest, collected, examined, duration);
    crate::gc::debug::report_done(collected, duration);
    crate::gc::callbacks::call_stop(oldest, collected);
    watched.end(&Done { candidates: examined, freed: collected, duration });
    collector.running.set(false);
    Outcome { looked_at, found, collected }
}
