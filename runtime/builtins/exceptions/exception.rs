//! The exception object.

use super::class::Class;
use crate::builtins::text::Str;
use core::fmt;
use std::rc::Rc;

/// An exception that was raised.
#[derive(Clone)]
pub struct Exception(Rc<(&'static Class, Option<Str>)>);

impl Exception {
    /// A new exception of a class with one argument, its message.
    #[cold]
    pub fn new(class: &'static Class, message: impl Into<Str>) -> Exception {
        Exception(Rc::new((class, Some(message.into()))))
    }

    /// Its class.
    pub fn class(&self) -> &'static Class {
        self.0.0
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.1.as_deref().unwrap_or_default())
    }
}

impl fmt::Debug for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.class(), self)
    }
}
