//! [`Exception`]: the reference to an exception that `Result`s carry.

use super::class::Class;
use super::location::Location;
use super::object::BaseException;
use super::report::Report;
use crate::builtins::any::{Any, AnyValue};
use crate::builtins::protocol::{Equal, Hashed, Identity, Show, Truth};
use crate::builtins::{Result, Seq, Str};
use crate::pointer::{Gc, Object};
use crate::trace::Trace;
use core::fmt;

/// An exception of a script: what a function that `raises` gives back as its error.
///
/// It is a counted reference to a managed object, so an exception that keeps itself alive is collected. It can't leave
/// its thread; [`report`](Exception::report) makes a plain error of it that can.
///
/// ```
/// use refcycle::builtins::exceptions::{Exception, LOOKUP_ERROR, VALUE_ERROR};
///
/// let error = Exception::new(&VALUE_ERROR, "no such colour");
/// assert_eq!(error.to_string(), "no such colour");
/// assert!(error.is(&VALUE_ERROR) && !error.is(&LOOKUP_ERROR));
/// ```
#[derive(Clone)]
pub struct Exception(Gc<BaseException>);

impl Exception {
    /// An exception with a message.
    #[cold]
    #[inline(never)]
    #[track_caller]
    pub fn new(class: &'static Class, message: impl Into<Str>) -> Exception {
        Exception::with_arguments(class, vec![Any::from(message.into())])
    }

    /// An exception without a message, as `raise StopIteration` makes it.
    #[cold]
    #[track_caller]
    pub fn bare(class: &'static Class) -> Exception {
        Exception(Gc::new(BaseException::of(class)))
    }

    /// An exception with one argument of any type: `KeyError(5)`.
    #[cold]
    #[track_caller]
    pub fn with_argument(class: &'static Class, argument: impl AnyValue) -> Exception {
        Exception::with_arguments(class, vec![Any::from(argument)])
    }

    /// An exception with any number of arguments.
    #[cold]
    #[track_caller]
    pub fn with_arguments(class: &'static Class, arguments: Vec<Any>) -> Exception {
        let exception = Exception::bare(super::os::class_for(class, &arguments));
        exception.0.init(arguments);
        exception
    }

    /// An exception made of an error of Rust: a RuntimeError with its text, or an OSError of the right kind. An exception
    /// that was wrapped comes out again.
    #[cold]
    #[track_caller]
    pub fn from_error(error: impl Into<Box<dyn core::error::Error>>) -> Exception {
        super::foreign::exception_of(error.into())
    }

    /// The object.
    pub fn object(&self) -> &Gc<BaseException> {
        &self.0
    }

