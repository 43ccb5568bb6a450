//! Captured variables.

use super::exceptions::{NAME_ERROR, UNBOUND_LOCAL_ERROR};
use super::{Exception, Result};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use core::cell::RefCell;

/// A variable that a function and its closures share. Capturing it copies the reference to the cell, not the value, so a
/// closure sees what is assigned later (Python's late binding).
pub struct Cell<T: Trace>(Gc<Variable<T>>);

/// The object behind a [`Cell`].
struct Variable<T> {
    value: RefCell<Option<T>>,
}

// SAFETY: the value is all that it owns.
unsafe impl<T: Trace> Trace for Variable<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.value.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        self.value.trace_named(tracer);
    }

    fn type_name() -> &'static str {
        "cell"
    }

    #[inline]
    fn drops_quietly() -> bool {
        T::drops_quietly()
    }
}

impl<T: Trace> Cell<T> {
    /// A variable that is bound.
    #[track_caller]
    pub fn new(value: T) -> Cell<T> {
        Cell(Gc::new(Variable { value: RefCell::new(Some(value)) }))
    }

    /// A variable that isn't bound yet.
    #[track_caller]
    pub fn unbound() -> Cell<T> {
        Cell(Gc::new(Variable { value: RefCell::new(None) }))
    }

    /// Binds it; the former value dies after that.
    #[inline]
    pub fn set(&self, value: T) {
        let former = self.0.value.replace(Some(value));
        drop(former);
    }

    /// Takes the value out; it is unbound afterwards.
    #[inline]
    pub fn take(&self) -> Option<T> {
        self.0.value.take()
    }

    /// `del name`
    pub fn unbind(&self, name: &'static str) -> Result<()> {
        let former = self.take();
        if former.is_none() {
            return Err(unbound_local(name));
        }
        drop(former);
        Ok(())
    }

    /// Is it bound?
    pub fn is_bound(&self) -> bool {
        self.0.value.borrow().is_some()
    }
}

impl<T: Trace + Clone> Cell<T> {
    /// The value, as a closure reads it.
    #[inline]
    pub fn get(&self, name: &'static str) -> Result<T> {
        self.0.value.borrow().clone().ok_or_else(|| unbound_free(name))
    }

    /// The value, as the function that owns the variable reads it.
    #[inline]
    pub fn get_local(&self, name: &'static str) -> Result<T> {
        self.0.value.borrow().clone().ok_or_else(|| unbound_local(name))
    }
}

#[cold]
fn unbound_free(name: &str) -> Exception {
    let message =
        format!("cannot access free variable '{name}' where it is not associated with a value in enclosing scope");
    Exception::new(&NAME_ERROR, message)
}

/// What reading a local raises that this path has not bound.
#[cold]
pub fn unbound_local(name: &str) -> Exception {
    let message = format!("cannot access local variable '{name}' where it is not associated with a value");
    Exception::new(&UNBOUND_LOCAL_ERROR, message)
}

impl<T: Trace> Clone for Cell<T> {
    #[inline]
    fn clone(&self) -> Cell<T> {
        Cell(self.0.clone())
    }
}

crate::trace::handle!([T: Trace] Cell<T>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_can_be_unbound() {
        let cell = Cell::<i64>::unbound();
        assert_eq!(
            cell.get("x").unwrap_err().to_string(),
            "cannot access free variable 'x' where it is not associated with a value in enclosing scope"
        );
        cell.set(1);
        cell.unbind("x").unwrap();
        assert_eq!(
            cell.get_local("x").unwrap_err().to_string(),
            "cannot access local variable 'x' where it is not associated with a value"
        );
        assert!(cell.unbind("x").is_err());
    }
}
