//! Which objects are young and middle-aged: two lists of slots. The old ones are the rest of the heap.
//!
//! A slot stays listed when its object dies, and says so in its state; an object that is made in a listed slot need not
//! be listed again. So a loop that allocates and drops fills no list, and a full list is the sign that objects stay.
//!
//! Invariants: a slot with [`LISTED_YOUNG`] stands in the young list exactly once, likewise [`LISTED_MIDDLE`]; a young
//! object's slot is in the young list, a middle one's in the middle list (unless the thread is ending).

use core::ptr::NonNull;

use crate::header::{
    DECREMENTED, Generation, Header, LARGE, LISTED_MIDDLE, LISTED_YOUNG, Prefix, SLOT_BITS, SUSPECT, TRACKED, prefix_of,
};
use crate::heap::{Heap, List, Which};

/// A listed slot; `None` where a large object has been freed.
type Entry = Option<NonNull<Header>>;

/// The lists of the young and the middle generation.
pub(crate) struct Generations {
    young: List<Entry>,
    middle: List<Entry>,
}

impl Generations {
    pub(crate) const fn new() -> Self {
        Generations { young: List::new(), middle: List::new() }
    }

    /// Young slots, those of dead objects included.
    pub(crate) fn young_len(&self) -> usize {
        self.young.len()
    }

    pub(super) fn release_memory(&self) {
        drop((self.young.take(), self.middle.take()));
    }

    /// Adds a slot to a list.
    fn list(&self, header: NonNull<Header>, generation: Generation) {
        let (list, bit) = self.of(generation);
        // SAFETY: callers list slots of live objects or slots that are about to hold one.
        let head = unsafe { header.as_ref() };
        head.insert(bit);
        if head.has(LARGE) {
            // SAFETY: large objects have a prefix. The heap limits their number to 32 bits.
            unsafe { prefix_of(header) }.position.set(list.len() as u32);
        }
        list.push(Some(header));
    }

    fn of(&self, generation: Generation) -> (&List<Entry>, u32) {
        match generation {
            Generation::Young => (&self.young, LISTED_YOUNG),
            _ => (&self.middle, LISTED_MIDDLE),
        }
    }

    /// Has any object in a list lost a reference?
    fn any_suspect(&self, generation: Generation) -> bool {
        self.of(generation).0.with(|entries| {
            entries.iter().flatten().any(|header| {
                // SAFETY: listed slots are cut slots, or large objects that are not freed.
                let head = unsafe { header.as_ref() };
                head.has(DECREMENTED | SUSPECT) && head.is_alive()
            })
        })
    }

    /// Empties a list; calls `visit` with the objects of its generation.
    #[inline]
    fn drain(&self, generation: Generation, mut visit: impl FnMut(NonNull<Header>)) {
        let (list, bit) = self.of(generation);
        let mut entries = list.take();
        for header in entries.iter().copied().flatten() {
            // SAFETY: listed slots are cut slots, or large objects that are not freed.
            let head = unsafe { header.as_ref() };
            head.remove(bit);
            if head.is_alive() && head.has(TRACKED) && head.generation() == generation {
                visit(header);
            }
        }
        entries.clear();
        list.put(entries);
    }
}

/// Lists the slot of a new object as young, after a collection or a part of one if that is due. The slot's count must be 0
/// still.
pub(crate) fn enlist(heap: &Heap, header: NonNull<Header>) {
    let collector = &heap.collector;
    if collector.generations.young_len() >= collector.pace.stop() {
        super::collect_if_due(heap);
    }
    if heap.is_closed() {
        // SAFETY: the heap passes valid headers.
        unsafe { header.as_ref() }.set_generation(Generation::Old);
    } else {
        collector.generations.list(header, Generation::Young);
    }
}

