//! The walk over the old generation: its cycles are found in slices between allocations, without stopping the program for
//! the length of the heap, and without telling it to report what it changes.
//!
//! 1. **Note**: what lost a reference is noted; from then on losses are noted anew, as [`DECREMENTED`].
//! 2. **Count**: members are the objects that the noted ones reach, or all, if those are many; the references among them
//!    are counted.
//! 3. **Release**: members with other references, or that lost one meanwhile, and all that they reach, are released.
//! 4. **Gather**: the other members are suspects.
//! 5. **Order**: a search in depth brings the suspects into an order in which those that refer to others come first.
//! 6. **Check**: some suspects at a time are checked exactly, in one step; those found dead are disposed of.
//!
//! The program changes the graph between slices, so what 1 to 5 find may be wrong, but only so:
//! - *Garbage of the moment when noting ended is among the suspects,* unless a member lost a reference after it was
//!   passed, which stays noted, so that the next walk finds it. For nobody can change or release garbage: all references
//!   to it come from garbage, and all of that is old, since noting ends by making every object old.
//! - *What was noted is forgotten only of objects that were no garbage at that moment*: of released ones. If they become
//!   garbage later, something loses a reference later.
//! - Suspects that are alive cost time, and nothing else: step 6 alone decides.
//!
//! In step 6 the suspects are many, perhaps, but garbage does not change, so the order of step 5 is right for it: a prefix
//! of it has no references from the rest but in cycles. If a prefix has nothing dead, a larger one is tried. So a step is
//! as long as the largest dead structure whose parts all reach each other asks for, and no longer.
//!
//! What the walk's lists lead to may die meanwhile, and its slot may be used again. So as long as there is a walk blocks
//! are not given back, a large old object's memory is kept, and who takes a slot from a list asks what is in it now.

mod chunks;
mod phases;
mod tasks;

use core::cell::Cell;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;
use std::time::Instant;

use self::phases::{Phase, Walk};
pub(crate) use self::tasks::{Joining, Ordering, Releasing};
use crate::header::{Generation, Header, TRACKED};
use crate::heap::{self, Heap, List};

/// When there are walks, and how fast they are.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// So many old objects are walked over; fewer are collected in one step.
    pub least: usize,
    /// A slice for so many new objects.
    pub step: usize,
    /// Objects that are looked at for each new one.
    pub pace: usize,
    /// Suspects that are checked at once, at first.
    pub batch: usize,
}

impl Limits {
    const DEFAULT: Self = Limits { least: 16_384, step: 8, pace: 8, batch: 128 };
}

/// Makes the walks of this thread begin sooner, and go on in other slices. For tests.
pub fn set_walk_limits(limits: Limits) {
    heap::with(|heap| heap.collector.walks.set_limits(limits));
}

/// Begins a walk or goes on with it, in a slice of so much work, unless no collection may start by itself; is it under
/// way still? For tests.
pub fn walk(work: usize) -> bool {
    heap::with(|heap| {
        if super::may_run_by_itself(heap) && !heap.is_closed() {
            super::begin_walk(heap, Cause::Growth);
            advance(heap, work);
        }
        heap.collector.walks.is_active()
    })
}

/// Work is measured in slots looked at; following an object's references is as much as this.
const TRACE: usize = 8;
/// And a part of those of an object with very many as much as this.
const PART: usize = 512 * 2;
/// All old objects become members if one in so many is noted; and so many at least pay for all.
const MANY: usize = 16;
/// About what all of a walk takes for each object.
const WHOLE: usize = 2 * TRACE + 4;
/// Bytes that pay for one piece of work: a walk takes about 36 bytes for each object.
const BYTES_FOR_WORK: usize = 2;
/// Fewer bytes don't pay for a slice.
const ENOUGH_OWED: usize = 4096;

/// A thread's walk, if there is one.
pub(crate) struct Walks {
    limits: Cell<Limits>,
    is_active: Cell<bool>,
    /// Bytes that are not paid for.
    owed: Cell<usize>,
    /// `None` without a walk, and during a slice.
    walk: Cell<ManuallyDrop<Option<Box<Walk>>>>,
    /// Large old objects that died.
    kept: List<NonNull<Header>>,
}

impl Walks {
    pub(super) const fn new() -> Self {
        Walks {
            limits: Cell::new(Limits::DEFAULT),
            is_active: Cell::new(false),
            owed: Cell::new(0),
            walk: Cell::new(ManuallyDrop::new(None)),
            kept: List::new(),
        }
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits.get()
    }

    fn set_limits(&self, limits: Limits) {
        self.limits.set(limits);
    }

