//! [`finalize`]: a function that is called when an object dies, at the latest when the thread ends.

use core::cell::{Cell, RefCell};
use core::fmt;
use core::ptr::NonNull;

use super::Weak;
use super::callbacks::{Callback, Reaction, TicketCell};
use crate::collector::generations;
use crate::header::Header;
use crate::heap::{self, List};
use crate::pointer::Gc;
use crate::trace::{Step, Trace, Tracer};
use crate::unraisable::{self, Origin};
use crate::unsize;

/// Calls `function(state)` when `object` dies, as Python's `weakref.finalize`.
///
/// What [`finalize`] returns need not be kept. The function is called once: after the object's `__del__`, when its weak
/// references are cleared; or by [`Finalize::call`]; or by [`gc::shutdown`](crate::gc::shutdown) and at the end of the
/// thread, unless [`at_exit(false)`](Finalize::at_exit) was said. Several functions of one object are called newest first.
/// A panic in it goes to the unraisable hook, except to the caller of [`Finalize::call`].
///
/// `state` is kept until then. So an object that it leads to lives until the thread ends: use a [`Weak`] in it.
///
/// ```
/// use refcycle::{Gc, finalize};
///
/// let log = Gc::new(std::cell::RefCell::new(Vec::new()));
/// let file = Gc::new(String::from("/tmp/x"));
/// let cleanup = finalize(&file, (log.clone(), file.to_string()), |(log, path)| log.borrow_mut().push(path));
/// assert!(cleanup.alive());
/// drop(file);
/// assert!(!cleanup.alive());
/// assert_eq!(*log.borrow(), ["/tmp/x"]);
/// ```
pub fn finalize<T, S, R>(object: &Gc<T>, state: S, function: fn(S) -> R) -> Finalize<T, S, R>
where
    T: Trace + ?Sized,
    S: Trace,
    R: 'static,
{
    promise(object, state, function, drop)
}

/// [`finalize`] whose result is given to `discard`, unless [`Finalize::call`] returns it.
pub(crate) fn promise<T, S, R>(object: &Gc<T>, state: S, function: fn(S) -> R, discard: fn(R)) -> Finalize<T, S, R>
where
    T: Trace + ?Sized,
    S: Trace,
    R: 'static,
{
    let task = Gc::new(Task {
        target: Gc::downgrade(object),
        work: RefCell::new(Some(Work { state, function })),
        discard,
        ticket: TicketCell::new(),
        ordinal: heap::with(|heap| heap.collector.next_ordinal()),
        position: Cell::new(0),
        at_exit: Cell::new(true),
    });
    heap::with(|heap| {
        // So that a collection finds it dead before finalizers run, even if its type can't be part of a cycle.
        generations::begin_tracking(heap, object.header());
        if heap.is_closed() || heap.collector.pending.is_over.get() {
            // As in Python, nothing is promised that late.
            drop(task.work.take());
            return;
        }
        let reaction = const { &Reaction { run: run_task::<T, S, R>, lose: None, trace: None } };
        let entry = task.target.entry().expect("downgrading made an entry");
        task.ticket.set(entry.register(Callback { owner: task.header(), slot: 0, reaction }));
        heap.collector.pending.add(unsize!(task.clone() => dyn Promise));
    });
    Finalize(task)
}

/// What [`finalize`] promised.
pub struct Finalize<T: Trace + ?Sized, S: Trace, R: 'static = ()>(Gc<Task<T, S, R>>);

/// The object behind a [`Finalize`].
struct Task<T: ?Sized, S, R> {
    target: Weak<T>,
    /// `None` once it is done or detached.
    work: RefCell<Option<Work<S, R>>>,
    /// What becomes of a result that nobody waits for.
    discard: fn(R),
    /// Where it is registered.
    ticket: TicketCell,
    ordinal: u64,
    /// Where the promise stands in the heap's list.
    position: Cell<usize>,
    at_exit: Cell<bool>,
}

struct Work<S, R> {
    state: S,
    function: fn(S) -> R,
}

impl<T: Trace + ?Sized, S: Trace, R> Finalize<T, S, R> {
    /// Is the function still to be called?
    pub fn alive(&self) -> bool {
        self.0.work.borrow().is_some()
    }

