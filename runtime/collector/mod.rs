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
mod counters;
mod disposal;
mod events;
pub(crate) mod generations;
pub(crate) mod pace;
mod stats;
pub(crate) mod walk;

use core::cell::Cell;
use core::ptr::NonNull;
use std::time::{Duration, Instant};

use self::analysis::{Ephemerons, Verdict};
use self::events::{Collecting, Done};
use self::generations::Generations;
use self::pace::Pace;
pub use self::stats::GenerationStats;
use self::stats::Stats;
use self::walk::{Cause, Walks};
use crate::header::{Generation, Header};
use crate::heap::{self, BLOCK_SIZE, Heap, List};

/// The state of a thread's collector.
pub(crate) struct Collector {
    running: Cell<bool>,
    pub(crate) pace: Pace,
    pub(crate) generations: Generations,
    pub(crate) stats: Stats,
    pub(crate) walks: Walks,
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
            walks: Walks::new(),
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
        self.walks.release_memory();
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
    if !may_run_by_itself(heap) {
        return;
    }
    let Collector { pace, walks, generations, .. } = &heap.collector;
    if generations.young_len() < pace.young_limit() {
        walk::pay_for_objects(heap, walks.limits().step);
    } else {
        let promotion = if pace.is_adaptive() { Promotion::Adaptive } else { Promotion::Next };
        match pace.due(heap) {
            Generation::Old if pace.is_adaptive() && all_is_alive(heap) => {
                run(heap, Generation::Middle, promotion);
                pace.all_old_are_alive(heap.tracked_estimate());
            }
            Generation::Old if may_walk(heap) => {
                run(heap, Generation::Middle, promotion);
                begin_walk(heap, Cause::Growth);
            }
            oldest => _ = run(heap, oldest, promotion),
        }
    }
    pace.next_stop(heap);
}

/// Collects because the heap's memory has grown by a factor, whatever it holds.
pub(crate) fn relieve_pressure(heap: &Heap) {
    let Collector { pace, walks, .. } = &heap.collector;
    if may_run_by_itself(heap) && walks.is_active() {
        return walk::pay_for_memory(heap, BLOCK_SIZE);
    }
    if may_run_by_itself(heap) {
        run(heap, Generation::Middle, Promotion::Adaptive);
        if heap.bytes() >= pace.pressure() && !all_is_alive(heap) {
            if may_walk(heap) {
                return begin_walk(heap, Cause::Growth);
            }
            run(heap, Generation::Old, Promotion::Adaptive);
        }
    }
    pace.set_pressure_above(heap.bytes());
}

/// Goes on with the walk over the old generation, for the sake of which memory of dead objects is not given back. May run
/// user code.
pub(crate) fn memory_is_kept(heap: &Heap, bytes: usize) {
    if may_run_by_itself(heap) {
        walk::pay_for_memory(heap, bytes);
    }
}

/// Collects the old generation, or goes on with that, because many old objects have lost a reference.
pub(crate) fn collect_suspects(heap: &Heap) {
    let Collector { pace, walks, .. } = &heap.collector;
    if !may_run_by_itself(heap) {
        return;
    }
    if walks.is_active() {
        walk::pay_for_suspect(heap);
    } else if may_walk(heap) {
        begin_walk(heap, Cause::Suspects);
    } else {
        let outcome = run(heap, Generation::Old, Promotion::Adaptive);
        pace.suspects_collected(outcome.looked_at, outcome.found);
    }
}

/// Is there no garbage for the collector, because no reference was lost that could leave any?
fn all_is_alive(heap: &Heap) -> bool {
    let Collector { pace, ephemerons, has_lent, .. } = &heap.collector;
    let all = !pace.any_suspect() && !has_lent.get() && ephemerons.get() == 0;
    debug_assert!(!all || !generations::any_suspect(heap));
    all
}

