//! Functions that are called when a collection starts and stops: CPython's list `gc.callbacks`.

use core::cell::RefCell;
use std::rc::Rc;

use crate::header::Generation;
use crate::unraisable::{self, Origin};

/// When a callback is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before a collection.
    Start,
    /// After it.
    Stop,
}

/// What a callback is told of the collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Info {
    /// The oldest generation that is collected: 0, 1 or 2.
    pub generation: usize,
    /// Objects that were freed; 0 at the start.
    pub collected: usize,
    /// Always 0.
    pub uncollectable: usize,
}

type Callback = Rc<dyn Fn(Phase, &Info)>;

/// Names a callback, to remove it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CallbackId(u64);

#[derive(Default)]
struct Registry {
    last: u64,
    entries: Vec<(CallbackId, Callback)>,
}

thread_local! {
    static CALLBACKS: RefCell<Registry> = const { RefCell::new(Registry { last: 0, entries: Vec::new() }) };
}

/// Adds a function to the end of this thread's list.
///
/// The functions are called in order. In them [`gc::collect`](super::collect) returns 0 without collecting; a panic goes
/// to the unraisable hook, and the next function is called.
///
/// ```
/// use std::{cell::RefCell, rc::Rc};
/// use refcycle::gc::{self, callbacks};
///
/// let log = Rc::new(RefCell::new(Vec::new()));
/// let sink = log.clone();
/// let id = callbacks::append(move |phase, info| sink.borrow_mut().push((phase, info.generation)));
/// gc::collect();
/// callbacks::remove(id);
/// assert_eq!(*log.borrow(), [(callbacks::Phase::Start, 2), (callbacks::Phase::Stop, 2)]);
/// ```
pub fn append(callback: impl Fn(Phase, &Info) + 'static) -> CallbackId {
    let id = with(|registry| {
        registry.last += 1;
        let id = CallbackId(registry.last);
        registry.entries.push((id, Rc::new(callback)));
        id
    });
    id.unwrap_or(CallbackId(0))
}

/// Removes a function from the list; was it there?
pub fn remove(id: CallbackId) -> bool {
    // Dropped after the borrow, since a closure may own anything.
    let removed: Option<Vec<_>> = with(|registry| registry.entries.extract_if(.., |entry| entry.0 == id).collect());
    removed.is_some_and(|removed| !removed.is_empty())
}

/// Removes all functions.
pub fn clear() {
    drop(with(|registry| core::mem::take(&mut registry.entries)));
}

/// The number of functions on the list.
pub fn len() -> usize {
    with(|registry| registry.entries.len()).unwrap_or(0)
}

/// Is the list empty?
pub fn is_empty() -> bool {
    len() == 0
}

/// A thread whose thread-locals are gone has no callbacks, and gets none.
fn with<R>(look: impl FnOnce(&mut Registry) -> R) -> Option<R> {
    CALLBACKS.try_with(|registry| look(&mut registry.borrow_mut())).ok()
}

pub(crate) fn call_start(oldest: Generation) {
    call(Phase::Start, Info { generation: oldest as usize, collected: 0, uncollectable: 0 });
}

pub(crate) fn call_stop(oldest: Generation, collected: usize) {
    let info = Info { generation: oldest as usize, collected, uncollectable: 0 };
    call(Phase::Stop, info);
}

fn call(phase: Phase, info: Info) {
    let callbacks: Option<Vec<Callback>> =
        with(|registry| registry.entries.iter().map(|(_, callback)| callback.clone()).collect());
    for callback in callbacks.into_iter().flatten() {
        // Dropped inside as well: it may have removed itself, and what it owns may panic.
        unraisable::catch(Origin::GcCallback, || "", move || callback(phase, &info));
    }
}