    /// Calls the function now, unless it was called or detached; it won't be called again. Returns what it returns.
    ///
    /// ```
    /// use refcycle::{Gc, finalize};
    ///
    /// let object = Gc::new(1);
    /// let cleanup = finalize(&object, 20, |number| number + 1);
    /// assert_eq!((cleanup.call(), cleanup.call()), (Some(21), None));
    /// ```
    pub fn call(&self) -> Option<R> {
        let Work { state, function } = self.0.take_work()?;
        Some(function(state))
    }

    /// Takes the promise back: the function won't be called. Returns the object and the state, unless the function was
    /// called or detached before, or the object is dead.
    ///
    /// ```
    /// use refcycle::{Gc, finalize};
    ///
    /// let object = Gc::new(1);
    /// let cleanup = finalize(&object, "state", |_| unreachable!());
    /// assert_eq!(cleanup.detach().map(|(object, state)| (*object, state)), Some((1, "state")));
    /// assert!(!cleanup.alive());
    /// ```
    pub fn detach(&self) -> Option<(Gc<T>, S)> {
        let object = self.peek()?;
        Some((object, self.0.take_work()?.state))
    }

    /// The object, unless it is dead, or the function was called or detached.
    pub fn peek(&self) -> Option<Gc<T>> {
        if self.alive() { self.0.target.upgrade() } else { None }
    }

    /// What `look` makes of the state, unless the function was called or detached.
    pub(crate) fn look<A>(&self, look: impl FnOnce(&S) -> A) -> Option<A> {
        self.0.work.borrow().as_ref().map(|work| look(&work.state))
    }

    /// Where the promise is.
    pub(crate) fn address(&self) -> usize {
        Gc::as_ptr(&self.0).addr()
    }

    /// Says whether the function is called when the thread ends with the object alive; so it is unless this says no.
    ///
    /// ```
    /// use refcycle::{Gc, finalize, gc};
    ///
    /// let object = Gc::new(1);
    /// finalize(&object, (), |()| println!("only if the object dies")).at_exit(false);
    /// gc::shutdown(); // prints nothing
    /// ```
    pub fn at_exit(self, yes: bool) -> Self {
        self.set_at_exit(yes);
        self
    }

    /// [`Finalize::at_exit`] later.
    pub fn set_at_exit(&self, yes: bool) {
        self.0.at_exit.set(yes);
    }

    /// Is the function called when the thread ends with the object alive?
    pub fn is_at_exit(&self) -> bool {
        self.0.at_exit.get()
    }
}

impl<T: Trace + ?Sized, S: Trace, R> Clone for Finalize<T, S, R> {
    fn clone(&self) -> Self {
        Finalize(self.0.clone())
    }
}

impl<T: Trace + ?Sized, S: Trace, R> fmt::Debug for Finalize<T, S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.alive() { "(Finalize)" } else { "(Finalize, dead)" })
    }
}

// SAFETY: it owns one `Gc`, to its task.
unsafe impl<T: Trace + ?Sized, S: Trace, R> Trace for Finalize<T, S, R> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

impl<T: Trace + ?Sized, S: Trace, R: 'static> Task<T, S, R> {
    /// The work, which is then no longer promised.
    fn take_work(&self) -> Option<Work<S, R>> {
        let work = self.work.borrow_mut().take()?;
        let promise = heap::with(|heap| heap.collector.pending.remove(self.position.get()));
        // Not the last reference: the caller has one.
        drop(promise);
        Some(work)
    }
}

// SAFETY: the state is all that can own a `Gc`. `Drop` touches only the weak entry.
unsafe impl<T: Trace + ?Sized, S: Trace, R: 'static> Trace for Task<T, S, R> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Ok(work) = self.work.try_borrow()
            && let Some(work) = &*work
        {
            work.state.trace(tracer);
        }
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        tracer.step(Step::Field("target"), |tracer| tracer.weak(self.target.header()));
        tracer.step(Step::Field("state"), |tracer| self.trace(tracer));
    }

    fn type_name() -> &'static str {
        "Finalize"
    }
}

impl<T: ?Sized, S, R> Drop for Task<T, S, R> {
    fn drop(&mut self) {
        if let Some(entry) = self.target.entry() {
            entry.unregister(self.ticket.get());
        }
    }
}

/// # Safety
/// `owner` must be that of a live `Task<T, S, R>`.
unsafe fn run_task<T: Trace + ?Sized, S: Trace, R: 'static>(owner: NonNull<Header>, _slot: usize) {
    // SAFETY: the caller's promise; the clone is counted.
    unsafe { Gc::<Task<T, S, R>>::from_header_counted(owner) }.run();
}

