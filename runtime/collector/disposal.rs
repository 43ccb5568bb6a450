//! What happens to the dead, in PEP 442's order: weak references cleared and called back, finalizers in creation order,
//! what they revived set free again, the rest cleared.
//!
//! A weak map that lives lets go of the values of dead keys when it is called back; they die by count if nobody else has
//! them, though they were found dead as well. What is revived by their finalizers counts references from all that is not
//! dead, values of maps included, so after that no map has a value that reaches what is still dead.
//!
//! A dead object may die by count while user code runs: then its value is dropped at once, as in CPython, but its slot is
//! kept until the collection has ended, so that the list of the dead stays valid.

use core::ptr::NonNull;

use super::{analysis, generations};
use crate::death;
use crate::header::{DECREMENTED, FINALIZED, Generation, HAS_FINALIZER, HAS_WEAK, Header, Mark, TRACKED, prefix_of};
use crate::heap::Heap;
use crate::trace::{Task, Tracer};

/// Finalizes and frees the dead; how many of them stayed dead. Those revived go to the generation `to`.
pub(super) fn dispose(heap: &Heap, mut dead: Vec<NonNull<Header>>, to: Generation) -> usize {
    crate::gc::debug::report_collectable(&dead);
    // SAFETY: nothing has been freed since the analysis.
    let bits = dead.iter().fold(0, |bits, object| bits | unsafe { object.as_ref() }.state());
    let mut let_go = 0;
    if bits & HAS_WEAK != 0 && crate::weak::clear_all(&dead) {
        // Maps let go of the values of dead keys, which may have run finalizers. Those could make new weak references.
        // SAFETY: slots of the dead are kept until the collection ends.
        let_go = dead.iter().filter(|object| !unsafe { object.as_ref() }.is_alive()).count();
        dead = keep_revived(heap, dead, to);
        crate::weak::clear_all(&dead);
    }
    if bits & HAS_FINALIZER != 0 && finalize_all(&dead) {
        dead = keep_revived(heap, dead, to);
        crate::weak::clear_all(&dead);
    }
    if heap.deaths.are_lending() {
        // User code began to hold all objects, and goes on.
        dead.into_iter().for_each(|object| revive(heap, object, to));
        free_kept_slots(heap);
        return let_go;
    }
    let collected = let_go + dead.len().saturating_add_signed(inline_objects(heap, &dead));
    if heap.collector.save_all.get() {
        save(heap, dead, to);
    } else {
        clear(heap, dead);
    }
    free_kept_slots(heap);
    collected
}

/// Parts of the dead that are objects to the user, less the dead that are none.
fn inline_objects(heap: &Heap, dead: &[NonNull<Header>]) -> isize {
    let mut count = 0;
    if heap.collector.has_inline_objects.take() {
        let mut tracer = Tracer::new(Task::CountInline(&mut count));
        // SAFETY: what is still dead holds its value.
        dead.iter().for_each(|&object| unsafe { tracer.trace_object(object) });
    }
    count
}

/// Calls the finalizers that have not run, in creation order; were there any?
fn finalize_all(dead: &[NonNull<Header>]) -> bool {
    let pending = |object: &&NonNull<Header>| {
        // SAFETY: slots of the dead are kept until the collection ends.
        let state = unsafe { object.as_ref() }.state();
        state & (HAS_FINALIZER | FINALIZED) == HAS_FINALIZER
    };
    let mut finalizable: Vec<_> = dead.iter().filter(pending).copied().collect();
    // SAFETY: types with a finalizer have a prefix, which holds the ordinal.
    finalizable.sort_unstable_by_key(|&object| unsafe { prefix_of(object) }.extra.get());
    for &object in &finalizable {
        // SAFETY: as above.
        let head = unsafe { object.as_ref() };
        // An earlier finalizer may have broken the cycle, so that this object died by count.
        if !head.is_alive() || head.has(FINALIZED) {
            continue;
        }
        head.increment();
        death::finalize(object);
        // SAFETY: gives up the reference just counted.
        unsafe { crate::pointer::release(object) };
    }
    !finalizable.is_empty()
}

/// Unmarks what finalizers revived or let die; the rest is still dead.
fn keep_revived(heap: &Heap, dead: Vec<NonNull<Header>>, to: Generation) -> Vec<NonNull<Header>> {
    let (alive, gone): (Vec<_>, Vec<_>) = dead.into_iter().partition(|object| {
        // SAFETY: slots of the dead are kept until the collection ends.
        unsafe { object.as_ref() }.is_alive()
    });
    for object in gone {
        // SAFETY: as above. An object that waits to die is ended like any other later.
        unsafe { object.as_ref() }.set_mark(Mark::None);
    }
    let (dead, revived) = analysis::confirm_dead(alive);
    revived.into_iter().for_each(|object| revive(heap, object, to));
    dead
}

/// Gives an object that was found dead back to a generation.
fn revive(heap: &Heap, object: NonNull<Header>, to: Generation) {
    // SAFETY: callers pass live objects.
    let head = unsafe { object.as_ref() };
    head.set_mark(Mark::None);
    head.make_suspect();
    heap.collector.pace.note_loss();
    generations::promote_one(heap, object, to);
}

/// Keeps the dead in `gc::garbage`.
fn save(heap: &Heap, dead: Vec<NonNull<Header>>, to: Generation) {
    for object in dead {
        revive(heap, object, to);
        crate::gc::garbage::save(object);
    }
}

/// Drops the values of the dead, then frees their memory. Each is held meanwhile, so that none is freed by the drop of
/// another, and no code can reach one whose value is gone: there are no references from outside, nor weak ones.
fn clear(heap: &Heap, dead: Vec<NonNull<Header>>) {
    for object in &dead {
        // SAFETY: members of the dead set are alive until here.
        let head = unsafe { object.as_ref() };
        head.increment();
        // Said beforehand: it loses its other references now, and that is no news.
        head.insert(DECREMENTED);
    }
    for &object in &dead {
        death::drop_value(object);
    }
    for object in dead {
        // SAFETY: held since the beginning of this function.
        let head = unsafe { object.as_ref() };
        if head.count() == 1 {
            // SAFETY: nothing refers to it but the hold of this function.
            unsafe { heap.free(object) };
        } else {
            // A value that panicked in its drop, or was forgotten, kept a reference: it must not dangle.
            head.remove(TRACKED);
        }
    }
}

/// Frees the slots of objects that died by count while they were marked dead.
fn free_kept_slots(heap: &Heap) {
    for object in heap.collector.kept_slots.take() {
        // SAFETY: its value was dropped, its count is zero, and the collection has ended.
        unsafe { heap.free(object) };
    }
}
