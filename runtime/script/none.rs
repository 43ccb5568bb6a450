//! `None` where a value is wanted.

use crate::builtins::exceptions::{ATTRIBUTE_ERROR, TYPE_ERROR};
use crate::builtins::{Any, Exception, Result};

/// The value of a `T?` where a `T` is wanted.
#[inline]
pub fn not_none<T>(value: Option<T>, wanted: &'static str) -> Result<T> {
    value.ok_or_else(|| refuse(wanted))
}

#[cold]
fn refuse(wanted: &str) -> Exception {
    Exception::new(&TYPE_ERROR, format!("expected a '{wanted}', not 'NoneType'"))
}

/// The value of a `T?` of which an attribute is wanted.
#[inline]
pub fn attribute_of_none<T>(value: Option<T>, name: &'static str) -> Result<T> {
    value.ok_or_else(|| missing(name))
}

#[cold]
fn missing(name: &str) -> Exception {
    Exception::new(&ATTRIBUTE_ERROR, format!("'NoneType' object has no attribute '{name}'"))
}

/// Values that may turn out to be `None`.
pub trait IsNone {
    /// `self is None`
    fn is_none(&self) -> bool;
}

impl<T> IsNone for Option<T> {
    fn is_none(&self) -> bool {
        Option::is_none(self)
    }
}

impl IsNone for Any {
    fn is_none(&self) -> bool {
        Any::is_none(self)
    }
}
