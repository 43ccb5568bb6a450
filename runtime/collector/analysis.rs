//! Finding the dead: trial deletion on counters in the headers. No user code runs.
//!
//! # Ephemerons
//!
//! A weak map's value is alive by its entry only if the map and the key are (Hayes, *Ephemerons: a new finalization
//! mechanism*, OOPSLA 1997; Jones, Hosking, Moss, *The Garbage Collection Handbook*, 2nd ed., section 12.3). In trial
//! deletion that concerns one step. The references of all values are counted as the map's, whatever their keys. When
//! marking meets a map, it follows the values whose keys are marked already or not in question; when it meets a key, it
//! asks the key's weak entry, where every map that has the key is registered, and follows the value in those maps that are
//! marked already. So an entry is looked at when its map is met and when its key is, each at most once, however long the
//! chains: the time is linear, and no table of waiting keys is needed.
//!
//! A value that is not marked is dead although a live map holds it. Its key is dead as well, so the map is called back
//! before anything is freed and lets go of it; see [`super::disposal`].
//!
//! Two things that hold without ephemerons don't with them: a cycle may run through the map, where no reference was lost,
//! so a full collection looks at everything instead of at what suspects reach; and through types that can't be part of a
//! cycle, so objects of such types are tracked from when they are met. A heap without ephemerons pays two tests for
//! each collection, and one for each reference to an object that isn't tracked.

use core::mem;
use core::ptr::NonNull;

use super::counters::LargeCounters;
use super::generations;
use crate::header::{BORROWED, DECREMENTED, Generation, HAS_WEAK, Header, Mark, SUSPECT, TRACKED};
use crate::heap;
use crate::trace::{Task, Tracer};

/// The set is the closure of the suspects while those are fewer than one in this many objects.
const MANY: usize = 16;

/// Extends the set by what is referred to, and counts the references.
pub(crate) struct Gathering<'a> {
    set: &'a mut Vec<NonNull<Header>>,
    /// Members that were [`BORROWED`] until a reference to them was seen: their own are to be followed late.
    late: Vec<NonNull<Header>>,
    counters: &'a mut LargeCounters,
    oldest: Generation,
    ephemerons: Ephemerons,
}

/// Does the heap have any?
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ephemerons {
    None,
    Some,
}

impl Gathering<'_> {
    #[inline]
    pub(crate) fn reference(&mut self, target: NonNull<Header>) {
        // SAFETY: a traced reference keeps its target alive.
        let head = unsafe { target.as_ref() };
        if head.mark() != Mark::Candidate {
            if !head.has(TRACKED) && !self.adopt(target) || head.generation() > self.oldest {
                return;
            }
            head.set_mark(Mark::Candidate);
            self.set.push(target);
        }
        if head.has(BORROWED) {
            self.late.push(target);
        }
        self.counters.count(head);
    }

    /// Tracks an object if it may be part of a cycle through an ephemeron: one that refers to others.
    #[inline]
    fn adopt(&self, target: NonNull<Header>) -> bool {
        self.ephemerons == Ephemerons::Some && {
            let mut refers = false;
            // SAFETY: a traced reference keeps its target alive.
            unsafe { Tracer::new(Task::Visit(&mut |_| refers = true)).trace_object(target) };
            if refers {
                heap::with(|heap| generations::begin_tracking(heap, target));
            }
            refers
        }
    }
}

/// Counts references to candidates.
pub(crate) struct Counting<'a> {
    counters: &'a mut LargeCounters,
}

impl Counting<'_> {
    #[inline]
    pub(crate) fn reference(&mut self, target: NonNull<Header>) {
        // SAFETY: a traced reference keeps its target alive.
        let head = unsafe { target.as_ref() };
        if head.mark() == Mark::Candidate {
            self.counters.count(head);
        }
    }
}

/// Takes the mark from candidates that are reachable.
pub(crate) struct Marking<'a> {
    reached: &'a mut Vec<NonNull<Header>>,
    ephemerons: Ephemerons,
}

impl Marking<'_> {
    #[inline]
    pub(crate) fn reference(&mut self, target: NonNull<Header>) {
        // SAFETY: a traced reference keeps its target alive.
        let head = unsafe { target.as_ref() };
        if head.mark() == Mark::Candidate {
            head.set_mark(Mark::None);
            self.reached.push(target);
        }
    }

    /// Is it still open whether a key is alive, so that its value is to be left for later?
    pub(crate) fn waits_for(&self, key: &Header) -> bool {
        self.ephemerons == Ephemerons::Some && key.mark() == Mark::Candidate
    }
}

/// The outcome of an analysis.
pub(crate) struct Verdict {
    /// The dead objects, marked so, in the order in which they were found. All other marks are cleared.
    pub(crate) dead: Vec<NonNull<Header>>,
    /// The other ones of those given.
    pub(crate) alive: Vec<NonNull<Header>>,
    /// How many objects had their references followed.
    pub(crate) examined: usize,
}

