//! The phases of a walk.

use core::mem;
use core::ptr::NonNull;
use std::time::Duration;

use super::chunks::Chunks;
use super::tasks::{ENTERED, Joining, Ordering, Releasing, Step, is_old, is_unentered, release};
use super::{Budget, Cause, MANY, PART, TRACE};
use crate::collector::counters::LargeCounters;
use crate::collector::{Outcome, analysis, announced, disposal, generations};
use crate::header::{DECREMENTED, Generation, Header, Mark, SUSPECT};
use crate::heap::{Cursor, Heap};
use crate::trace::{Task, Tracer};

/// See the module's head.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Note,
    Count,
    Release,
    Gather,
    Order,
    Check,
}

/// A walk over the old generation.
pub(super) struct Walk {
    pub(super) cause: Cause,
    pub(super) phase: Phase,
    /// Are all old objects members? Then they are not listed.
    pub(super) of_all: bool,
    /// Where the phase is, if it goes over the heap.
    cursor: Cursor,
    /// Where it is, if it goes over the list.
    next: usize,
    /// An object whose references were followed in part, and where the next part begins.
    rest: Option<(NonNull<Header>, usize)>,
    /// What was noted, and behind that what it reaches; then the suspects.
    members: Chunks<NonNull<Header>>,
    /// How much was noted.
    noted: usize,
    counters: LargeCounters,
    /// Released objects whose references are to be followed.
    open: Chunks<NonNull<Header>>,
    path: Chunks<Step>,
    /// Suspects, those that refer to others last.
    order: Chunks<NonNull<Header>>,
    /// Suspects that were not found dead together with those before them.
    left: Vec<NonNull<Header>>,
    /// How many suspects to check at once, at least, and next.
    least: usize,
    batch: usize,
    /// Old objects when noting ended.
    pub(super) objects: usize,
    /// Objects found dead.
    pub(super) found: usize,
    /// Objects whose references were followed, and the time that it took, since this was told last.
    examined: usize,
    pub(super) spent: Duration,
}

impl Walk {
    pub(super) fn new(heap: &Heap, cause: Cause, of_all: bool, batch: usize) -> Self {
        Walk {
            cause,
            phase: Phase::Note,
            of_all,
            cursor: heap.cursor(),
            next: 0,
            rest: None,
            members: Chunks::new(),
            noted: 0,
            counters: LargeCounters::default(),
            open: Chunks::new(),
            path: Chunks::new(),
            order: Chunks::new(),
            left: Vec::new(),
            least: batch,
            batch,
            objects: 0,
            found: 0,
            examined: 0,
            spent: Duration::ZERO,
        }
    }

    /// Goes on with the current phase, and to the next one at its end.
    pub(super) fn proceed(&mut self, heap: &Heap, budget: &mut Budget) {
        let (run, next): (fn(&mut Self, &Heap, &mut Budget) -> bool, _) = match self.phase {
            Phase::Note => (Self::note, Phase::Count),
            Phase::Count => (Self::count, Phase::Release),
            Phase::Release => (Self::release, Phase::Gather),
            Phase::Gather => (Self::gather, Phase::Order),
            Phase::Order => (Self::order, Phase::Check),
            Phase::Check => return,
        };
        if run(self, heap, budget) {
            self.leave(heap);
            self.phase = next;
            self.cursor = heap.cursor();
            self.next = 0;
        }
    }

    /// What is to be done at the end of a phase.
    fn leave(&mut self, heap: &Heap) {
        match self.phase {
            Phase::Note => self.begin_counting(heap),
            Phase::Gather => self.counters = LargeCounters::default(),
            Phase::Order => self.members = Chunks::new(),
            _ => {}
        }
    }

    // The phases return whether they are done.

    /// The next slot on the way over all members. It may hold anything by now.
    #[inline]
    fn next_member(&mut self, heap: &Heap) -> Option<NonNull<Header>> {
        if self.of_all {
            return heap.next_slot(&mut self.cursor);
        }
        let member = self.members.get(self.next);
        self.next += 1;
        member
    }

    fn note(&mut self, heap: &Heap, budget: &mut Budget) -> bool {
        while budget.is_left() {
            let Some(slot) = heap.next_slot(&mut self.cursor) else { return true };
            budget.spend(1);
            // SAFETY: slots stay as long as there is a walk.
            let head = unsafe { slot.as_ref() };
            if is_old(head) {
                self.objects += 1;
                self.note_one(slot, head);
            }
        }
        false
    }

    fn note_one(&mut self, object: NonNull<Header>, head: &Header) {
        head.rearm();
        if head.mark() != Mark::None {
            // Of a walk that was given up.
            head.set_mark(Mark::None);
        }
        if head.has(SUSPECT) {
            self.members.push(object);
        }
    }

    /// Makes every object old, so that there is a moment from which on all losses are noted anew; decides who is a member.
    fn begin_counting(&mut self, heap: &Heap) {
        for object in generations::make_all_old(heap) {
            self.objects += 1;
            // SAFETY: the objects are alive.
            self.note_one(object, unsafe { object.as_ref() });
        }
        heap.collector.pace.walk_noted(self.objects);
        if self.members.is_empty() {
            heap.collector.pace.walk_noted_none();
        }
        self.of_all |= self.members.len() * MANY > self.objects;
        if self.of_all {
            self.members = Chunks::new();
        }
        self.noted = self.members.len();
    }