/// The collector will know an object whose type it does not care for.
pub(crate) fn begin_tracking(heap: &Heap, header: NonNull<Header>) {
    // SAFETY: callers hold a reference.
    let head = unsafe { header.as_ref() };
    if head.has(TRACKED) {
        return;
    }
    heap.begin_tracking(header);
    if head.has(DECREMENTED | SUSPECT) {
        heap.collector.pace.note_loss();
    }
    head.insert(TRACKED);
    head.set_generation(Generation::Young);
    if !head.has(LISTED_YOUNG) && !heap.is_closed() {
        heap.collector.generations.list(header, Generation::Young);
    }
}

/// Lists the slot of an object that came back from the dead, in case a collection took it for a free one meanwhile.
pub(crate) fn relist(heap: &Heap, header: NonNull<Header>) {
    // SAFETY: callers pass live objects.
    let head = unsafe { header.as_ref() };
    let is_listed = match head.generation() {
        Generation::Young => head.has(LISTED_YOUNG),
        Generation::Middle => head.has(LISTED_MIDDLE),
        Generation::Old | Generation::Permanent => true,
    };
    if head.has(TRACKED) && !is_listed && !heap.is_closed() {
        heap.collector.generations.list(header, head.generation());
    }
}

/// Has any live object but those of the permanent generation lost a reference since it was proved alive?
pub(super) fn any_suspect(heap: &Heap) -> bool {
    let mut any = false;
    for_each_tracked(heap, |header, generation| {
        // SAFETY: the walk passes live objects.
        any |= unsafe { header.as_ref() }.has(DECREMENTED | SUSPECT) && generation <= Generation::Old;
    });
    any
}

/// Promotes all objects up to a generation below the old one, if none of them has lost a reference: then none is garbage.
/// How many there were.
pub(super) fn promote_unsuspected(heap: &Heap, oldest: Generation, to: Generation) -> Option<usize> {
    let generations = &heap.collector.generations;
    let listed: &[Generation] = match oldest {
        Generation::Young => &[Generation::Young],
        _ => &[Generation::Young, Generation::Middle],
    };
    if heap.collector.pace.any_suspect() && listed.iter().any(|&generation| generations.any_suspect(generation)) {
        return None;
    }
    let mut promoted = 0;
    for &generation in listed {
        generations.drain(generation, |header| {
            promote_one(heap, header, to);
            promoted += 1;
        });
    }
    if to == Generation::Old {
        heap.collector.pace.promoted(promoted, false);
    }
    Some(promoted)
}

/// The generation that survivors of a collection go to.
pub(super) fn next(oldest: Generation) -> Generation {
    if oldest == Generation::Young { Generation::Middle } else { Generation::Old }
}

/// All objects up to a generation, taken from the lists.
pub(super) fn take(heap: &Heap, oldest: Generation) -> Vec<NonNull<Header>> {
    let generations = &heap.collector.generations;
    let mut objects = Vec::with_capacity(generations.young.len());
    generations.drain(Generation::Young, |header| objects.push(header));
    if oldest >= Generation::Middle {
        generations.drain(Generation::Middle, |header| objects.push(header));
    }
    if oldest == Generation::Old {
        objects.clear();
        for_each_tracked(heap, |header, generation| {
            if generation <= Generation::Old {
                objects.push(header);
            }
        });
    }
    objects
}

/// Moves the survivors of a collection to a generation. A full collection has proved each of them alive, so what they
/// lost before says nothing any more. To a walk over the old generation it is news.
pub(super) fn promote(heap: &Heap, alive: &[NonNull<Header>], to: Generation, is_full: bool) {
    let is_news = to == Generation::Old && heap.collector.walks.is_active();
    for &header in alive {
        // SAFETY: no user code ran since they were taken from the lists, so all are alive.
        let head = unsafe { header.as_ref() };
        if is_full {
            head.remove(DECREMENTED | SUSPECT);
        } else if is_news {
            head.renew();
        } else {
            head.rearm();
        }
        promote_one(heap, header, to);
    }
    if to == Generation::Old {
        heap.collector.pace.promoted(alive.len(), is_full);
    }
}

