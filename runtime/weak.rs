//! Weak references: here the side entry of an object, and what happens to it at the object's death; in the files of the
//! folder the references themselves, and [`finalize`](self::finalize), maps and sets.
//!
//! The first weak reference to an object makes an entry, which takes the table's place in the header and remembers the
//! table. So objects without weak references pay nothing, and nothing has to be looked up in a map. The entry is taken
//! out again when the object dies or the last weak reference goes; it is freed when nobody refers to it.

mod callbacks;
mod finalize;
mod key_map;
mod likeness;
mod pointer;
mod reference;
mod set;
mod table;
mod value_map;

use core::cell::{Cell, OnceCell};
use core::ptr::NonNull;

use self::callbacks::{Callback, Callbacks, Ticket};
pub use self::finalize::{Finalize, finalize};
pub(crate) use self::finalize::{NoPromises, Pending, promise, run_at_exit};
pub use self::key_map::WeakKeyMap;
pub use self::likeness::{ByIdentity, ByValue, Likeness};
pub use self::pointer::Weak;
pub(crate) use self::reference::Sharing;
pub use self::reference::WeakRef;
pub use self::set::WeakSet;
pub(crate) use self::table::{Iterating, Slot};
pub use self::table::{Role, Table};
pub use self::value_map::WeakValueMap;
use crate::header::{HAS_FINALIZER, HAS_WEAK, Header, Mark, TypeTable, prefix_of};
use crate::heap;
use crate::trace::Tracer;

/// What the weak references to one object share.
pub(crate) struct WeakEntry {
    /// The object; `None` once it is dead.
    object: Cell<Option<NonNull<Header>>>,
    table: &'static TypeTable,
    /// `Weak`s that refer to this entry.
    weak: Cell<usize>,
    /// When the object was created, if it remembers, else when the entry was made: the order of callbacks in a collection.
    ordinal: u64,
    /// What a plain [`Weak`] does not need.
    more: OnceCell<Box<More>>,
}

/// What some weak references need of their object's entry.
struct More {
    /// What calls back when the object dies.
    callbacks: Callbacks,
    /// The reference and the proxy that all share who ask for one without a callback; not counted here.
    shared: [Cell<Option<NonNull<Header>>>; 2],
    /// The hash of the object, for weak references that were hashed: it outlives the object.
    hash: Cell<Option<u64>>,
}

impl WeakEntry {
    #[inline]
    pub(crate) fn table(&self) -> &'static TypeTable {
        self.table
    }

    /// How many `Weak`s there are.
    pub(crate) fn weak_count(&self) -> usize {
        self.weak.get()
    }

    /// The entry of an object, made if there is none.
    fn of(header: NonNull<Header>) -> NonNull<WeakEntry> {
        // SAFETY: callers hold a reference to the object, or are building it.
        let head = unsafe { header.as_ref() };
        head.weak_entry().unwrap_or_else(|| {
            let entry = WeakEntry {
                object: Cell::new(Some(header)),
                table: head.table(),
                weak: Cell::new(0),
                ordinal: ordinal_of(header),
                more: OnceCell::new(),
            };
            let entry = NonNull::from(Box::leak(Box::new(entry)));
            head.set_weak_entry(entry);
            entry
        })
    }

    fn more(&self) -> &More {
        self.more.get_or_init(|| {
            let shared = [const { Cell::new(None) }; 2];
            Box::new(More { callbacks: Callbacks::new(), shared, hash: Cell::new(None) })
        })
    }

    /// Registers a callback.
    fn register(&self, callback: Callback) -> Ticket {
        self.more().callbacks.register(callback)
    }

    /// Takes a callback out, unless all were taken.
    fn unregister(&self, ticket: Ticket) {
        if let Some(more) = self.more.get() {
            more.callbacks.unregister(ticket);
        }
    }

    /// Separates the entry from its object, if it has one still.
    fn detach(&self) {
        if let Some(header) = self.object.take() {
            // SAFETY: an attached entry's object is alive, dying or being built, so its header is valid.
            unsafe { header.as_ref() }.restore_table(self.table);
        }
    }
}

/// Reports what ephemerons keep for the sake of an object that was found alive, as far as their owners were as well.
///
/// # Safety
/// `header` must be that of a live object.
pub(crate) unsafe fn trace_ephemerons(header: NonNull<Header>, tracer: &mut Tracer<'_>) {
    // SAFETY: the caller's promise; a header's entry is live.
    let Some(entry) = (unsafe { header.as_ref() }).weak_entry().map(|entry| unsafe { entry.as_ref() }) else { return };
    let Some(more) = entry.more.get() else { return };
    more.callbacks.for_each(|Callback { owner, slot, reaction }| {
        let Some(trace) = reaction.trace else { return };
        // SAFETY: an owner unregisters before it dies, so a registered one has a value, and it registers functions for
        // its own type.
        unsafe {
            if owner.as_ref().mark() == Mark::None {
                trace(owner, slot, tracer);
            }
        }
    });
}

