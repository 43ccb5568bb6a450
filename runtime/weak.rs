//! Weak references: the side entry of an object, [`Weak`], and [`WeakRef`], which calls back. In the files of the
//! folder what is made of them: [`finalize`](self::finalize), maps and sets.
//!
//! The first weak reference to an object makes an entry, which takes the table's place in the header and remembers the
//! table. So objects without weak references pay nothing, and nothing has to be looked up in a map. The entry is taken
//! out again when the object dies or the last weak reference goes; it is freed when nobody refers to it.

mod finalize;
mod key_map;
mod likeness;
mod set;
mod table;
mod value_map;

use core::cell::{Cell, RefCell};
use core::fmt;
use core::ptr::NonNull;

pub use self::finalize::{Finalize, finalize};
pub(crate) use self::finalize::{Pending, forget_all, run_at_exit};
pub use self::key_map::WeakKeyMap;
pub use self::likeness::{ByIdentity, ByValue, Likeness};
pub use self::set::WeakSet;
pub use self::value_map::WeakValueMap;
use crate::collector::generations;
use crate::header::{HAS_FINALIZER, HAS_WEAK, Header, Mark, TypeTable, header_of, prefix_of, value_of};
use crate::heap::{self, List};
use crate::pointer::Gc;
use crate::trace::{Step, Trace, Tracer};
use crate::unraisable::{self, Origin};

/// What the weak references to one object share.
pub(crate) struct WeakEntry {
    /// The object; `None` once it is dead.
    object: Cell<Option<NonNull<Header>>>,
    table: &'static TypeTable,
    /// `Weak`s that refer to this entry.
    weak: Cell<usize>,
    /// When the object was created, if it remembers, else when the entry was made: the order of callbacks in a collection.
    ordinal: u64,
    /// The references that call back, oldest first: their objects, and the function that does it.
    callbacks: List<Callback>,
}

/// A registered callback: the object that owns it (a [`Reference`], a table of a weak map), not counted here.
#[derive(Clone, Copy)]
struct Callback {
    owner: NonNull<Header>,
    /// What the owner knows it by.
    slot: usize,
    reaction: &'static Reaction,
}

/// What the owner of a callback does. Each function gets the owner, which must be of the type that it is for and have a
/// value, and the slot.
struct Reaction {
    /// After the referent's death.
    run: unsafe fn(NonNull<Header>, usize),
    /// Instead, if the owner was found dead together with the referent: it may be revived yet.
    lose: Option<unsafe fn(NonNull<Header>)>,
    /// For ephemerons: reports what the owner keeps for the referent's sake.
    trace: Option<unsafe fn(NonNull<Header>, usize, &mut Tracer<'_>)>,
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
                callbacks: List::new(),
            };
            let entry = NonNull::from(Box::leak(Box::new(entry)));
            head.set_weak_entry(entry);
            entry
        })
    }

    fn register(&self, callback: Callback) {
        self.callbacks.push(callback);
    }

    /// Takes out a callback of the owner whose value is at this address; the newest is looked at first.
    fn unregister(&self, owner: usize, slot: usize) {
        self.callbacks.with(|callbacks| {
            if let Some(index) = callbacks.iter().rposition(|callback| callback.is(owner, slot)) {
                callbacks.remove(index);
            }
        });
    }

    /// The owner knows its callback by another slot from now on.
    fn rename(&self, owner: usize, slot: usize, new: usize) {
        self.callbacks.with(|callbacks| {
            if let Some(callback) = callbacks.iter_mut().rfind(|callback| callback.is(owner, slot)) {
                callback.slot = new;
            }
        });
    }

    /// Separates the entry from its object, if it has one still.
    fn detach(&self) {
        if let Some(header) = self.object.take() {
            // SAFETY: an attached entry's object is alive, dying or being built, so its header is valid.
            unsafe { header.as_ref() }.restore_table(self.table);
        }
    }
}

impl Callback {
    fn is(&self, owner: usize, slot: usize) -> bool {
        self.slot == slot && value_of(self.owner).addr().get() == owner
    }
}

