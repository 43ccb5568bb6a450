//! Exceptions that outlive their handler. To CPython, an exception's traceback refers to the frame that caught it, so what
//! keeps the exception keeps that frame's locals when the function has ended.

use crate::builtins::Exception;
use crate::builtins::exceptions::BaseException;
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use crate::weak::Weak;

/// The exceptions that a function has caught by name.
#[derive(Default)]
pub struct Caught(Vec<Weak<BaseException>>);

/// The locals of a function that has ended, shared by the exceptions that it has caught.
struct Locals<L>(L);

// SAFETY: the locals are all that it owns.
unsafe impl<L: Trace> Trace for Locals<L> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }

    fn type_name() -> &'static str {
        "frame"
    }
}

impl Caught {
    /// None so far.
    #[inline]
    pub const fn new() -> Caught {
        Caught(Vec::new())
    }

    /// Notes one that is about to be handled.
    #[cold]
    pub fn note(&mut self, exception: &Exception) {
        if self.0.len() == self.0.capacity() {
            self.0.retain(|known| known.strong_count() > 0);
        }
        self.0.push(Gc::downgrade(exception.object()));
    }

    /// Gives the locals of the function, which ends, to the exceptions that are still there.
    #[inline]
    pub fn keep<L: Trace>(self, locals: impl FnOnce() -> L) {
        if !self.0.is_empty() {
            self.keep_all(locals);
        }
    }

    #[cold]
    fn keep_all<L: Trace>(self, locals: impl FnOnce() -> L) {
        let mut there = Vec::new();
        for exception in self.0.iter().filter_map(Weak::upgrade).map(Exception::from) {
            if exception.has_traceback() && !there.iter().any(|known: &Exception| known.ptr_eq(&exception)) {
                there.push(exception);
            }
        }
        match there.as_slice() {
            [] => {}
            [one] => drop(one.clone().keep(Box::new(locals()))),
            several => {
                let locals = Gc::new(Locals(locals()));
                several.iter().for_each(|exception| drop(exception.clone().keep(Box::new(locals.clone()))));
            }
        }
    }
}
