//! Places of Rust that take a value of a script: variables that a script assigns, and what a script's value is bound to.
//!
//! As for an [argument](super::argument), rustc knows the place's type before it looks for the way there: as the value is,
//! if the types agree or the place has none yet, else as [`Fits`] says.
//!
//! ```text
//! count = {
//!     let slot = Slot::new();
//!     if false { slot.take() } else { Placed::of(value, &slot).fill()?; slot.take() }
//! };
//! ```

use core::ops::Deref;

use super::outcome::Given;
use super::{Fits, Slot};
use crate::builtins::Result;

/// A value, and the slot of the place.
pub struct Placed<'s, T, P>(Fitted<'s, T, P>);

/// A value that has another type than the place.
pub struct Fitted<'s, T, P>(Given<T>, &'s Slot<P>);

impl<'s, T, P> Placed<'s, T, P> {
    /// The value and the slot.
    #[inline]
    pub fn of(value: T, slot: &'s Slot<P>) -> Placed<'s, T, P> {
        Placed(Fitted(Given::of(value), slot))
    }
}

impl<T> Placed<'_, T, T> {
    /// Moves it.
    #[inline]
    pub fn fill(&self) -> Result<()> {
        self.0.1.put(self.0.0.value());
        Ok(())
    }
}

impl<'s, T, P> Deref for Placed<'s, T, P> {
    type Target = Fitted<'s, T, P>;

    #[inline]
    fn deref(&self) -> &Fitted<'s, T, P> {
        &self.0
    }
}

impl<T, P> Fitted<'_, T, P> {
    /// Converts it.
    #[inline]
    pub fn fill(&self) -> Result<()>
    where
        T: Fits<P>,
    {
        self.1.put(self.0.value().fit()?);
        Ok(())
    }
}
