//! Arguments of Rust's functions: generated code knows neither what a function takes nor, often, what it is given.
//!
//! The call is written first, in a closure that takes its arguments out of slots: so rustc knows their types when the slots
//! are filled, and finds how: as the value is, if the types agree or the function is generic, else as [`Lends`] says.
//!
//! ```text
//! match (Some(text),) {
//!     (mut argument0,) => {
//!         let slot0 = Slot::new();
//!         let call = once(|| parse(slot0.take()));
//!         Passed::of(&mut argument0, &slot0).fill()?;
//!         call()
//!     }
//! }
//! ```

use core::cell::Cell;

use super::{Fits, not_none};
use crate::builtins::{List, Result, Str};
use crate::pointer::Gc;
use crate::trace::Trace;

/// The place of an argument until the call.
pub struct Slot<P>(Cell<Option<P>>);

impl<P> Slot<P> {
    /// An empty one.
    #[allow(clippy::new_without_default)]
    #[inline]
    pub const fn new() -> Slot<P> {
        Slot(Cell::new(None))
    }

    /// Fills it.
    #[inline]
    pub(super) fn put(&self, argument: P) {
        self.0.set(Some(argument));
    }

    /// The argument.
    #[inline]
    pub fn take(&self) -> P {
        self.0.take().expect("generated code fills the slot before the call")
    }
}

/// A closure that is called once, and may give away what it has captured.
#[inline]
pub fn once<R, F: FnOnce() -> R>(call: F) -> F {
    call
}

/// A value that can be moved into a slot.
pub struct Passed<'s, 'a, T, P>(&'a mut Option<T>, &'s Slot<P>);

impl<'s, 'a, T, P> Passed<'s, 'a, T, P> {
    /// The value and its slot.
    #[inline]
    pub fn of(value: &'a mut Option<T>, slot: &'s Slot<P>) -> Passed<'s, 'a, T, P> {
        Passed(value, slot)
    }
}

impl<T> Passed<'_, '_, T, T> {
    /// Moves it.
    #[inline]
    pub fn fill(self) -> Result<()> {
        self.1.0.set(self.0.take());
        Ok(())
    }
}

/// A variable that the function may change.
pub struct Changed<'s, 'a, T, P>(Option<&'a mut T>, &'s Slot<P>);

impl<'s, 'a, T, P> Changed<'s, 'a, T, P> {
    /// The variable and the argument's slot.
    #[inline]
    pub fn of(value: &'a mut T, slot: &'s Slot<P>) -> Changed<'s, 'a, T, P> {
        Changed(Some(value), slot)
    }

    #[inline]
    fn variable(&mut self) -> &'a mut T {
        self.0.take().expect("generated code passes a variable once")
    }
}

impl<T> Changed<'_, '_, T, T> {
    /// Copies it.
    #[inline]
    pub fn fill(mut self) -> Result<()>
    where
        T: Copied,
    {
        self.1.put(self.variable().clone());
        Ok(())
    }
}

/// A function that takes a `&mut`.
pub trait Change {
    /// Lends it the variable.
    fn fill(self) -> Result<()>;
}

impl<'a, T> Change for Changed<'_, 'a, T, &'a mut T> {
    #[inline]
    fn fill(mut self) -> Result<()> {
        let variable = self.variable();
        self.1.put(variable);
        Ok(())
    }
}

/// A value that stays where it is.
pub struct Shown<'s, 'a, T, P>(&'a T, &'s Slot<P>);

impl<'s, 'a, T, P> Shown<'s, 'a, T, P> {
    /// The value and its slot.
    #[inline]
    pub fn of(value: &'a T, slot: &'s Slot<P>) -> Shown<'s, 'a, T, P> {
        Shown(value, slot)
    }
}

impl<T> Shown<'_, '_, T, T> {
    /// Copies it.
    #[inline]
    pub fn fill(self) -> Result<()>
    where
        T: Copied,
    {
        self.1.0.set(Some(self.0.clone()));
        Ok(())
    }
}

/// The conversion, where types differ.
pub trait Convert<'a, T, P> {
    /// Fills the slot.
    fn fill(self) -> Result<()>
    where
        T: Lends<'a, P>;
}

impl<'a, T, P> Convert<'a, T, P> for Passed<'_, 'a, T, P> {
    #[inline]
    fn fill(self) -> Result<()>
    where
        T: Lends<'a, P>,
    {
        let Passed(value, slot) = self;
        let value = value.as_ref().expect("generated code passes a value once");
        slot.0.set(Some(value.lend()?));
        Ok(())
    }
}

// By reference: rustc looks for that last.
impl<'a, T, P> Convert<'a, T, P> for &mut Changed<'_, 'a, T, P> {
    #[inline]
    fn fill(self) -> Result<()>
    where
        T: Lends<'a, P>,
    {
        let value: &'a T = self.variable();
        self.1.put(value.lend()?);
        Ok(())
    }
}

impl<'a, T, P> Convert<'a, T, P> for Shown<'_, 'a, T, P> {
    #[inline]
    fn fill(self) -> Result<()>
    where
        T: Lends<'a, P>,
    {
        self.1.0.set(Some(self.0.lend()?));
        Ok(())
    }
}

/// A value that can be passed where a `P` is wanted.
#[diagnostic::on_unimplemented(
    message = "expected a `{P}`, found a `{Self}`",
    label = "this is a `{Self}`, and a `{P}` is wanted"
)]
pub trait Lends<'a, P> {
    /// The argument.
    fn lend(&'a self) -> Result<P>;
}

/// A value that stays where it is when it is passed.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` can't be copied, and it is not moved here: pass it in a block of Rust, `rust! {{ … }}`",
    label = "the function takes a `{Self}`, not a reference to one"
)]
pub trait Copied: Clone {}

#[diagnostic::do_not_recommend]
impl<T: Clone> Copied for T {}

impl<T: Copied> Lends<'_, T> for T {
    #[inline]
    fn lend(&self) -> Result<T> {
        Ok(self.clone())
    }
}

macro_rules! lends {
    ($([$($generics:tt)*] $from:ty => $to:ty: |$it:ident| $result:expr;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<'a, $($generics)*> Lends<'a, $to> for $from {
            #[inline]
            fn lend(&'a self) -> Result<$to> {
                let $it = self;
                $result
            }
        }
    )+};
}

lends! {
    [T] T => &'a T: |it| Ok(it);
    [T: ?Sized] Gc<T> => &'a T: |it| Ok(it);
    [T] Vec<T> => &'a [T]: |it| Ok(it);
    [] Str => &'a str: |it| Ok(it);
    [] String => &'a str: |it| Ok(it);
    [T: Clone] T => Option<T>: |it| Ok(Some(it.clone()));
    [T: Clone] Option<T> => T: |it| not_none(it.clone(), core::any::type_name::<T>());
    [T] Option<T> => Option<&'a T>: |it| Ok(it.as_ref());
    [] Str => Option<&'a str>: |it| Ok(Some(it));
    [] Option<Str> => Option<&'a str>: |it| Ok(it.as_deref());
    [T: Trace + Clone] List<T> => Vec<T>: |it| it.clone().fit();
    [T: Trace + Clone] Vec<T> => List<T>: |it| it.clone().fit();
}