/// Finds the objects that only dead objects refer to. `objects` are all objects up to the generation `oldest`.
pub(super) fn find_dead(mut objects: Vec<NonNull<Header>>, oldest: Generation, ephemerons: Ephemerons) -> Verdict {
    // SAFETY: `objects` are alive.
    let is_suspect = |object: &&NonNull<Header>| unsafe { object.as_ref() }.has(DECREMENTED | SUSPECT);
    let suspects = objects.iter().filter(is_suspect).count();
    let of_everything = ephemerons == Ephemerons::Some && oldest == Generation::Old;
    if suspects == 0 && !of_everything {
        return Verdict { dead: Vec::new(), alive: objects, examined: 0 };
    }
    let mut counters = LargeCounters::default();
    if suspects * MANY > objects.len() || of_everything {
        let examined = gather(&mut objects, &mut counters, oldest, ephemerons);
        let dead = separate(&mut objects, &counters, ephemerons);
        return Verdict { dead, alive: objects, examined };
    }
    let mut set = objects.iter().filter(is_suspect).copied().collect();
    let examined = gather(&mut set, &mut counters, oldest, ephemerons);
    let dead = separate(&mut set, &counters, ephemerons);
    if !dead.is_empty() {
        // SAFETY: `objects` are alive.
        objects.retain(|object| unsafe { object.as_ref() }.mark() != Mark::Dead);
    }
    Verdict { dead, alive: objects, examined }
}

/// Finds which of the dead are still so after finalizers ran: those that only others of `dead` refer to. The rest is
/// unmarked and returned second. A map that was revived has all its values.
pub(super) fn confirm_dead(mut dead: Vec<NonNull<Header>>) -> (Vec<NonNull<Header>>, Vec<NonNull<Header>>) {
    let mut counters = LargeCounters::default();
    for object in &dead {
        // SAFETY: the caller passes live objects.
        unsafe { object.as_ref() }.set_mark(Mark::Candidate);
    }
    let mut tracer = Tracer::new(Task::Count(Counting { counters: &mut counters }));
    for &object in &dead {
        // SAFETY: as above.
        unsafe { tracer.trace_object(object) };
    }
    let still_dead = separate(&mut dead, &counters, Ephemerons::None);
    (still_dead, dead)
}

/// Marks the set, and all it reaches, as candidates and counts the references among them; the number of members.
fn gather(
    set: &mut Vec<NonNull<Header>>,
    counters: &mut LargeCounters,
    oldest: Generation,
    ephemerons: Ephemerons,
) -> usize {
    for object in set.iter() {
        // SAFETY: members are alive.
        unsafe { object.as_ref() }.set_mark(Mark::Candidate);
    }
    let mut tracer = Tracer::new(Task::Gather(Gathering { set, late: Vec::new(), counters, oldest, ephemerons }));
    let mut next = 0;
    while let Task::Gather(gathering) = tracer.task() {
        let object = if let Some(&member) = gathering.set.get(next) {
            next += 1;
            member
        } else if let Some(met) = gathering.late.pop() {
            // SAFETY: members are alive.
            let head = unsafe { met.as_ref() };
            if !head.has(BORROWED) {
                // Another reference to it was met before.
                continue;
            }
            head.remove(BORROWED);
            met
        } else {
            break;
        };
        // SAFETY: members are alive.
        unsafe { tracer.trace_object(object) };
    }
    next
}

/// Splits a set of candidates: the dead are taken out and marked so, the others are unmarked.
fn separate(set: &mut Vec<NonNull<Header>>, counters: &LargeCounters, ephemerons: Ephemerons) -> Vec<NonNull<Header>> {
    let mut reached = Vec::new();
    for &object in set.iter() {
        // SAFETY: members are alive.
        let head = unsafe { object.as_ref() };
        if counters.are_all(head) {
            continue;
        }
        debug_assert!(
            head.is_immortal() || counters.get(head) <= u64::from(head.count()),
            "refcycle: {} has {} references, but {} were traced; a `Trace` implementation reports one twice",
            (head.table().type_name)(),
            head.count(),
            counters.get(head),
        );
        // Also if more were traced than exist: then the object lives, and a broken `Trace` only leaks.
        head.set_mark(Mark::None);
        reached.push(object);
    }
    let mut tracer = Tracer::new(Task::Mark(Marking { reached: &mut reached, ephemerons }));
    let mut alive = 0;
    while let Task::Mark(marking) = tracer.task()
        && let Some(object) = marking.reached.pop()
    {
        alive += 1;
        // SAFETY: members are alive.
        unsafe {
            tracer.trace_object(object);
            if ephemerons == Ephemerons::Some && object.as_ref().has(HAS_WEAK) {
                crate::weak::trace_ephemerons(object, &mut tracer);
            }
        }
    }
    if alive == set.len() {
        return Vec::new();
    }
    if alive == 0 {
        // SAFETY: members are alive.
        set.iter().for_each(|object| unsafe { object.as_ref() }.set_mark(Mark::Dead));
        return mem::take(set);
    }
    let mut dead = Vec::with_capacity(set.len() - alive);
    set.retain(|object| {
        // SAFETY: members are alive.
        let head = unsafe { object.as_ref() };
        let is_dead = head.mark() == Mark::Candidate;
        if is_dead {
            head.set_mark(Mark::Dead);
            dead.push(*object);
        }
        !is_dead
    });
    dead
}