/// Moves all objects to the old generation, garbage too; those that were not there already.
pub(super) fn make_all_old(heap: &Heap) -> Vec<NonNull<Header>> {
    let objects = take(heap, Generation::Middle);
    for &header in &objects {
        // SAFETY: no code ran since they were taken from the lists, so all are alive.
        unsafe { header.as_ref() }.set_generation(Generation::Old);
    }
    objects
}

/// Moves one object to a generation. One that came back from the dead during the collection is listed as young again,
/// and stays so: a large object has room for its place in one list.
pub(super) fn promote_one(heap: &Heap, header: NonNull<Header>, to: Generation) {
    // SAFETY: callers pass live objects.
    let head = unsafe { header.as_ref() };
    if to == Generation::Middle && head.has(LISTED_YOUNG) {
        return;
    }
    head.set_generation(to);
    if to == Generation::Middle && !head.has(LISTED_MIDDLE) {
        heap.collector.generations.list(header, Generation::Middle);
    }
}

/// Forgets the slots whose objects are dead or have moved on, so that their blocks can be given back.
pub(crate) fn forget_dead_slots(heap: &Heap) {
    let generations = &heap.collector.generations;
    for generation in [Generation::Young, Generation::Middle] {
        let mut objects = Vec::new();
        generations.drain(generation, |header| objects.push(header));
        objects.into_iter().for_each(|header| generations.list(header, generation));
    }
}

/// The number of live young objects.
pub(crate) fn young_objects(heap: &Heap) -> usize {
    let is_young = |header: &NonNull<Header>| {
        // SAFETY: listed slots are cut slots, or large objects that are not freed.
        let head = unsafe { header.as_ref() };
        head.is_alive() && head.has(TRACKED) && head.generation() == Generation::Young
    };
    heap.collector.generations.young.with(|entries| entries.iter().flatten().copied().filter(is_young).count())
}

/// Takes a large object that is about to be freed out of the lists.
pub(crate) fn forget_large(heap: &Heap, head: &Header, prefix: &Prefix) {
    let generation = match head.state() & SLOT_BITS {
        0 => return,
        LISTED_YOUNG => Generation::Young,
        _ => Generation::Middle,
    };
    let (list, _) = heap.collector.generations.of(generation);
    list.with(|entries| {
        let position = prefix.position.get() as usize;
        if position + 1 == entries.len() {
            entries.pop();
        } else {
            entries[position] = None;
        }
    });
}

/// Calls `visit` with every live object that the collector knows, and its generation, in the order of their addresses.
/// `visit` must not allocate or free objects.
pub(crate) fn for_each_tracked(heap: &Heap, mut visit: impl FnMut(NonNull<Header>, Generation)) {
    heap.for_each_object(Which::MaybeTracked, |header| {
        // SAFETY: the heap passes live objects.
        let head = unsafe { header.as_ref() };
        if head.has(TRACKED) {
            visit(header, head.generation());
        }
    });
}

/// Moves every object to the permanent generation.
pub(crate) fn freeze(heap: &Heap) {
    super::walk::cancel(heap);
    take(heap, Generation::Middle);
    for_each_tracked(heap, |header, _| {
        // SAFETY: the walk passes live objects.
        unsafe { header.as_ref() }.set_generation(Generation::Permanent);
    });
}

/// Moves the permanent generation to the old one. Collections since then took its references for proof of life, so all of
/// it is suspect.
pub(crate) fn unfreeze(heap: &Heap) {
    super::walk::cancel(heap);
    let mut thawed = 0;
    for_each_tracked(heap, |header, generation| {
        if generation == Generation::Permanent {
            // SAFETY: the walk passes live objects.
            let head = unsafe { header.as_ref() };
            head.set_generation(Generation::Old);
            head.make_suspect();
            thawed += 1;
        }
    });
    heap.collector.pace.note_loss();
    heap.collector.pace.promoted(thawed, false);
}
