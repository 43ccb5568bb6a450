//! When to collect what.
//!
//! Four things start a collection, so that garbage stays below a factor of the live heap whatever a program does:
//! - the young list is full (it grows while young collections find little, and shrinks when they find much);
//! - enough objects were promoted since the last full collection, in proportion to those that it left;
//! - enough old objects lost a reference while others remained, even if nothing is allocated;
//! - the heap's memory has doubled, even if nothing that the collector knows was allocated.
//!
//! After `gc::set_threshold` the thresholds have CPython's fixed meaning instead of the first two.

use core::cell::Cell;
use core::ptr::NonNull;

use super::Promotion;
use crate::header::{BORROWED, DECREMENTED, Generation, Header, Mark};
use crate::heap::{self, Heap};

/// CPython's thresholds; the first is also the size of the young list at first.
const DEFAULT_THRESHOLDS: [usize; 3] = [700, 10, 10];
/// The young list shrinks to this many objects: a collection of so few is no longer pause than a slice of a walk.
const MIN_YOUNG: usize = 256;
/// The young list grows to this many objects: about as many as stay in a second-level cache.
const MAX_YOUNG: usize = 16_384;
/// A collection that finds less than one in this many objects dead was not worth its while.
pub(super) const POOR_YIELD: usize = 16;
/// A collection that finds more than one in this many objects dead should have come sooner.
const RICH_YIELD: usize = 2;
/// Fewer promoted objects never start a full collection.
const MIN_PROMOTED: usize = 8_192;
/// Fewer suspects never start a full collection.
const MIN_SUSPECTS: usize = 1_024;
/// The bounds of the share of suspects: from one in 256 objects to all but one in 256. (A program that only rewrites edges
/// makes suspects of all objects soon, and no garbage.)
const SMALLEST_SHARE: i32 = 8;
const LARGEST_SHARE: i32 = -6;
/// Less memory never starts a collection.
const MIN_PRESSURE: usize = 8 << 20;

/// When the last reference was lost that could have left garbage.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loss {
    Never,
    /// Before the walk that is under way, if there is one, began.
    BeforeWalk,
    Now,
}

/// What decides when to collect.
pub(crate) struct Pace {
    enabled: Cell<bool>,
    thresholds: Cell<[usize; 3]>,
    /// No until thresholds are set by hand.
    is_fixed: Cell<bool>,
    young_limit: Cell<usize>,
    /// The number of listed young slots at which there is something to do: collect, or go on with a walk.
    stop: Cell<usize>,
    /// Collections of the young generation since one of the middle, and of the middle since a full one.
    counts: Cell<[usize; 2]>,
    /// Objects that the last full collection left.
    old: Cell<usize>,
    /// Objects that became old since.
    promoted: Cell<usize>,
    /// By how many percent the old generation grows before it is collected.
    growth: Cell<usize>,
    /// Middle and old objects that lost a reference since the last full collection, while others remained.
    suspects: Cell<usize>,
    /// When objects may have lost a reference while others remained and have not been proved alive since.
    last_loss: Cell<Loss>,
    /// How large a share of the old objects may become suspect before all are collected; see [`share_of`].
    suspect_share: Cell<i32>,
    /// Bytes in use at which to collect.
    pressure: Cell<usize>,
}

impl Pace {
    pub(super) const fn new() -> Self {
        Pace {
            enabled: Cell::new(true),
            thresholds: Cell::new(DEFAULT_THRESHOLDS),
            is_fixed: Cell::new(false),
            young_limit: Cell::new(DEFAULT_THRESHOLDS[0]),
            stop: Cell::new(DEFAULT_THRESHOLDS[0]),
            counts: Cell::new([0; 2]),
            old: Cell::new(0),
            promoted: Cell::new(0),
            growth: Cell::new(100),
            suspects: Cell::new(0),
            last_loss: Cell::new(Loss::Never),
            suspect_share: Cell::new(6),
            pressure: Cell::new(MIN_PRESSURE),
        }
    }

    /// The number of listed young slots at which to collect.
    #[inline]
    pub(super) fn young_limit(&self) -> usize {
        self.young_limit.get()
    }

    /// The number of listed young slots at which there is something to do.
    #[inline]
    pub(super) fn stop(&self) -> usize {
        self.stop.get()
    }

