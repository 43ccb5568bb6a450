//! Objects that were found dead but kept: CPython's list `gc.garbage`.
//!
//! Empty unless [`Debug::SAVEALL`](super::Debug::SAVEALL) is set or somebody puts objects here: an object with a `__del__`
//! is collected like any other.
//!
//! ```
//! use refcycle::{gc::{self, Debug, garbage}, managed, Gc};
//!
//! #[managed]
//! struct Loop {
//!     #[managed(mut)]
//!     me: Option<Gc<Loop>>,
//! }
//!
//! gc::set_debug(Debug::SAVEALL);
//! let x = Loop::new(None);
//! x.set_me(Some(x.clone()));
//! drop(x);
//! gc::collect();
//! assert_eq!(garbage::get()[0].type_name(), "Loop");
//! gc::set_debug(Debug::NONE);
//! garbage::clear();
//! assert_eq!(gc::collect(), 1);
//! ```

use core::cell::RefCell;
use core::ptr::NonNull;

use crate::header::Header;
use crate::pointer::Object;

thread_local! {
    static GARBAGE: RefCell<Vec<Object>> = const { RefCell::new(Vec::new()) };
}

/// The objects on this thread's list.
pub fn get() -> Vec<Object> {
    with(|garbage| garbage.clone()).unwrap_or_default()
}

/// Adds an object to the list, which keeps it alive.
pub fn append(object: Object) {
    with(|garbage| garbage.push(object));
}

/// Empties the list; what only it kept alive dies, or is found by the next collection.
pub fn clear() {
    drop(with(core::mem::take));
}

/// The number of objects on the list.
pub fn len() -> usize {
    with(|garbage| garbage.len()).unwrap_or(0)
}

/// Is the list empty?
pub fn is_empty() -> bool {
    len() == 0
}

/// A thread whose thread-locals are gone has no list, and what is put there dies.
fn with<R>(look: impl FnOnce(&mut Vec<Object>) -> R) -> Option<R> {
    GARBAGE.try_with(|garbage| look(&mut garbage.borrow_mut())).ok()
}

/// Adds an object that was found dead. One that a thread's end would drop at once is leaked instead: its finalizer has
/// run, and to free it is what the flag forbids.
pub(crate) fn save(header: NonNull<Header>) {
    // SAFETY: the collector passes live objects with their values.
    let Some(object) = (unsafe { Object::from_header(header) }) else { return };
    let kept = object.clone();
    if with(|garbage| garbage.push(object)).is_none() {
        core::mem::forget(kept);
    }
}
