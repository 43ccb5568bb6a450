//! The managed object behind an exception.

use super::class::{Class, KEY_ERROR};
use super::exception::Exception;
use super::location::Location;
use crate::builtins::any::{Any, AnyValue};
use crate::builtins::protocol::Show;
use crate::builtins::{Result, Str};
use crate::trace::{Trace, Tracer};
use core::cell::{Cell, OnceCell, RefCell};

/// The root of all exception classes. A class of a script embeds it as its first field.
///
/// What the exception kept alive dies in this order: its arguments, the locals of the frames that it has left (innermost
/// first), its cause and its context.
#[repr(C)]
pub struct BaseException {
    class: &'static Class,
    arguments: RefCell<Vec<Any>>,
    frames: RefCell<Vec<Box<dyn Trace>>>,
    trail: RefCell<Vec<&'static Location>>,
    causes: Link,
    context: RefCell<Option<Exception>>,
    suppresses_context: Cell<bool>,
}

/// The causes that an exception has been given, oldest first. They are only ever added, so that
/// [`core::error::Error::source`] can lend one out.
#[derive(Default)]
struct Link {
    cause: OnceCell<Option<Exception>>,
    next: OnceCell<Box<Link>>,
}

impl Link {
    fn last(&self) -> &Link {
        let mut link = self;
        while let Some(next) = link.next.get() {
            link = next;
        }
        link
    }

    fn add(&self, cause: Option<Exception>) {
        let last = self.last();
        if let Err(cause) = last.cause.set(cause) {
            let next = Link { cause: OnceCell::from(cause), next: OnceCell::new() };
            // The last link has no next one.
            let _ = last.next.set(Box::new(next));
        }
    }
}

// SAFETY: a link owns its cause and the next link.
unsafe impl Trace for Link {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        let mut link = Some(self);
        while let Some(this) = link {
            this.cause.trace(tracer);
            link = this.next.get().map(|next| &**next);
        }
    }
}

// SAFETY: these are the fields that own a `Gc`; there is no `Drop`.
unsafe impl Trace for BaseException {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        // In CPython: the tuple of the arguments, and a traceback and a frame each.
        if self.arguments.try_borrow().is_ok_and(|arguments| !arguments.is_empty()) {
            tracer.inline_object();
        }
        if let Ok(frames) = self.frames.try_borrow() {
            frames.iter().for_each(|_| {
                tracer.inline_object();
                tracer.inline_object();
            });
        }
        self.arguments.trace(tracer);
        self.frames.trace(tracer);
        self.causes.trace(tracer);
        self.context.trace(tracer);
    }

    fn type_name() -> &'static str {
        "BaseException"
    }

    fn as_value() -> Option<crate::trace::AsValue> {
        Some(|object| match object.downcast::<BaseException>() {
            Ok(object) => Box::new(Any::from(Exception::from(object))),
            Err(object) => Box::new(Any::from(object)),
        })
    }
}

impl BaseException {
    /// An exception of a class, without arguments yet; the base of a script's exception object.
    pub fn of(class: &'static Class) -> BaseException {
        BaseException {
            class,
            arguments: RefCell::default(),
            frames: RefCell::default(),
            trail: RefCell::default(),
            causes: Link::default(),
            context: RefCell::default(),
            suppresses_context: Cell::new(false),
        }
    }

