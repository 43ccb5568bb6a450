//! Names that only some paths bind, and those that an exception takes along.

use crate::builtins::{Result, unbound_local};
use crate::trace::{Trace, Tracer};

/// A name's value, if it is bound.
pub struct Local<T>(Option<T>);

// SAFETY: it owns its value and nothing else.
unsafe impl<T: Trace> Trace for Local<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

impl<T> Local<T> {
    /// A name that is bound from the start.
    #[inline]
    pub const fn new(value: T) -> Local<T> {
        Local(Some(value))
    }

    /// A name that is not bound yet.
    #[inline]
    pub const fn unbound() -> Local<T> {
        Local(None)
    }

    /// Binds the name; the former value dies after.
    #[inline]
    pub fn set(&mut self, value: T) {
        let former = self.0.replace(value);
        drop(former);
    }

    /// The value of a name that is certainly bound.
    ///
    /// # Panics
    /// If it isn't.
    #[inline]
    pub fn bound(&self) -> &T {
        match &self.0 {
            Some(value) => value,
            None => unreachable!("a name that the compiler has seen bound"),
        }
    }

    /// The value of a name that is certainly bound, moved out.
    ///
    /// # Panics
    /// If it isn't.
    #[inline]
    pub fn moved(&mut self) -> T {
        match self.0.take() {
            Some(value) => value,
            None => unreachable!("a name that the compiler has seen bound"),
        }
    }

    /// The value, or an UnboundLocalError.
    #[inline]
    pub fn read(&self, name: &'static str) -> Result<&T> {
        self.0.as_ref().ok_or_else(|| unbound_local(name))
    }

    /// The value, moved out.
    #[inline]
    pub fn take(&mut self, name: &'static str) -> Result<T> {
        self.0.take().ok_or_else(|| unbound_local(name))
    }

    /// `del name`
    pub fn unbind(&mut self, name: &'static str) -> Result<()> {
        let former = self.take(name)?;
        drop(former);
        Ok(())
    }

    /// Unbinds the name if it is bound.
    pub fn clear(&mut self) {
        let former = self.0.take();
        drop(former);
    }
}