    /// Its class.
    pub fn class(&self) -> &'static Class {
        self.0.class()
    }

    /// Whether it is caught by `except` of this class.
    pub fn is(&self, class: &'static Class) -> bool {
        self.class().is_subclass(class)
    }

    /// Whether both are the same exception object.
    pub fn ptr_eq(&self, other: &Exception) -> bool {
        Gc::ptr_eq(&self.0, &other.0)
    }

    /// `e.args[index]`
    pub fn argument(&self, index: usize) -> Option<Any> {
        self.0.argument(index)
    }

    /// `e.args`
    pub fn args(&self) -> Seq<Any> {
        (0..self.0.argument_count()).filter_map(|index| self.argument(index)).collect()
    }

    /// The first argument, or `None`: the `value` of a StopIteration, the `code` of a SystemExit, as a script reads it.
    pub fn first_argument(&self) -> Any {
        self.argument(0).unwrap_or_default()
    }

    /// The first argument, if it is a `T`: the `value` of a StopIteration, the `code` of a SystemExit.
    pub fn value<T: Clone + 'static>(&self) -> Option<T> {
        self.argument(0)?.get()
    }

    /// `raise self from cause`
    pub fn with_cause(self, cause: Option<Exception>) -> Exception {
        self.0.set_cause(cause);
        self
    }

    /// Records the exception that was being handled, unless it is this one: after those that were being handled further
    /// in. A loop of contexts is cut, as CPython does.
    pub fn with_context(self, handled: Option<Exception>) -> Exception {
        let Some(handled) = handled.filter(|handled| !handled.ptr_eq(&self)) else {
            return self;
        };
        let mut link = handled.clone();
        while let Some(next) = link.0.context() {
            if next.ptr_eq(&self) {
                link.0.set_context(None);
                break;
            }
            link = next;
        }
        let mut last = self.clone();
        while let Some(next) = last.0.context() {
            if next.ptr_eq(&handled) {
                return self;
            }
            last = next;
        }
        last.0.set_context(Some(handled));
        self
    }

    /// `__cause__`
    pub fn cause(&self) -> Option<Exception> {
        self.0.cause().cloned()
    }

    /// `__context__`
    pub fn context(&self) -> Option<Exception> {
        self.0.context()
    }

    /// `__suppress_context__`: it was raised `from` something.
    pub fn suppresses_context(&self) -> bool {
        self.0.suppresses_context()
    }

    /// Records a place of the script that it passes.
    #[cold]
    pub fn at(self, location: &'static Location) -> Exception {
        self.0.pass(location);
        self
    }

    /// Keeps the locals of a frame that it leaves, until it dies.
    #[cold]
    pub fn keep(self, locals: Box<dyn Trace>) -> Exception {
        self.0.keep(locals);
        self
    }

    /// Lets go of the frames that it has left; done where an exception enters Rust.
    #[cold]
    pub fn without_frames(self) -> Exception {
        self.0.release_frames();
        self
    }

    /// Has it been raised, and not been rid of its traceback?
    pub(crate) fn has_traceback(&self) -> bool {
        self.0.has_trail()
    }

    /// `e.with_traceback(None)`
    pub fn with_traceback(&self, _none: ()) -> Exception {
        self.0.clear_traceback();
        self.clone()
    }

    /// A plain error with the same message, causes and places, which can be sent to other threads.
    pub fn report(&self) -> Report {
        Report::new(self)
    }
}

impl From<Gc<BaseException>> for Exception {
    fn from(object: Gc<BaseException>) -> Exception {
        Exception(object)
    }
}

impl From<Exception> for Gc<BaseException> {
    fn from(exception: Exception) -> Gc<BaseException> {
        exception.0
    }
}

crate::trace::handle!([] Exception);

impl Show for Exception {
    fn type_name(&self) -> &'static str {
        self.class().name()
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        match self.own_class() {
            Some(object) => object.write_repr(out),
            None => self.0.write_call(out),
        }
    }

    fn write_str(&self, out: &mut String) -> Result<()> {
        match self.own_class() {
            Some(object) => object.write_str(out),
            None => self.0.write_message(out),
        }
    }
}

impl Exception {
    /// The object as one of a script's class, which may define how it is shown.
    fn own_class(&self) -> Option<Any> {
        self.class().wrap(Object::from(self.0.clone()))
    }

    /// What it says; a `__str__` that fails is no reason to lose the rest.
    pub(super) fn message_or_note(&self) -> String {
        let mut out = String::new();
        match self.write_str(&mut out) {
            Ok(()) => out,
            Err(_) => "<exception str() failed>".to_owned(),
        }
    }
}

impl Truth for Exception {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

impl Identity for Exception {
    fn is(&self, other: &Exception) -> bool {
        self.ptr_eq(other)
    }

    fn id(&self) -> i64 {
        Gc::as_ptr(&self.0).addr() as i64
    }
}

impl Equal for Exception {
    fn eq(&self, other: &Exception) -> Result<bool> {
        Ok(self.ptr_eq(other))
    }
}

impl Hashed for Exception {
    fn hash(&self) -> Result<i64> {
        Ok(self.id() >> 4)
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message_or_note())
    }
}

/// `ValueError: the message`, and the places that it passed.
impl fmt::Debug for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.class().name())?;
        let message = self.message_or_note();
        if !message.is_empty() {
            write!(f, ": {message}")?;
        }
        for location in self.0.locations() {
            write!(f, "\n  at {location}")?;
        }
        Ok(())
    }
}

impl core::error::Error for Exception {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        self.0.cause().map(|cause| cause as _)
    }
}