    /// Is there a walk, so that the memory of objects must stay?
    #[inline]
    pub(crate) fn is_active(&self) -> bool {
        self.is_active.get()
    }

    /// Keeps the memory of a large object that died, if the walk may know it; it is freed with the walk.
    pub(crate) fn keep(&self, header: NonNull<Header>) -> bool {
        // SAFETY: callers pass an object that is not freed yet.
        let head = unsafe { header.as_ref() };
        let is_known = self.is_active() && head.has(TRACKED) && head.generation() == Generation::Old;
        if is_known {
            head.set_count(0);
            self.kept.push(header);
        }
        is_known
    }

    fn replace(&self, walk: Option<Box<Walk>>) -> Option<Box<Walk>> {
        ManuallyDrop::into_inner(self.walk.replace(ManuallyDrop::new(walk)))
    }

    pub(super) fn release_memory(&self) {
        drop(self.kept.take());
    }
}

/// Why a walk began.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    Growth,
    Suspects,
}

/// How much work is left in a slice.
struct Budget(usize);

impl Budget {
    #[inline]
    fn spend(&mut self, work: usize) {
        self.0 = self.0.saturating_sub(work);
    }

    #[inline]
    fn is_left(&self) -> bool {
        self.0 > 0
    }
}

/// Begins a walk; the young generation should have been collected just before.
pub(super) fn begin(heap: &Heap, cause: Cause) {
    let collector = &heap.collector;
    debug_assert!(!collector.walks.is_active());
    let walk = Walk::new(heap, cause, collector.has_lent.take(), collector.walks.limits().batch);
    collector.walks.replace(Some(Box::new(walk)));
    collector.walks.is_active.set(true);
    collector.pace.walk_begins();
    collector.pace.collection_begins(Generation::Old);
    collector.pace.next_stop(heap);
}

/// A slice, as long as is due for `news` new objects.
pub(super) fn pay_for_objects(heap: &Heap, news: usize) {
    advance(heap, news * heap.collector.walks.limits().pace * TRACE);
}

/// A slice, as long as is due for one more old object that lost a reference: the walk ends before there are twice as many
/// as were enough to begin one.
pub(super) fn pay_for_suspect(heap: &Heap) {
    let pace = &heap.collector.pace;
    let enough = pace.enough_suspects().min(pace.old_objects() / MANY).max(1);
    advance(heap, pace.old_objects() * WHOLE / enough);
}

/// A slice, as long as is due for memory that is taken while there is too much, or kept while it could be given back.
/// Small pieces are paid for together.
pub(super) fn pay_for_memory(heap: &Heap, bytes: usize) {
    let walks = &heap.collector.walks;
    let owed = walks.owed.get() + bytes;
    if owed < ENOUGH_OWED {
        return walks.owed.set(owed);
    }
    walks.owed.set(0);
    advance(heap, owed / BYTES_FOR_WORK);
}

fn advance(heap: &Heap, work: usize) {
    let walks = &heap.collector.walks;
    let Some(mut walk) = walks.replace(None) else { return };
    let start = Instant::now();
    let mut budget = Budget(work);
    while budget.is_left() && walk.phase != Phase::Check {
        walk.proceed(heap, &mut budget);
    }
    walk.spent += start.elapsed();
    if budget.is_left() && walk.check(heap) && walks.is_active() {
        finish(heap, &walk);
    } else if walks.is_active() {
        walks.replace(Some(walk));
    }
}

fn finish(heap: &Heap, walk: &Walk) {
    let pace = &heap.collector.pace;
    pace.walk_ended(walk.objects, walk.found);
    if walk.cause == Cause::Suspects {
        pace.suspects_collected(walk.objects, walk.found);
    }
    pace.set_pressure_above(heap.bytes());
    end(heap);
}

/// Gives up the walk, if there is one. What it noted stays so, and marks that it made mean nothing any more.
pub(crate) fn cancel(heap: &Heap) {
    if !heap.collector.walks.is_active() {
        return;
    }
    let walk = heap.collector.walks.replace(None);
    if walk.is_none_or(|walk| walk.of_all) {
        heap.collector.has_lent.set(true);
    }
    end(heap);
}

/// There is no walk any more.
fn end(heap: &Heap) {
    let walks = &heap.collector.walks;
    walks.is_active.set(false);
    for header in walks.kept.take() {
        // SAFETY: its value was dropped when it was kept, and the lists that lead to it are gone.
        unsafe { heap.free(header) };
    }
    heap.collector.pace.next_stop(heap);
    heap.walk_ended();
}
