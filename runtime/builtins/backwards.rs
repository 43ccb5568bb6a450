//! A vector that dies as CPython's lists and tuples do.

use crate::trace::{Trace, Tracer};
use core::ops::{Deref, DerefMut};

/// A vector that drops its items last to first.
pub(crate) struct Backwards<T>(Vec<T>);

impl<T> Backwards<T> {
    /// The items themselves.
    pub fn take(&mut self) -> Vec<T> {
        core::mem::take(&mut self.0)
    }
}

impl<T> From<Vec<T>> for Backwards<T> {
    fn from(items: Vec<T>) -> Self {
        Backwards(items)
    }
}

impl<T> Default for Backwards<T> {
    fn default() -> Self {
        Backwards(Vec::new())
    }
}

impl<T> Deref for Backwards<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for Backwards<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T> Drop for Backwards<T> {
    fn drop(&mut self) {
        if core::mem::needs_drop::<T>() {
            while self.0.pop().is_some() {}
        }
    }
}

// SAFETY: the vector owns its items; `Drop` only drops them.
unsafe impl<T: Trace> Trace for Backwards<T> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        self.0.trace_named(tracer);
    }

    fn acyclic() -> bool {
        T::acyclic()
    }

    #[inline]
    fn drops_quietly() -> bool {
        T::drops_quietly()
    }
}