    /// Sets when there is something to do next.
    pub(super) fn next_stop(&self, heap: &Heap) {
        let walks = &heap.collector.walks;
        let listed = heap.collector.generations.young_len();
        let next = if walks.is_active() { listed + walks.limits().step } else { usize::MAX };
        self.stop.set(self.young_limit.get().min(next));
    }

    /// Old objects, as far as is known without asking the heap.
    pub(super) fn old_objects(&self) -> usize {
        self.old.get() + self.promoted.get()
    }

    /// Bytes in use at which to collect.
    #[inline]
    pub(crate) fn pressure(&self) -> usize {
        self.pressure.get()
    }

    pub(super) fn set_pressure_above(&self, bytes: usize) {
        self.pressure.set((bytes * 2).max(MIN_PRESSURE));
    }

    /// Are automatic collections on? CPython's first threshold of 0 turns them off as well.
    pub(crate) fn is_enabled(&self) -> bool {
        self.enabled.get() && self.thresholds.get()[0] > 0
    }

    pub(crate) fn enabled(&self) -> bool {
        self.enabled.get()
    }

    pub(crate) fn set_enabled(&self, enabled: bool) {
        self.enabled.set(enabled);
    }

    pub(crate) fn thresholds(&self) -> [usize; 3] {
        self.thresholds.get()
    }

    pub(crate) fn set_thresholds(&self, thresholds: [usize; 3]) {
        self.thresholds.set(thresholds);
        self.is_fixed.set(true);
        self.young_limit.set(thresholds[0].saturating_add(1));
        self.stop.set(self.young_limit.get());
    }

    pub(super) fn is_adaptive(&self) -> bool {
        !self.is_fixed.get()
    }

    pub(crate) fn counts(&self) -> [usize; 2] {
        self.counts.get()
    }

    /// The oldest generation that is due, given that the young one is; not the old one while that is walked over.
    pub(super) fn due(&self, heap: &Heap) -> Generation {
        let [young, middle] = self.counts.get();
        let [_, young_limit, middle_limit] = self.thresholds.get();
        let may_be_old = !heap.collector.walks.is_active() && (self.is_adaptive() || middle > middle_limit);
        if may_be_old && self.old_has_grown(heap) {
            return Generation::Old;
        }
        if young > young_limit { Generation::Middle } else { Generation::Young }
    }

    /// Has the old generation grown by its share? Asks the heap only if enough was promoted, since promoted objects may
    /// have died by count.
    fn old_has_grown(&self, heap: &Heap) -> bool {
        let old = self.old.get();
        let (share, least) = if self.is_adaptive() { (self.growth.get(), MIN_PROMOTED) } else { (25, 0) };
        let limit = (old / 100 * share).max(least);
        if self.promoted.get() <= limit {
            return false;
        }
        let grown = heap.tracked_estimate().saturating_sub(old);
        self.promoted.set(self.promoted.get().min(grown));
        grown > limit
    }

    /// Notes that `count` objects have become old, or, in a full collection, are the old ones.
    pub(super) fn promoted(&self, count: usize, is_full: bool) {
        if is_full {
            self.old.set(count);
            self.promoted.set(0);
        } else {
            self.promoted.set(self.promoted.get() + count);
        }
    }

    /// May an object have lost a reference, while others remained, since it was last proved alive? Without one there is no
    /// garbage but what ephemerons and lent references make.
    #[inline]
    pub(super) fn any_suspect(&self) -> bool {
        self.last_loss.get() != Loss::Never
    }

    /// Notes that there is such an object.
    #[inline]
    pub(super) fn note_loss(&self) {
        self.last_loss.set(Loss::Now);
    }

    /// A full collection has proved that all objects are alive.
    pub(super) fn forget_losses(&self) {
        self.last_loss.set(Loss::Never);
    }

    /// A walk begins to note what has lost a reference.
    pub(super) fn walk_begins(&self) {
        if self.last_loss.get() == Loss::Now {
            self.last_loss.set(Loss::BeforeWalk);
        }
    }

    /// The walk found no such object.
    pub(super) fn walk_noted_none(&self) {
        if self.last_loss.get() == Loss::BeforeWalk {
            self.forget_losses();
        }
    }

