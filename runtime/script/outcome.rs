//! What functions of Rust give to scripts: a `Result` is no value there, its error is raised.
//!
//! Generated code does not know what a function of Rust gives. It writes `Outcome::of(call).raised()`: that is a method of
//! `Outcome<Result<…>>`, or else, as rustc finds no such method, the one of [`Given`] behind the `Deref`.

use core::cell::Cell;
use core::ops::Deref;
use std::error::Error;

use crate::builtins::{Exception, Result};

/// What a function of Rust gave.
pub struct Outcome<T>(Given<T>);

/// What is no `Result`.
pub struct Given<T>(Cell<Option<T>>);

impl<T> Outcome<T> {
    /// Of a call.
    #[inline]
    pub fn of(value: T) -> Outcome<T> {
        Outcome(Given::of(value))
    }
}

impl<T> Deref for Outcome<T> {
    type Target = Given<T>;

    #[inline]
    fn deref(&self) -> &Given<T> {
        &self.0
    }
}

impl<T> Given<T> {
    #[inline]
    pub(super) fn of(value: T) -> Given<T> {
        Given(Cell::new(Some(value)))
    }

    /// The value, as it is.
    #[inline]
    pub fn raised(&self) -> Result<T> {
        Ok(self.value())
    }

    /// The value, as it is.
    #[inline]
    pub fn value(&self) -> T {
        self.0.take().expect("generated code takes the value once")
    }
}

impl<T, E> Outcome<core::result::Result<T, E>> {
    /// The value, or the exception that the error becomes.
    #[inline]
    pub fn raised(&self) -> Result<T>
    where
        E: Into<Box<dyn Error>>,
    {
        self.0.value().map_err(Exception::from_error)
    }

    /// Where nothing handles an exception there can be no such call.
    pub fn value(&self) -> T
    where
        core::result::Result<T, E>: Handled,
    {
        match self.0.value() {
            Ok(value) => value,
            Err(_) => unreachable!("no `Result` is handled"),
        }
    }
}

/// A `Result` that something handles: none, so that the compiler tells what is missing.
#[diagnostic::on_unimplemented(
    message = "this call can raise, and nothing handles it here",
    label = "gives a `Result`",
    note = "add `raises` to the function: `def f() raises -> …`; a script of statements has `raises;` at its head",
    note = "or catch it: `try {{ … }} except Exception as e {{ … }}`"
)]
pub trait Handled {}
