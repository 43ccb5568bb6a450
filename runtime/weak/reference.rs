//! [`WeakRef`]: a weak reference as an object.

use core::any::TypeId;
use core::cell::{Cell, RefCell};
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ptr::NonNull;

use super::Weak;
use super::callbacks::{Callback, Reaction, TicketCell};
use super::pointer::kept_hash;
use crate::collector::generations;
use crate::header::{Header, Mark, value_of};
use crate::heap;
use crate::pointer::Gc;
use crate::trace::{Step, Trace, Tracer};
use crate::unraisable::{self, Origin};

/// A weak reference that is an object itself and can call back, as Python's `weakref.ref(x, callback)`.
///
/// The callback runs once, after the object's death, unless the last clone of the `WeakRef` was dropped before or is
/// garbage of the same collection. What it holds is traced, so a cycle through a callback is collected. Making and dropping
/// one takes constant time, however many the object has.
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
pub struct Reference<T: Trace + ?Sized> {
    target: Weak<T>,
    callback: RefCell<Option<Box<dyn Action<T>>>>,
    /// Where the callback is registered.
    ticket: TicketCell,
    /// The hash of the object, for Rust; it outlives the object.
    hash: Cell<Option<u64>>,
    /// Likewise, as a script computes it.
    script_hash: Cell<Option<i64>>,
}

/// Which of the two references without a callback that everybody shares.
#[derive(Clone, Copy)]
pub(crate) enum Sharing {
    Reference,
    Proxy,
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
    ///
    /// ```
    /// use refcycle::{Gc, WeakRef};
    ///
    /// let text = Gc::new(String::from("x"));
    /// let weak = WeakRef::new(&text);
    /// assert!(Gc::ptr_eq(&weak.upgrade().unwrap(), &text));
    /// assert!(!weak.has_callback());
    /// ```
    pub fn new(object: &Gc<T>) -> Self {
        let target = Gc::downgrade(object);
        WeakRef(Gc::new(Reference {
            target,
            callback: RefCell::new(None),
            ticket: TicketCell::new(),
            hash: Cell::new(None),
            script_hash: Cell::new(None),
        }))
    }

    /// The one reference without a callback that all share who ask for it with the same type.
    pub(crate) fn shared(object: &Gc<T>, sharing: Sharing) -> Self {
        let target = Gc::downgrade(object);
        let shared = &target.entry().expect("downgrading made an entry").more().shared[sharing as usize];
        if let Some(header) = shared.get()
            && let Some(reference) = Reference::<T>::revive(header)
        {
            return reference;
        }
        let reference = WeakRef::new(object);
        shared.set(Some(reference.0.header()));
        reference
    }

    /// A weak reference that calls `callback(state, &reference)` after the object's death.
    ///
    /// `callback` is a function, or a closure that captures nothing; what it needs goes into `state`, which is traced.
    /// A panic in it goes to the unraisable hook. Several callbacks of one object run newest first.
    ///
    /// ```
    /// use std::{cell::RefCell, rc::Rc};
    /// use refcycle::{Gc, WeakRef, managed};
    ///
    /// #[managed]
    /// struct Log { #[managed(untraced)] lines: Rc<RefCell<Vec<u8>>> }
    ///
    /// let lines = Rc::new(RefCell::new(Vec::new()));
    /// let log = Log::new(lines.clone());
    /// let text = Gc::new(String::from("x"));
    /// let first = WeakRef::with_callback(&text, log.clone(), |log, _| log.lines.borrow_mut().push(1));
    /// let second = WeakRef::with_callback(&text, log, |log, _| log.lines.borrow_mut().push(2));
    /// drop(text);
    /// assert_eq!(*lines.borrow(), [2, 1]);
    /// # drop((first, second));
    /// ```
    pub fn with_callback<S: Trace>(object: &Gc<T>, state: S, callback: fn(S, &WeakRef<T>)) -> Self {
        let reference = WeakRef::new(object);
        // So that a collection finds it dead before finalizers run, even if its type can't be part of a cycle.
        heap::with(|heap| generations::begin_tracking(heap, object.header()));
        *reference.0.callback.borrow_mut() = Some(Box::new(StateAndFunction { state, function: callback }));
        let entry = reference.0.target.entry().expect("downgrading made an entry");
        let reaction = const { &Reaction { run: run_callback::<T>, lose: None, trace: None } };
        let callback = Callback { owner: reference.0.header(), slot: 0, reaction };
        reference.0.ticket.set(entry.register(callback));
        reference
    }

    /// The object that the weak reference itself is.
    pub(crate) fn object(&self) -> &Gc<Reference<T>> {
        &self.0
    }

    /// The references to an object that have this type: the shared one first, then those with a callback, newest first.
    pub(crate) fn all(object: &Gc<T>) -> Vec<Self> {
        let weak = Gc::downgrade(object);
        let entry = weak.entry().expect("downgrading made an entry");
        let more = entry.more();
        let mut headers: Vec<_> = more.shared[Sharing::Reference as usize].get().into_iter().collect();
        more.callbacks.for_each(|callback| headers.push(callback.owner));
        headers.into_iter().filter_map(Reference::revive).collect()
    }

    /// Where a script's hash of the object is kept.
    pub(crate) fn script_hash(&self) -> &Cell<Option<i64>> {
        &self.0.script_hash
    }

    /// A counted reference to the object, if it is alive: as [`Weak::upgrade`].
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

impl<T: Trace + ?Sized> Reference<T> {
    /// A counted reference to a registered reference of an object, if it is of this type and not dead.
    fn revive(header: NonNull<Header>) -> Option<WeakRef<T>> {
        // SAFETY: callers pass what is registered in a weak entry, and that is taken out before it is freed.
        let head = unsafe { header.as_ref() };
        let is_alive = head.is_alive() && head.mark() != Mark::Dead;
        let is_one = (head.table().type_id)() == TypeId::of::<Reference<T>>();
        // SAFETY: the type was checked, and the object is alive; the clone is counted.
        (is_alive && is_one).then(|| WeakRef(unsafe { Gc::from_header_counted(header) }))
    }
}

/// References to living objects compare as those do, others by identity, as Python's `weakref.ref` does.
impl<T: Trace + PartialEq + ?Sized> PartialEq for WeakRef<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self.upgrade(), other.upgrade()) {
            (Some(a), Some(b)) => *a == *b,
            _ => WeakRef::ptr_eq(self, other),
        }
    }
}

impl<T: Trace + Eq + ?Sized> Eq for WeakRef<T> {}

/// The object's hash as it was when the reference was hashed first: so it can be looked up when the object is dead.
///
/// # Panics
/// If the object is dead and the reference was not hashed before, as Python raises a `TypeError`.
impl<T: Trace + Hash + ?Sized> Hash for WeakRef<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(kept_hash(&self.0.hash, || self.upgrade()));
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
        let Some(more) = self.target.entry().and_then(|entry| entry.more.get()) else { return };
        more.callbacks.unregister(self.ticket.get());
        let own = core::ptr::from_ref(self).addr();
        for shared in &more.shared {
            if shared.get().is_some_and(|header| value_of(header).addr().get() == own) {
                shared.set(None);
            }
        }
    }
}