/// Reports what ephemerons keep for the sake of an object that was found alive, as far as their owners were as well.
///
/// # Safety
/// `header` must be that of a live object.
pub(crate) unsafe fn trace_ephemerons(header: NonNull<Header>, tracer: &mut Tracer<'_>) {
    // SAFETY: the caller's promise; a header's entry is live.
    let Some(entry) = (unsafe { header.as_ref() }).weak_entry().map(|entry| unsafe { entry.as_ref() }) else { return };
    entry.callbacks.with(|callbacks| {
        for Callback { owner, slot, reaction } in callbacks {
            let Some(trace) = reaction.trace else { continue };
            // SAFETY: an owner unregisters before it dies, so a registered one has a value, and it registers functions
            // for its own type. Tracing changes nothing, so nobody misses the callbacks meanwhile.
            unsafe {
                if owner.as_ref().mark() == Mark::Reachable {
                    trace(*owner, *slot, tracer);
                }
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
        drop(head.callbacks.take());
        // SAFETY: it came from `Box::leak`, no `Weak` and no header refers to it.
        drop(unsafe { Box::from_raw(entry.as_ptr()) });
    }
}

/// A reference that does not keep its object alive; [`std::rc::Weak`]'s API.
///
/// ```
/// use refcycle::{Gc, Weak};
///
/// let text = Gc::new(String::from("short-lived"));
/// let weak: Weak<String> = Gc::downgrade(&text);
/// assert_eq!(weak.upgrade().as_deref().map(String::as_str), Some("short-lived"));
/// drop(text);
/// assert!(weak.upgrade().is_none());
/// ```
pub struct Weak<T: ?Sized> {
    /// `None` for [`Weak::new`].
    entry: Option<NonNull<WeakEntry>>,
    /// The object's value; dangling for [`Weak::new`], and never followed unless the entry says that it is alive.
    target: NonNull<T>,
}

impl<T> Weak<T> {
    /// A weak reference to nothing.
    #[inline]
    pub const fn new() -> Self {
        Weak { entry: None, target: NonNull::dangling() }
    }
}

impl<T: ?Sized> Weak<T> {
    /// A weak reference to the object that `target` is the value of.
    ///
    /// # Safety
    /// `target` must be the value of an object that is alive or being built.
    pub(crate) unsafe fn to(target: NonNull<T>) -> Self {
        // SAFETY: the caller's promise.
        let entry = WeakEntry::of(unsafe { header_of(target) });
        // SAFETY: the entry was found in a live header, or just made.
        let head = unsafe { entry.as_ref() };
        head.weak.set(head.weak.get() + 1);
        Weak { entry: Some(entry), target }
    }

    fn entry(&self) -> Option<&WeakEntry> {
        // SAFETY: the entry lives as long as a `Weak` is counted in it.
        self.entry.map(|entry| unsafe { entry.as_ref() })
    }

    /// The object's header while somebody keeps it.
    pub(crate) fn header(&self) -> Option<NonNull<Header>> {
        let header = self.entry()?.object.get()?;
        // SAFETY: an attached entry's object has a valid header.
        unsafe { header.as_ref() }.is_alive().then_some(header)
    }

    /// Has the reference been cleared? An object that waits to die is dying, but not dead.
    fn is_cleared(&self) -> bool {
        self.entry().is_none_or(|entry| entry.object.get().is_none())
    }

    /// Puts the entry back into the header of an object that has just got its table.
    pub(crate) fn reattach(&self, header: NonNull<Header>) {
        let entry = self.entry.expect("made by `to`");
        // SAFETY: callers pass the header of the object that they have made this reference to.
        unsafe { header.as_ref() }.set_weak_entry(entry);
    }

    /// A counted reference, or `None` if the object is dead, dying or still being built.
    ///
    /// Inside a `__del__` that runs because the last reference went, the object is still there; inside one that the
    /// collector runs it is not, nor are the other members of the dead cycle.
    #[inline]
    pub fn upgrade(&self) -> Option<Gc<T>> {
        let header = self.header()?;
        // SAFETY: the object is alive.
        unsafe { header.as_ref() }.increment();
        // SAFETY: `target` is the value of that object, and the reference was just counted.
        Some(unsafe { Gc::from_non_null(self.target) })
    }

    /// The number of `Gc`s to the object, 0 if it is dead.
    pub fn strong_count(&self) -> usize {
        // SAFETY: the object is alive.
        self.header().map_or(0, |header| unsafe { header.as_ref() }.count() as usize)
    }

    /// The number of weak references to the object, 0 if it is dead.
    pub fn weak_count(&self) -> usize {
        match self.entry() {
            Some(entry) if self.header().is_some() => entry.weak.get(),
            _ => 0,
        }
    }

    /// Do both refer to the same object, dead or alive? Two `Weak::new()` do.
    #[inline]
    pub fn ptr_eq(&self, other: &Self) -> bool {
        self.entry == other.entry && core::ptr::addr_eq(self.target.as_ptr(), other.target.as_ptr())
    }

    /// The address of the object's value; it dangles once the object is dead.
    #[inline]
    pub fn as_ptr(&self) -> *const T {
        self.target.as_ptr()
    }
}

impl<T: ?Sized> Clone for Weak<T> {
    #[inline]
    fn clone(&self) -> Self {
        if let Some(entry) = self.entry() {
            entry.weak.set(entry.weak.get() + 1);
        }
        Weak { entry: self.entry, target: self.target }
    }
}

impl<T: ?Sized> Drop for Weak<T> {
    #[inline]
    fn drop(&mut self) {
        let Some(pointer) = self.entry else { return };
        // SAFETY: the entry lives as long as a `Weak` is counted in it.
        let entry = unsafe { pointer.as_ref() };
        entry.weak.set(entry.weak.get() - 1);
        if entry.weak.get() == 0 {
            entry.detach();
            // SAFETY: this was the last `Weak`, and the entry is detached.
            unsafe { free_if_unused(pointer) };
        }
    }
}

impl<T> Default for Weak<T> {
    fn default() -> Self {
        Weak::new()
    }
}

impl<T: ?Sized> fmt::Debug for Weak<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(Weak)")
    }
}

/// Clears all weak references to a dying object, then runs their callbacks, newest first.
pub(crate) fn clear(header: NonNull<Header>) {
    for callback in clear_quietly(header) {
        callback.run();
    }
}

/// Clears all weak references to an object. The callbacks to run, newest first: those whose owner is not itself dead.
fn clear_quietly(header: NonNull<Header>) -> Vec<PendingCallback> {
    // SAFETY: callers pass an object that is dying or dead but not freed.
    let Some(pointer) = (unsafe { header.as_ref() }).weak_entry() else { return Vec::new() };
    // SAFETY: the header's entry is live.
    let entry = unsafe { pointer.as_ref() };
    entry.detach();
    let callbacks = entry.callbacks.take();
    // SAFETY: not used any more.
    unsafe { free_if_unused(pointer) };
    callbacks.into_iter().rev().filter_map(PendingCallback::new).collect()
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

/// A weak reference that is an object itself and can call back, as Python's `weakref.ref(x, callback)`.
///
/// The callback runs once, after the object's death, unless the last clone of the `WeakRef` was dropped before or is
/// garbage of the same collection. What it holds is traced, so a cycle through a callback is collected.
///
/// ```
/// use std::cell::RefCell;
/// use refcycle::{Gc, WeakRef};
///
/// let log = Gc::new(RefCell::new(Vec::new()));
/// let text = Gc::new(String::from("x"));
/// let weak = WeakRef::with_callback(&text, log.clone(), |log, weak| {
///     assert!(weak.upgrade().is_none());
///     log.borrow_mut().push("gone");
/// });
/// drop(text);
/// assert_eq!(*log.borrow(), ["gone"]);
/// ```
pub struct WeakRef<T: Trace + ?Sized>(Gc<Reference<T>>);

/// The object behind a [`WeakRef`].
pub(crate) struct Reference<T: Trace + ?Sized> {
    target: Weak<T>,
    callback: RefCell<Option<Box<dyn Action<T>>>>,
    /// The hash of the object, for a script that asked for it: it outlives the object.
    hash: Cell<Option<i64>>,
}

/// A callback with what it holds.
trait Action<T: Trace + ?Sized>: Trace {
    fn call(self: Box<Self>, reference: &WeakRef<T>);
}

struct StateAndFunction<S, T: Trace + ?Sized> {
    state: S,
    function: fn(S, &WeakRef<T>),
}

// SAFETY: the state is all that can own a `Gc`.
unsafe impl<S: Trace, T: Trace + ?Sized> Trace for StateAndFunction<S, T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.state.trace(tracer);
    }
}

