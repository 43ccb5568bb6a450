//! Finding the dead: trial deletion on counters in the headers. No user code runs, and nothing is looked up in a table.

use core::mem;
use core::ptr::NonNull;

use crate::header::{
    BORROWED, COUNTER_MAX, DECREMENTED, Generation, Header, IMMORTAL, Mark, SUSPECT, TRACKED, WAITING,
};
use crate::trace::{Task, Tracer};

/// The set is the closure of the suspects while those are fewer than one in this many objects.
const MANY: usize = 16;

/// Counters that don't fit into a header, by the index that the header holds instead. There is room for [`COUNTER_MAX`] of
/// them, each of more than so many references.
#[derive(Default)]
pub(crate) struct LargeCounters(Vec<u64>);

impl LargeCounters {
    /// Counts one reference from within the set.
    #[inline]
    fn count(&mut self, head: &Header) {
        match head.counter() {
            Ok(count) if count < COUNTER_MAX => head.set_counter(count + 1),
            Ok(count) => self.spill(head, count),
            Err(index) => self.0[index] += 1,
        }
    }

    #[cold]
    fn spill(&mut self, head: &Header, count: u32) {
        let Some(index) = u32::try_from(self.0.len()).ok().filter(|&index| index <= COUNTER_MAX) else {
            // The counter stays where it is, below the object's count: the object passes for one that is alive.
            return;
        };
        head.spill_counter(index);
        self.0.push(u64::from(count) + 1);
    }

    /// References from within the set.
    #[inline]
    fn get(&self, head: &Header) -> u64 {
        match head.counter() {
            Ok(count) => u64::from(count),
            Err(index) => self.0[index],
        }
    }
}

/// Extends the set by what is referred to, and counts the references.
pub(crate) struct Gathering<'a> {
    set: &'a mut Vec<NonNull<Header>>,
    /// Members that were [`BORROWED`] until a reference to them was seen: their own are to be followed late.
    late: Vec<NonNull<Header>>,
    counters: &'a mut LargeCounters,
    oldest: Generation,
}

impl Gathering<'_> {
    #[inline]
    pub(crate) fn reference(&mut self, target: NonNull<Header>) {
        // SAFETY: a traced reference keeps its target alive.
        let head = unsafe { target.as_ref() };
        if head.mark() == Mark::None {
            if !head.has(TRACKED) || head.generation() > self.oldest {
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

/// Marks candidates as reachable.
pub(crate) struct Marking<'a> {
    reached: &'a mut Vec<NonNull<Header>>,
}

impl Marking<'_> {
    #[inline]
    pub(crate) fn reference(&mut self, target: NonNull<Header>) {
        // SAFETY: a traced reference keeps its target alive.
        let head = unsafe { target.as_ref() };
        if head.mark() == Mark::Candidate {
            head.set_mark(Mark::Reachable);
            self.reached.push(target);
        }
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
pub(super) fn find_dead(mut objects: Vec<NonNull<Header>>, oldest: Generation) -> Verdict {
    // SAFETY: `objects` are alive.
    let is_suspect = |object: &&NonNull<Header>| unsafe { object.as_ref() }.has(DECREMENTED | SUSPECT);
    let suspects = objects.iter().filter(is_suspect).count();
    if suspects == 0 {
        return Verdict { dead: Vec::new(), alive: objects, examined: 0 };
    }
    let mut counters = LargeCounters::default();
    if suspects * MANY > objects.len() {
        let examined = gather(&mut objects, &mut counters, oldest);
        let dead = separate(&mut objects, &counters);
        return Verdict { dead, alive: objects, examined };
    }
    let mut set = objects.iter().filter(is_suspect).copied().collect();
    let examined = gather(&mut set, &mut counters, oldest);
    let dead = separate(&mut set, &counters);
    if !dead.is_empty() {
        // SAFETY: `objects` are alive.
        objects.retain(|object| unsafe { object.as_ref() }.mark() != Mark::Dead);
    }
    Verdict { dead, alive: objects, examined }
}

/// Finds which of the dead are still so after finalizers ran: those that only others of `dead` refer to. The rest is
/// unmarked and returned second.
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
    let still_dead = separate(&mut dead, &counters);
    (still_dead, dead)
}

/// Marks the set, and all it reaches, as candidates and counts the references among them; the number of members.
fn gather(set: &mut Vec<NonNull<Header>>, counters: &mut LargeCounters, oldest: Generation) -> usize {
    for object in set.iter() {
        // SAFETY: members are alive.
        unsafe { object.as_ref() }.set_mark(Mark::Candidate);
    }
    let mut tracer = Tracer::new(Task::Gather(Gathering { set, late: Vec::new(), counters, oldest }));
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
fn separate(set: &mut Vec<NonNull<Header>>, counters: &LargeCounters) -> Vec<NonNull<Header>> {
    let mut reached = Vec::new();
    for &object in set.iter() {
        // SAFETY: members are alive.
        let head = unsafe { object.as_ref() };
        if head.is_all_counted() {
            continue;
        }
        let inner = counters.get(head);
        let count = head.count();
        debug_assert!(
            head.is_immortal() || inner <= u64::from(count),
            "refcycle: {} has {count} references, but {inner} were traced; a `Trace` implementation reports one twice",
            (head.table().type_name)(),
        );
        if head.has(IMMORTAL | WAITING) || inner != u64::from(count) {
            // The queue of deaths refers to what waits, which may have come back to life.
            // Also if more were traced than exist: then the object lives, and a broken `Trace` only leaks.
            if head.mark() == Mark::Candidate {
                head.set_mark(Mark::Reachable);
                reached.push(object);
            }
        }
    }
    let mut tracer = Tracer::new(Task::Mark(Marking { reached: &mut reached }));
    let mut alive = 0;
    while let Task::Mark(marking) = tracer.task()
        && let Some(object) = marking.reached.pop()
    {
        alive += 1;
        // SAFETY: members are alive.
        unsafe { tracer.trace_object(object) };
    }
    // SAFETY: members are alive.
    let mark = |object: &NonNull<Header>, mark| unsafe { object.as_ref() }.set_mark(mark);
    if alive == 0 {
        set.iter().for_each(|object| mark(object, Mark::Dead));
        return mem::take(set);
    }
    if alive == set.len() {
        set.iter().for_each(|object| mark(object, Mark::None));
        return Vec::new();
    }
    let mut dead = Vec::with_capacity(set.len() - alive);
    set.retain(|object| {
        // SAFETY: members are alive.
        let is_dead = unsafe { object.as_ref() }.mark() == Mark::Candidate;
        mark(object, if is_dead { Mark::Dead } else { Mark::None });
        if is_dead {
            dead.push(*object);
        }
        !is_dead
    });
    dead
}