    fn count(&mut self, heap: &Heap, budget: &mut Budget) -> bool {
        while budget.is_left() {
            if let Some((slot, part)) = self.rest.take() {
                self.join_references(slot, part, budget);
                continue;
            }
            let Some(slot) = self.next_member(heap) else { return true };
            budget.spend(1);
            // SAFETY: slots stay as long as there is a walk.
            let head = unsafe { slot.as_ref() };
            // What was noted may have been met before, and so be listed once more.
            let is_noted = (1..=self.noted).contains(&self.next);
            if !is_old(head) || is_noted && head.mark() == Mark::Member {
                continue;
            }
            if head.mark() != Mark::Member {
                head.set_mark(Mark::Member);
            }
            self.examined += 1;
            self.join_references(slot, 0, budget);
        }
        false
    }

    #[inline]
    fn join_references(&mut self, slot: NonNull<Header>, part: usize, budget: &mut Budget) {
        let members = if self.of_all { None } else { Some(&mut self.members) };
        let task = Task::Join(Joining { members, counters: &mut self.counters });
        self.rest = follow(slot, part, task, budget);
    }

    fn release(&mut self, heap: &Heap, budget: &mut Budget) -> bool {
        while budget.is_left() {
            if let Some((slot, part)) = self.rest.take().or_else(|| Some((self.open.pop()?, 0))) {
                let task = Task::Release(Releasing { open: &mut self.open });
                self.rest = follow(slot, part, task, budget);
                continue;
            }
            let Some(slot) = self.next_member(heap) else { return true };
            budget.spend(1);
            // SAFETY: slots stay as long as there is a walk.
            let head = unsafe { slot.as_ref() };
            if head.mark() == Mark::Member && head.is_alive() && self.is_referred_to(head) {
                release(head);
                self.open.push(slot);
                self.examined += 1;
            }
        }
        false
    }

    /// Has a member other references than those from members, as far as is known?
    fn is_referred_to(&self, head: &Header) -> bool {
        head.has(DECREMENTED) || !self.counters.are_all(head)
    }

    fn gather(&mut self, heap: &Heap, budget: &mut Budget) -> bool {
        while budget.is_left() {
            let Some(slot) = self.next_member(heap) else { return true };
            budget.spend(1);
            // SAFETY: slots stay as long as there is a walk.
            let head = unsafe { slot.as_ref() };
            if head.mark() == Mark::Member && head.is_alive() {
                // Not entered by the search.
                head.set_counter(0);
                if self.of_all {
                    self.members.push(slot);
                }
            }
        }
        false
    }

    fn order(&mut self, _heap: &Heap, budget: &mut Budget) -> bool {
        while budget.is_left() {
            if let Some((slot, part)) = self.rest.take() {
                self.rest = follow(slot, part, Task::Order(Ordering { path: &mut self.path }), budget);
                continue;
            }
            let step = self.path.pop().or_else(|| {
                self.next += 1;
                self.members.get(self.next - 1).map(Step::Enter)
            });
            budget.spend(1);
            match step {
                Some(Step::Enter(slot)) => {
                    // SAFETY: slots stay as long as there is a walk.
                    let head = unsafe { slot.as_ref() };
                    if is_old(head) && is_unentered(head) {
                        head.set_counter(ENTERED);
                        self.path.push(Step::Leave(slot));
                        self.examined += 1;
                        self.rest = Some((slot, 0));
                    }
                }
                Some(Step::Leave(slot)) => self.order.push(slot),
                None => return true,
            }
        }
        false
    }

    /// Checks the next suspects exactly, and disposes of the dead; were they the last?
    pub(super) fn check(&mut self, heap: &Heap) -> bool {
        let spent = mem::take(&mut self.spent);
        let outcome = announced(heap, Generation::Old, spent, || {
            let batch = self.next_batch();
            let looked_at = batch.len();
            let (dead, alive) = analysis::confirm_dead(batch);
            if !self.order.is_empty() {
                // Alive, or referred to by suspects behind them.
                // SAFETY: no code has run since it was found alive.
                alive.iter().for_each(|object| unsafe { object.as_ref() }.set_mark(Mark::Member));
                self.batch = if dead.is_empty() { looked_at * 2 } else { self.least.max(alive.len() * 2) };
                self.left = alive;
            }
            let found = dead.len();
            let collected = if dead.is_empty() { 0 } else { disposal::dispose(heap, dead, Generation::Old) };
            Outcome { looked_at, examined: mem::take(&mut self.examined) + looked_at, found, collected }
        });
        self.found += outcome.found;
        self.order.is_empty() && self.left.is_empty()
    }

    /// The suspects to be checked now, each once.
    fn next_batch(&mut self) -> Vec<NonNull<Header>> {
        let mut batch = mem::take(&mut self.left);
        batch.retain(take_up);
        while batch.len() < self.batch
            && let Some(slot) = self.order.pop()
        {
            if take_up(&slot) {
                batch.push(slot);
            }
        }
        batch
    }
}

/// Makes a suspect that still is one a candidate.
fn take_up(slot: &NonNull<Header>) -> bool {
    // SAFETY: slots stay as long as there is a walk.
    let head = unsafe { slot.as_ref() };
    let is_suspect = is_old(head) && head.mark() == Mark::Member;
    if is_suspect {
        head.set_mark(Mark::Candidate);
    }
    is_suspect
}

/// Reports the references of an object, or a part of them, if it is an old one still; what remains to be reported.
#[inline]
fn follow(slot: NonNull<Header>, part: usize, task: Task<'_>, budget: &mut Budget) -> Option<(NonNull<Header>, usize)> {
    budget.spend(TRACE);
    // SAFETY: slots stay as long as there is a walk.
    if !is_old(unsafe { slot.as_ref() }) {
        return None;
    }
    let mut tracer = Tracer::of_part(task, part);
    // SAFETY: it holds an object that is alive.
    unsafe { tracer.trace_object(slot) };
    let rest = tracer.next_part()?;
    budget.spend(PART);
    Some((slot, rest))
}