impl<S: Trace, T: Trace + ?Sized> Action<T> for StateAndFunction<S, T> {
    fn call(self: Box<Self>, reference: &WeakRef<T>) {
        (self.function)(self.state, reference);
    }
}

// SAFETY: the callback is all that can own a `Gc`. `Drop` touches only the weak entry.
unsafe impl<T: Trace + ?Sized> Trace for Reference<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.callback.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        tracer.step(Step::Field("target"), |tracer| tracer.weak(self.target.header()));
        tracer.step(Step::Field("callback"), |tracer| self.callback.trace(tracer));
    }

    fn type_name() -> &'static str {
        "WeakRef"
    }
}

impl<T: Trace + ?Sized> WeakRef<T> {
    /// A weak reference without a callback.
    pub fn new(object: &Gc<T>) -> Self {
        let target = Gc::downgrade(object);
        WeakRef(Gc::new(Reference { target, callback: RefCell::new(None), hash: Cell::new(None) }))
    }

    /// A weak reference that calls `callback(state, &reference)` after the object's death.
    ///
    /// `callback` is a function, or a closure that captures nothing; what it needs goes into `state`, which is traced.
    /// A panic in it goes to the unraisable hook.
    pub fn with_callback<S: Trace>(object: &Gc<T>, state: S, callback: fn(S, &WeakRef<T>)) -> Self {
        let reference = WeakRef::new(object);
        // So that a collection finds it dead before finalizers run, even if its type can't be part of a cycle.
        heap::with(|heap| generations::begin_tracking(heap, object.header()));
        *reference.0.callback.borrow_mut() = Some(Box::new(StateAndFunction { state, function: callback }));
        let entry = reference.0.target.entry().expect("downgrading made an entry");
        let reaction = const { &Reaction { run: run_callback::<T>, lose: None, trace: None } };
        entry.register(Callback { owner: reference.0.header(), slot: 0, reaction });
        reference
    }

