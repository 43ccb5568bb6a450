//! What an exception was made with.

use crate::builtins::protocol::Show;
use crate::trace::{Trace, Tracer};
use core::any::Any;

/// An argument of an exception: any value that can be shown, copied and traced.
pub trait Argument: Trace + Show {
    #[doc(hidden)]
    fn copied(&self) -> Box<dyn Argument>;

    #[doc(hidden)]
    fn as_any(&self) -> &dyn Any;
}

impl<T: Trace + Show + Clone> Argument for T {
    fn copied(&self) -> Box<dyn Argument> {
        Box::new(self.clone())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// An argument taken out of an exception.
pub struct Arg(pub(super) Box<dyn Argument>);

impl Arg {
    /// The argument, if it is a `T`.
    pub fn get<T: Clone + 'static>(&self) -> Option<T> {
        (*self.0).as_any().downcast_ref::<T>().cloned()
    }
}

impl Clone for Arg {
    fn clone(&self) -> Arg {
        Arg((*self.0).copied())
    }
}

// SAFETY: an argument owns what its box owns.
unsafe impl Trace for Arg {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

impl Show for Arg {
    fn type_name(&self) -> &'static str {
        Show::type_name(&*self.0)
    }

    fn write_repr(&self, out: &mut String) -> crate::builtins::Result<()> {
        self.0.write_repr(out)
    }

    fn write_str(&self, out: &mut String) -> crate::builtins::Result<()> {
        self.0.write_str(out)
    }

    fn write_format(&self, out: &mut String, spec: &str) -> crate::builtins::Result<()> {
        self.0.write_format(out, spec)
    }
}
