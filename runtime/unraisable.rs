//! Panics that nobody could catch: those of `__del__`, of callbacks and of a value's `Drop` while an object dies.

use core::any::Any;
use core::cell::RefCell;
use core::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// Which code panicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// A `__del__`.
    Finalizer,
    /// The callback of a weak reference.
    WeakCallback,
    /// A function given to [`finalize`](crate::finalize()).
    Finalize,
    /// The `Drop` of a value inside an object.
    Drop,
    /// A function of [`gc::callbacks`](crate::gc::callbacks).
    GcCallback,
}

/// A panic that has nowhere to go, as the unraisable hook gets it.
#[derive(Debug)]
pub struct Unraisable<'a> {
    /// The code that panicked.
    pub origin: Origin,
    /// The type of the object that it belongs to; empty for [`Origin::GcCallback`].
    pub type_name: &'static str,
    /// What it panicked with.
    pub payload: &'a (dyn Any + Send),
}

impl Unraisable<'_> {
    /// The text of the panic, if it was one.
    pub fn message(&self) -> Option<&str> {
        let text = self.payload.downcast_ref::<&'static str>().copied();
        text.or_else(|| self.payload.downcast_ref::<String>().map(String::as_str))
    }
}

impl fmt::Display for Unraisable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.type_name;
        match self.origin {
            Origin::Finalizer => write!(f, "Exception ignored in: {name}.__del__")?,
            Origin::WeakCallback => write!(f, "Exception ignored in: callback of a weak reference to {name}")?,
            Origin::Finalize => write!(f, "Exception ignored in: finalize of {name}")?,
            Origin::Drop => write!(f, "Exception ignored in: drop of {name}")?,
            Origin::GcCallback => write!(f, "Exception ignored in: gc callback")?,
        }
        write!(f, ": {}", self.message().unwrap_or("(not a text)"))
    }
}

/// What [`set_unraisable_hook`] takes, and gives back.
pub type UnraisableHook = Rc<dyn Fn(&Unraisable<'_>)>;

thread_local! {
    static HOOK: RefCell<Option<UnraisableHook>> = const { RefCell::new(None) };
}

/// Sets what happens to panics that nobody could catch, on this thread; `None` restores the default, which prints a
/// line to the standard error stream. Returns the former hook.
///
/// A hook that panics is itself reported there, and ignored.
///
/// ```
/// use std::{cell::RefCell, rc::Rc};
/// use refcycle::{gc, managed};
///
/// #[managed]
/// struct Faulty {}
/// #[managed]
/// impl Faulty {
///     fn __del__(&self) { panic!("no luck") }
/// }
///
/// let log = Rc::new(RefCell::new(Vec::new()));
/// let sink = log.clone();
/// gc::set_unraisable_hook(Some(Rc::new(move |error| sink.borrow_mut().push(error.to_string()))));
/// drop(Faulty::new());
/// assert_eq!(*log.borrow(), ["Exception ignored in: Faulty.__del__: no luck"]);
/// ```
pub fn set_unraisable_hook(hook: Option<UnraisableHook>) -> Option<UnraisableHook> {
    // A thread whose thread-locals are gone keeps the default hook.
    HOOK.try_with(|current| current.replace(hook)).ok().flatten()
}

/// The hook that [`set_unraisable_hook`] set on this thread.
pub fn unraisable_hook() -> Option<UnraisableHook> {
    // A thread whose thread-locals are gone has the default hook.
    HOOK.try_with(|current| current.borrow().clone()).ok().flatten()
}

/// Runs user code; a panic goes to the hook.
#[inline]
pub(crate) fn catch(origin: Origin, type_name: fn() -> &'static str, code: impl FnOnce()) {
    // Unwind safety: whoever panicked is not run again, and the runtime holds no borrow across user code.
    if let Err(payload) = catch_unwind(AssertUnwindSafe(code)) {
        report(&Unraisable { origin, type_name: type_name(), payload: &*payload });
        forget_quietly(payload);
    }
}

#[cold]
fn report(error: &Unraisable<'_>) {
    #[cfg(feature = "tracing")]
    catch_subscriber(
        || tracing::error!(target: "refcycle", origin = ?error.origin, type_name = error.type_name, "{error}"),
    );
    let Some(hook) = unraisable_hook() else {
        return print(format_args!("{error}"));
    };
    // Dropped inside as well: it may have replaced itself, and what it owns may panic.
    if let Err(payload) = catch_unwind(AssertUnwindSafe(move || hook(error))) {
        print(format_args!("Exception ignored in the unraisable hook, called with: {error}"));
        forget_quietly(payload);
    }
}

/// Runs code that calls a subscriber of `tracing`, whose panics must not reach the collector.
#[cfg(feature = "tracing")]
pub(crate) fn catch_subscriber<R>(code: impl FnOnce() -> R) -> Option<R> {
    match catch_unwind(AssertUnwindSafe(code)) {
        Ok(result) => Some(result),
        Err(payload) => {
            print(format_args!("Exception ignored in a subscriber of `tracing`"));
            forget_quietly(payload);
            None
        }
    }
}

/// Prints a line to the standard error stream. That it can't be written is the last thing to panic for.
pub(crate) fn print(line: fmt::Arguments<'_>) {
    let _ = catch_unwind(AssertUnwindSafe(|| eprintln!("{line}")));
}

/// Drops a panic's payload, whose own `Drop` may panic once more.
fn forget_quietly(payload: Box<dyn Any + Send>) {
    if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        core::mem::forget(second);
    }
}