/// When an object was created, if it remembers, else now.
fn ordinal_of(header: NonNull<Header>) -> u64 {
    // SAFETY: callers hold a reference to the object, or are building it.
    if unsafe { header.as_ref() }.has(HAS_FINALIZER) {
        // SAFETY: objects with a finalizer have a prefix, with their ordinal.
        return unsafe { prefix_of(header) }.extra.get() as u64;
    }
    heap::with(|heap| heap.collector.next_ordinal())
}

/// Frees an entry that nobody refers to.
///
/// # Safety
/// `entry` must be live, and unused afterwards if it has neither an object nor weak references.
unsafe fn free_if_unused(entry: NonNull<WeakEntry>) {
    // SAFETY: the caller's promise.
    let head = unsafe { entry.as_ref() };
    if head.weak.get() == 0 && head.object.get().is_none() {
        // SAFETY: it came from `Box::leak`, no `Weak` and no header refers to it.
        drop(unsafe { Box::from_raw(entry.as_ptr()) });
    }
}

/// Clears all weak references to a dying object, then runs their callbacks, newest first.
pub(crate) fn clear(header: NonNull<Header>) {
    for callback in clear_quietly(header) {
        callback.run();
    }
}

/// Clears all weak references to an object. The callbacks to run, newest first: those whose owner is not itself dead.
fn clear_quietly(header: NonNull<Header>) -> PendingCallbacks {
    let mut pending = PendingCallbacks { first: None, others: Vec::new() };
    // SAFETY: callers pass an object that is dying or dead but not freed.
    let Some(pointer) = (unsafe { header.as_ref() }).weak_entry() else { return pending };
    // SAFETY: the header's entry is live.
    let entry = unsafe { pointer.as_ref() };
    entry.detach();
    if let Some(more) = entry.more.get() {
        more.callbacks.take(|callback| pending.extend(PendingCallback::new(callback)));
    }
    // SAFETY: not used any more.
    unsafe { free_if_unused(pointer) };
    pending
}

/// Most objects have one callback, which needs no memory.
struct PendingCallbacks {
    first: Option<PendingCallback>,
    others: Vec<PendingCallback>,
}

impl PendingCallbacks {
    fn extend(&mut self, callback: Option<PendingCallback>) {
        match &self.first {
            None => self.first = callback,
            Some(_) => self.others.extend(callback),
        }
    }
}

impl IntoIterator for PendingCallbacks {
    type Item = PendingCallback;
    type IntoIter = core::iter::Chain<core::option::IntoIter<PendingCallback>, std::vec::IntoIter<PendingCallback>>;

    fn into_iter(self) -> Self::IntoIter {
        self.first.into_iter().chain(self.others)
    }
}

/// A callback that is about to run, and a counted reference to its owner.
struct PendingCallback(Callback);

impl PendingCallback {
    fn new(callback: Callback) -> Option<Self> {
        // SAFETY: an owner unregisters before it dies, so a registered one has a valid header.
        let owner = unsafe { callback.owner.as_ref() };
        if !owner.is_alive() {
            return None;
        }
        if owner.mark() == Mark::Dead {
            if let Some(lose) = callback.reaction.lose {
                // SAFETY: a dead owner still has its value while it is registered.
                unsafe { lose(callback.owner) };
            }
            return None;
        }
        owner.increment();
        Some(PendingCallback(callback))
    }

    fn run(self) {
        let Callback { owner, slot, reaction } = self.0;
        // SAFETY: the function is that of the owner's type, and the owner is alive, since it was counted in `new`.
        unsafe { (reaction.run)(owner, slot) }
    }
}

impl Drop for PendingCallback {
    fn drop(&mut self) {
        // SAFETY: gives up the reference that `new` counted.
        unsafe { crate::pointer::release(self.0.owner) }
    }
}

/// Clears all weak references to the members of a dead set, then runs the callbacks whose owner is not a member itself:
/// by referent in the order of their ordinals, and newest first within one. Did one of them belong to an ephemeron? Then
/// members may have died by count or have been revived.
pub(crate) fn clear_all(dead: &[NonNull<Header>]) -> bool {
    // SAFETY: the members of a dead set are not freed before the collection ends.
    let with_entry = dead.iter().filter(|header| unsafe { header.as_ref() }.has(HAS_WEAK));
    let mut referents: Vec<(u64, NonNull<Header>)> = with_entry
        .filter_map(|&header| {
            // SAFETY: as above; the entry of a header is live.
            let entry = unsafe { header.as_ref().weak_entry()?.as_ref() };
            Some((entry.ordinal, header))
        })
        .collect();
    referents.sort_unstable_by_key(|&(ordinal, _)| ordinal);
    let callbacks: Vec<_> = referents.into_iter().flat_map(|(_, header)| clear_quietly(header)).collect();
    let of_ephemerons = callbacks.iter().any(|callback| callback.0.reaction.trace.is_some());
    callbacks.into_iter().for_each(PendingCallback::run);
    of_ephemerons
}
