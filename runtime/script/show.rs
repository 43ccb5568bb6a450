//! Objects of scripts as text for Rust.

use core::fmt;

use crate::builtins::{Result, Str};

/// `repr` of an object whose class has no `__repr__`.
pub fn default_repr<T>(class: &str, object: &T) -> Result<Str> {
    Ok(Str::from(format!("<{class} object at {:#x}>", core::ptr::from_ref(object).addr())))
}

/// `{:?}` and `{}` are what `repr` and `str` give.
pub fn show(text: Result<Str>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match text {
        Ok(text) => formatter.write_str(&text),
        Err(_) => Err(fmt::Error),
    }
}