/// Are the old objects so many that a walk is due where a collection of all is? What ephemerons keep a walk can't say.
fn may_walk(heap: &Heap) -> bool {
    let Collector { pace, walks, ephemerons, .. } = &heap.collector;
    pace.old_objects() >= walks.limits().least && ephemerons.get() == 0 && !heap.is_closed()
}

fn begin_walk(heap: &Heap, cause: Cause) {
    // Finalizers of a collection just before may have begun one.
    if !heap.collector.walks.is_active() {
        walk::begin(heap, cause);
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
    /// Those whose references were followed.
    examined: usize,
    /// Those that were found dead.
    found: usize,
    /// Those that stayed so after their finalizers.
    collected: usize,
}

fn run(heap: &Heap, oldest: Generation, promotion: Promotion) -> Outcome {
    let collector = &heap.collector;
    if heap.deaths.are_lending() || collector.running.get() {
        return Outcome::default();
    }
    let is_full = oldest == Generation::Old;
    if is_full {
        walk::cancel(heap);
    }
    announced(heap, oldest, Duration::ZERO, || {
        if !is_full && let Some(looked_at) = promote_unsuspected(heap, oldest, promotion) {
            return Outcome { looked_at, ..Outcome::default() };
        }
        let objects = generations::take(heap, oldest);
        if is_full && collector.has_lent.take() {
            // SAFETY: the objects were alive just now, and no code has run since.
            objects.iter().for_each(|object| unsafe { object.as_ref() }.make_suspect());
        }
        collector.pace.collection_begins(oldest);
        let ephemerons = if collector.ephemerons.get() > 0 { Ephemerons::Some } else { Ephemerons::None };
        let looked_at = objects.len();
        let Verdict { dead, alive, examined } = analysis::find_dead(objects, oldest, ephemerons);
        let next = match promotion {
            Promotion::Adaptive if dead.len() * pace::POOR_YIELD < looked_at => Generation::Old,
            _ => generations::next(oldest),
        };
        generations::promote(heap, &alive, next, is_full);
        drop(alive);
        if is_full && dead.is_empty() {
            collector.pace.forget_losses();
        }
        let found = dead.len();
        let collected = if dead.is_empty() { 0 } else { disposal::dispose(heap, dead, next) };
        collector.pace.collection_ended(oldest, promotion, looked_at, found);
        if is_full {
            collector.pace.set_pressure_above(heap.bytes());
        }
        Outcome { looked_at, examined, found, collected }
    })
}

/// The whole of a collection that finds no object which lost a reference, and so no garbage; how many there were.
fn promote_unsuspected(heap: &Heap, oldest: Generation, promotion: Promotion) -> Option<usize> {
    let pace = &heap.collector.pace;
    let to = if promotion == Promotion::Adaptive { Generation::Old } else { generations::next(oldest) };
    let promoted = generations::promote_unsuspected(heap, oldest, to)?;
    pace.collection_begins(oldest);
    pace.collection_ended(oldest, promotion, promoted, 0);
    Some(promoted)
}

/// Does the work of a collection, tells everybody who wants to know, and keeps others from starting meanwhile. Some time
/// may have been spent before.
fn announced(heap: &Heap, oldest: Generation, before: Duration, work: impl FnOnce() -> Outcome) -> Outcome {
    let collector = &heap.collector;
    collector.running.set(true);
    let watched = Collecting::begin(oldest);
    crate::gc::callbacks::call_start(oldest);
    crate::gc::debug::report_start(heap, oldest);
    let start = Instant::now();
    let outcome = work();
    let duration = before + start.elapsed();
    let Outcome { examined: candidates, collected, .. } = outcome;
    collector.stats.add(oldest, collected, candidates, duration);
    crate::gc::debug::report_done(collected, duration);
    crate::gc::callbacks::call_stop(oldest, collected);
    watched.end(&Done { candidates, freed: collected, duration });
    collector.running.set(false);
    outcome
}
