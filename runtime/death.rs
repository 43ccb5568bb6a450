//! Death by count: what happens when an object's last reference goes.
//!
//! In CPython's order: `__del__` (once; it may resurrect), weak references cleared and called back, the fields, the
//! memory. Deaths that a death causes nest, as in CPython, down to [`DEEPEST`]; deeper ones wait in a queue until the
//! outermost death has ended, so a chain of any length needs a bounded stack.
//!
//! That is, on x86-64, at most 16 KiB with optimisation and 96 KiB without, besides what users' own code takes in fifty
//! nested deaths. (Measured with values that are guarded, have finalizers and callbacks; `tests/runtime/depth.rs` holds it.)

use core::cell::Cell;
use core::marker::PhantomData;
use core::ptr::NonNull;

use crate::collector::generations;
use crate::header::{
    DROPS_LOUDLY, ENDS_SLOWLY, ENDS_WITH_USER_CODE, FINALIZED, HAS_FINALIZER, HAS_WEAK, Header, Mark, WAITING,
};
use crate::heap::{self, Heap, List};
use crate::pointer::GcStaysOnItsThread;
use crate::unraisable::{self, Origin};

/// Deaths nest to this depth. CPython's trashcan uses 50.
const DEEPEST: u32 = 50;

/// What an open write guard adds to the depth, so that one comparison answers whether a death must wait.
const HOLD: u32 = 1 << 16;

/// Deaths under way and deaths that wait.
pub(crate) struct Deaths {
    /// How deeply deaths are nested, and [`HOLD`] for each open write guard.
    depth: Cell<u32>,
    /// [`Hold`](crate::hold::Hold)s that are open.
    pub(crate) lendings: Cell<u32>,
    any_waiting: Cell<bool>,
    waiting: List<NonNull<Header>>,
}

impl Deaths {
    pub(crate) const fn new() -> Self {
        Deaths { depth: Cell::new(0), lendings: Cell::new(0), any_waiting: Cell::new(false), waiting: List::new() }
    }

    /// Is a write guard open, so that user code must not run?
    pub(crate) fn are_held(&self) -> bool {
        self.depth.get() >= HOLD
    }

    /// Are there references that keep their objects only by keeping all deaths waiting?
    pub(crate) fn are_lending(&self) -> bool {
        self.lendings.get() > 0
    }

    pub(crate) fn release_memory(&self) {
        drop(self.waiting.take());
    }
}

/// Ends an object whose count has become zero, unless it is immortal.
///
/// # Safety
/// `header` must be that of an object of this thread, whose last reference was just given up.
#[inline(never)]
pub(crate) unsafe fn last(header: NonNull<Header>) {
    // SAFETY: the caller's promise.
    let head = unsafe { header.as_ref() };
    if head.is_immortal() {
        return head.make_immortal();
    }
    heap::with(|heap| {
        let deaths = &heap.deaths;
        let depth = deaths.depth.get();
        if depth >= DEEPEST {
            return wait(deaths, header);
        }
        deaths.depth.set(depth + 1);
        // SAFETY: the caller's promise.
        unsafe { end(heap, header) };
        deaths.depth.set(deaths.depth.get() - 1);
        if depth == 0 && deaths.any_waiting.get() {
            run_waiting(heap);
        }
    });
}

/// [`last`] for a value that seems to have nothing to drop: quick if there is nothing else to do either.
///
/// # Safety
/// As for [`last`].
#[inline]
pub(crate) unsafe fn last_of_plain(header: NonNull<Header>) {
    // SAFETY: the caller's promise.
    let head = unsafe { header.as_ref() };
    if !head.has(ENDS_SLOWLY) {
        // SAFETY: nothing refers to the object, and there is nothing to drop.
        heap::with(|heap| unsafe { heap.free_small(header) });
    } else {
        // SAFETY: the caller's promise.
        unsafe { last(header) }
    }
}

#[cold]
#[inline(never)]
fn wait(deaths: &Deaths, header: NonNull<Header>) {
    // SAFETY: the caller has an object that is not ended yet.
    let head = unsafe { header.as_ref() };
    if !head.has(WAITING) {
        head.insert(WAITING);
        deaths.waiting.push(header);
        deaths.any_waiting.set(true);
    }
}