/// A [`Task`] of unknown type.
trait Promise: Trace {
    fn position(&self) -> &Cell<usize>;
    fn ordinal(&self) -> u64;
    fn is_at_exit(&self) -> bool;
    fn run(&self);
    fn forget(&self) -> Option<Box<dyn Trace>>;
}

impl<T: Trace + ?Sized, S: Trace, R: 'static> Promise for Task<T, S, R> {
    fn position(&self) -> &Cell<usize> {
        &self.position
    }

    fn ordinal(&self) -> u64 {
        self.ordinal
    }

    fn is_at_exit(&self) -> bool {
        self.at_exit.get()
    }

    fn run(&self) {
        if let Some(Work { state, function }) = self.take_work() {
            let entry = self.target.entry().expect("made by downgrading");
            unraisable::catch(Origin::Finalize, entry.table.type_name, || (self.discard)(function(state)));
        }
    }

    fn forget(&self) -> Option<Box<dyn Trace>> {
        self.take_work().map(|work| Box::new(work.state) as Box<dyn Trace>)
    }
}

/// A thread's promises: they keep their tasks alive.
pub(crate) struct Pending {
    promises: List<Gc<dyn Promise>>,
    /// How many were ever made.
    made: Cell<u64>,
    /// Is it too late to promise anything?
    is_over: Cell<bool>,
}

impl Pending {
    pub(crate) const fn new() -> Self {
        Pending { promises: List::new(), made: Cell::new(0), is_over: Cell::new(false) }
    }

    fn add(&self, promise: Gc<dyn Promise>) {
        promise.position().set(self.promises.len());
        self.promises.push(promise);
        self.made.set(self.made.get() + 1);
    }

    fn remove(&self, position: usize) -> Gc<dyn Promise> {
        self.promises.with(|promises| {
            let promise = promises.swap_remove(position);
            if let Some(moved) = promises.get(position) {
                moved.position().set(position);
            }
            promise
        })
    }

    pub(crate) fn release_memory(&self) {
        drop(self.promises.take());
    }

    /// Those for which `wanted` holds, oldest first.
    fn select(&self, wanted: impl Fn(&dyn Promise) -> bool) -> Vec<Gc<dyn Promise>> {
        let mut selected: Vec<_> =
            self.promises.with(|promises| promises.iter().filter(|promise| wanted(&***promise)).cloned().collect());
        selected.sort_unstable_by_key(|promise| promise.ordinal());
        selected
    }
}

/// Calls all functions that are to be called when the thread ends, newest first. One that is promised meanwhile is called
/// next. Automatic collections wait, so that objects die in no other order.
pub(crate) fn run_at_exit() {
    let pending = || heap::with(|heap| heap.collector.pending.select(|promise| promise.is_at_exit()));
    let made = || heap::with(|heap| heap.collector.pending.made.get());
    let mut selected = pending();
    if selected.is_empty() {
        return;
    }
    let _paused = Paused::new();
    let mut seen = made();
    while let Some(promise) = selected.pop() {
        promise.run();
        if made() != seen {
            seen = made();
            selected = pending();
        }
    }
}

/// Nothing can be promised while it lives.
pub(crate) struct NoPromises(());

impl NoPromises {
    /// Takes back all promises that are left; what they kept.
    pub(crate) fn begin() -> (Self, Vec<Box<dyn Trace>>) {
        let left = heap::with(|heap| {
            heap.collector.pending.is_over.set(true);
            heap.collector.pending.select(|_| true)
        });
        (NoPromises(()), left.iter().filter_map(|promise| promise.forget()).collect())
    }
}

impl Drop for NoPromises {
    fn drop(&mut self) {
        heap::with(|heap| heap.collector.pending.is_over.set(false));
    }
}

/// While it lives no collection starts by itself.
struct Paused {
    was_enabled: bool,
}

impl Paused {
    fn new() -> Self {
        heap::with(|heap| {
            let pace = &heap.collector.pace;
            let was_enabled = pace.enabled();
            pace.set_enabled(false);
            Paused { was_enabled }
        })
    }
}

impl Drop for Paused {
    fn drop(&mut self) {
        heap::with(|heap| heap.collector.pace.set_enabled(self.was_enabled));
    }
}