    /// Notes that all of so many old objects are alive.
    pub(super) fn all_old_are_alive(&self, count: usize) {
        self.promoted(count, true);
        self.growth.set(100);
    }

    /// Notes that a walk begins to look at so many old objects, and at all that lost a reference until now.
    pub(super) fn walk_noted(&self, objects: usize) {
        self.promoted(objects, true);
        self.suspects.set(0);
    }

    /// Learns from what a walk found among the objects that it noted.
    pub(super) fn walk_ended(&self, objects: usize, found: usize) {
        self.old.set(self.old.get().saturating_sub(found));
        self.collection_ended(Generation::Old, Promotion::Adaptive, objects, found);
    }

    pub(super) fn collection_begins(&self, oldest: Generation) {
        let [young, middle] = self.counts.get();
        self.counts.set(match oldest {
            Generation::Young => [young + 1, middle],
            Generation::Middle => [0, middle + 1],
            _ => [0, 0],
        });
        if oldest == Generation::Old {
            self.suspects.set(0);
        }
    }

    /// Learns from what a collection that started by itself found.
    pub(super) fn collection_ended(&self, oldest: Generation, promotion: Promotion, looked_at: usize, found: usize) {
        if promotion != Promotion::Adaptive || self.is_fixed.get() {
            return;
        }
        let poor = found * POOR_YIELD < looked_at;
        let rich = found * RICH_YIELD > looked_at;
        if oldest == Generation::Old {
            self.growth.set(if poor {
                100
            } else if rich {
                25
            } else {
                50
            });
        } else if poor {
            self.young_limit.set((self.young_limit.get() * 2).min(MAX_YOUNG));
        } else if rich {
            self.young_limit.set((self.young_limit.get() / 2).max(MIN_YOUNG));
        }
    }

    /// Learns from what a collection found that suspects have started.
    pub(super) fn suspects_collected(&self, looked_at: usize, found: usize) {
        let share = self.suspect_share.get();
        let share = if found * POOR_YIELD < looked_at {
            share - 2
        } else if found * RICH_YIELD > looked_at {
            share + 1
        } else {
            share
        };
        self.suspect_share.set(share.clamp(LARGEST_SHARE, SMALLEST_SHARE));
    }

    /// Notes one more suspect that is not young; are they enough to collect?
    fn suspects_suffice(&self, heap: &Heap) -> bool {
        let suspects = self.suspects.get() + 1;
        self.suspects.set(suspects);
        if suspects.is_multiple_of(MIN_SUSPECTS) {
            // Old objects may have died by count since they were counted.
            self.old.set(self.old.get().min(heap.tracked_estimate()));
        }
        suspects >= self.enough_suspects()
    }

    /// So many suspects start a collection of the old objects.
    pub(super) fn enough_suspects(&self) -> usize {
        share_of(self.old_objects(), self.suspect_share.get()).max(MIN_SUSPECTS)
    }
}

/// One in two to the power of `share` of the objects if it is positive; else all but one in two to the power of
/// `2 - share`.
fn share_of(objects: usize, share: i32) -> usize {
    let part = |power: u32| objects >> power;
    if share > 0 { part(share.unsigned_abs()) } else { objects - part(share.unsigned_abs() + 2) }
}

/// Notes that a reference to an object was dropped while others remained, for the first time since it was last proved
/// alive. A cycle becomes garbage only so: its last reference from outside is dropped, or is moved into it, and whoever
/// moves it reaches the place through another one, which is dropped later.
#[inline(never)]
pub(crate) fn suspect(header: NonNull<Header>) {
    heap::with(|heap| {
        let pace = &heap.collector.pace;
        pace.note_loss();
        // SAFETY: callers know that references remain.
        let head = unsafe { header.as_ref() };
        if head.has(DECREMENTED) {
            return;
        }
        // There was more than one reference, so no `&mut` to the value is left.
        head.remove(BORROWED);
        head.insert(DECREMENTED);
        // What is being cleared is no news.
        let is_older = matches!(head.generation(), Generation::Middle | Generation::Old) && head.mark() != Mark::Dead;
        if is_older && (pace.suspects_suffice(heap) || heap.collector.walks.is_active()) {
            super::collect_suspects(heap);
        }
    });
}