    /// The object that the weak reference itself is.
    pub(crate) fn object(&self) -> &Gc<Reference<T>> {
        &self.0
    }

    pub(crate) fn from_object(object: Gc<Reference<T>>) -> Self {
        WeakRef(object)
    }

    /// Where a script's hash of the object is kept.
    pub(crate) fn hash(&self) -> &Cell<Option<i64>> {
        &self.0.hash
    }

    /// A counted reference to the object, if it is alive.
    pub fn upgrade(&self) -> Option<Gc<T>> {
        self.0.target.upgrade()
    }

    /// Is a callback still waiting for the object's death?
    pub fn has_callback(&self) -> bool {
        self.0.callback.borrow().is_some()
    }

    /// Are these the same weak reference, not only references to the same object?
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        Gc::ptr_eq(&this.0, &other.0)
    }
}

impl<T: Trace + ?Sized> Clone for WeakRef<T> {
    fn clone(&self) -> Self {
        WeakRef(self.0.clone())
    }
}

impl<T: Trace + ?Sized> fmt::Debug for WeakRef<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(WeakRef)")
    }
}

// SAFETY: a `WeakRef` owns one `Gc`, to its reference object.
unsafe impl<T: Trace + ?Sized> Trace for WeakRef<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

/// # Safety
/// `owner` must be that of a live `Reference<T>`.
unsafe fn run_callback<T: Trace + ?Sized>(owner: NonNull<Header>, _slot: usize) {
    // SAFETY: the caller's promise; the clone is counted.
    let reference = WeakRef(unsafe { Gc::<Reference<T>>::from_header_counted(owner) });
    let action = reference.0.callback.borrow_mut().take();
    if let Some(action) = action {
        // The referent's type: that of the entry, which may be a concrete type behind a `dyn Trait`.
        let entry = reference.0.target.entry().expect("a callback is registered in an entry");
        unraisable::catch(Origin::WeakCallback, entry.table.type_name, || action.call(&reference));
    }
}

impl<T: Trace + ?Sized> Drop for Reference<T> {
    fn drop(&mut self) {
        let Some(entry) = self.target.entry() else { return };
        entry.unregister(core::ptr::from_ref(self).addr(), 0);
    }
}