/// Runs the deaths that wait, unless a write guard is open or deaths are nested too deeply already.
#[cold]
#[inline(never)]
fn run_waiting(heap: &Heap) {
    let deaths = &heap.deaths;
    let depth = deaths.depth.get();
    while depth < DEEPEST && deaths.depth.get() == depth {
        let Some(header) = deaths.waiting.pop() else {
            deaths.any_waiting.set(false);
            return;
        };
        // SAFETY: `wait` put it there instead of ending it, and what waits is ended only here.
        let head = unsafe { header.as_ref() };
        head.remove(WAITING);
        if head.is_alive() {
            // It gave out its own pointer meanwhile, perhaps into a cycle.
            crate::collector::pace::suspect(header);
            continue;
        }
        deaths.depth.set(depth + 1);
        // SAFETY: as above, and nobody refers to it.
        unsafe { end(heap, header) };
        deaths.depth.set(deaths.depth.get() - 1);
    }
}

/// Finalizes, clears weak references, drops the value and frees the memory. No panic leaves it.
///
/// # Safety
/// As for [`last`].
#[inline]
unsafe fn end(heap: &Heap, header: NonNull<Header>) {
    // SAFETY: the caller's promise.
    let head = unsafe { header.as_ref() };
    if head.has(ENDS_WITH_USER_CODE) {
        // SAFETY: the caller's promise.
        return unsafe { end_with_user_code(heap, header) };
    }
    if let Some(drop_value) = head.table().drop_value {
        // SAFETY: nothing refers to the value; the table is that of its type.
        unsafe { drop_value(header) };
    }
    // SAFETY: the count is zero, no weak entry leads here, and the value is dropped.
    unsafe { heap.free(header) };
}

/// # Safety
/// As for [`last`].
#[inline(never)]
unsafe fn end_with_user_code(heap: &Heap, header: NonNull<Header>) {
    // SAFETY: the caller's promise.
    let head = unsafe { header.as_ref() };
    if head.has(HAS_FINALIZER) && !head.has(FINALIZED) {
        head.set_count(1);
        finalize(header);
        // The reference that `finalize` was called with.
        head.set_count(head.count() - 1);
        if head.is_alive() {
            generations::relist(heap, header);
            crate::collector::pace::suspect(header);
            return;
        }
        if heap.deaths.are_lending() {
            return wait(&heap.deaths, header);
        }
    }
    if head.has(HAS_WEAK) {
        crate::weak::clear(header);
    }
    drop_value(header);
    // SAFETY: the count is zero, no weak entry leads here, and the value is dropped.
    unsafe { free(heap, header) };
}

/// Frees an object's memory, or leaves it to the collection that has found the object dead.
///
/// # Safety
/// As for [`Heap::free`].
pub(crate) unsafe fn free(heap: &Heap, header: NonNull<Header>) {
    // SAFETY: the caller's promise.
    if unsafe { header.as_ref() }.mark() == Mark::Dead {
        heap.collector.keep_slot(header);
    } else {
        // SAFETY: the caller's promise.
        unsafe { heap.free(header) };
    }
}

/// Calls `__del__`, once in an object's life. The caller holds a reference.
pub(crate) fn finalize(header: NonNull<Header>) {
    // SAFETY: the caller holds a reference.
    let head = unsafe { header.as_ref() };
    head.insert(FINALIZED);
    let table = head.table();
    // SAFETY: the table is that of the object's type, and the object is alive.
    unraisable::catch(Origin::Finalizer, table.type_name, || unsafe { (table.finalize)(header) });
}

/// Drops an object's value where it lies.
pub(crate) fn drop_value(header: NonNull<Header>) {
    // SAFETY: callers pass an object whose value is still there and is never used again.
    let table = unsafe { header.as_ref() }.table();
    let Some(drop_value) = table.drop_value else { return };
    // SAFETY: as above.
    if unsafe { header.as_ref() }.has(DROPS_LOUDLY) {
        // SAFETY: as above; the table is that of the object's type.
        unraisable::catch(Origin::Drop, table.type_name, || unsafe { drop_value(header) });
    } else {
        // SAFETY: as above.
        unsafe { drop_value(header) };
    }
}

/// While it lives, objects whose count becomes zero wait and automatic collections don't start.
#[must_use = "deaths are deferred only as long as this guard lives"]
pub struct DeathsDeferred(PhantomData<dyn GcStaysOnItsThread>);

/// Defers deaths until the result is dropped; the last of nested guards ends it.
pub fn defer_deaths() -> DeathsDeferred {
    heap::with(|heap| match heap.deaths.depth.get().checked_add(HOLD) {
        Some(depth) => heap.deaths.depth.set(depth),
        None => too_many(),
    });
    DeathsDeferred(PhantomData)
}

#[cold]
#[inline(never)]
fn too_many() -> ! {
    panic!("refcycle: 65,535 guards and holds are open, or were forgotten");
}

impl Drop for DeathsDeferred {
    fn drop(&mut self) {
        heap::with(|heap| {
            heap.deaths.depth.set(heap.deaths.depth.get() - HOLD);
            run_waiting(heap);
        });
    }
}