    /// Its class.
    pub fn class(&self) -> &'static Class {
        self.class
    }

    /// `BaseException.__init__(self, argument)`: what `super().__init__("message")` does.
    pub fn init(&self, arguments: Vec<Any>) {
        let former = self.arguments.replace(arguments);
        drop(former);
    }

    /// `__init__` with one argument, the message.
    pub fn init_message(&self, message: impl AnyValue) {
        self.init(vec![Any::from(message)]);
    }

    /// One of its arguments: `e.args[index]`.
    pub fn argument(&self, index: usize) -> Option<Any> {
        self.arguments.borrow().get(index).cloned()
    }

    /// How many arguments `e.args` has.
    pub fn argument_count(&self) -> usize {
        self.shown_count(&self.arguments.borrow())
    }

    /// How many arguments it was made with.
    pub(super) fn given_count(&self) -> usize {
        self.arguments.borrow().len()
    }

    /// `__cause__`
    pub fn cause(&self) -> Option<&Exception> {
        self.causes.last().cause.get()?.as_ref()
    }

    pub(super) fn set_cause(&self, cause: Option<Exception>) {
        self.causes.add(cause);
        self.suppresses_context.set(true);
    }

    /// `__context__`: the exception that was being handled when this one was raised.
    pub fn context(&self) -> Option<Exception> {
        self.context.borrow().clone()
    }

    pub(super) fn set_context(&self, context: Option<Exception>) {
        let former = self.context.replace(context);
        drop(former);
    }

    /// `__suppress_context__`
    pub fn suppresses_context(&self) -> bool {
        self.suppresses_context.get()
    }

    /// The places of the script that it has passed, innermost first.
    pub fn locations(&self) -> Vec<Location> {
        self.trail.borrow().iter().map(|location| **location).collect()
    }

    pub(super) fn pass(&self, location: &'static Location) {
        self.trail.borrow_mut().push(location);
    }

    pub(super) fn keep(&self, locals: Box<dyn Trace>) {
        self.frames.borrow_mut().push(locals);
    }

    /// Lets go of the frames that it has left: the locals die now, innermost frame first.
    pub fn release_frames(&self) {
        let frames = self.frames.take();
        drop(frames);
    }

    /// How many frames it has left.
    pub(crate) fn frame_count(&self) -> usize {
        self.frames.borrow().len()
    }

    /// Lets go of the frames after the first `count` that it has left.
    pub(crate) fn release_frames_after(&self, count: usize) {
        let mut frames = self.frames.borrow_mut();
        let count = count.min(frames.len());
        let released = frames.split_off(count);
        drop(frames);
        drop(released);
    }

    /// Has it passed a place of the script?
    pub(super) fn has_trail(&self) -> bool {
        !self.trail.borrow().is_empty()
    }

    pub(super) fn clear_traceback(&self) {
        self.trail.take();
        self.release_frames();
    }

    /// `str(e)`: the one argument, or all of them as a tuple.
    pub fn write_message(&self, out: &mut String) -> Result<()> {
        let arguments = self.arguments.borrow().clone();
        if self.write_os_error(&arguments, out)? {
            return Ok(());
        }
        match &*arguments {
            [] => Ok(()),
            [one] if self.class.is_subclass(&KEY_ERROR) => one.write_repr(out),
            [one] => one.write_str(out),
            several => write_tuple(out, several),
        }
    }

    /// `repr(e)`
    pub fn write_call(&self, out: &mut String) -> Result<()> {
        out.push_str(self.class.name());
        let arguments = self.arguments.borrow().clone();
        match &arguments[..self.shown_count(&arguments)] {
            [one] => {
                out.push('(');
                one.write_repr(out)?;
                out.push(')');
                Ok(())
            }
            arguments => write_tuple(out, arguments),
        }
    }
}

fn write_tuple(out: &mut String, arguments: &[Any]) -> Result<()> {
    out.push('(');
    for (i, argument) in arguments.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        argument.write_repr(out)?;
    }
    out.push(')');
    Ok(())
}

/// `BaseException.__str__(self)`: what `super().__str__()` gives.
pub fn message_of(exception: &BaseException) -> Result<Str> {
    let mut out = String::new();
    exception.write_message(&mut out)?;
    Ok(Str::from(out))
}

/// `BaseException.__repr__(self)`
pub fn repr_of(exception: &BaseException) -> Result<Str> {
    let mut out = String::new();
    exception.write_call(&mut out)?;
    Ok(Str::from(out))
}
