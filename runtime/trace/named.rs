//! Tracing with names, for [`inspect`](crate::inspect): every reference with the way to it inside the value.

use core::fmt;
use core::ptr::NonNull;

use super::{Task, Trace, Tracer};
use crate::header::{BORROWED, Header};

/// One step of the way from a value to a reference in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    Field(&'static str),
    /// An item, or the value of an entry, by its place in the iteration.
    Index(usize),
    /// The key of an entry, by its place in the iteration.
    Key(usize),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Field(name) => write!(f, ".{name}"),
            Step::Index(index) => write!(f, "[{index}]"),
            Step::Key(index) => write!(f, "[key {index}]"),
        }
    }
}

/// A reference with the way to it.
pub(crate) struct Edge<'a> {
    pub(crate) target: NonNull<Header>,
    pub(crate) way: &'a [Step],
    pub(crate) is_weak: bool,
}

/// Passes on references with their names.
pub(crate) struct Naming<'a> {
    way: Vec<Step>,
    visit: &'a mut dyn FnMut(Edge<'_>),
}

impl Naming<'_> {
    pub(super) fn reference(&mut self, target: NonNull<Header>) {
        (self.visit)(Edge { target, way: &self.way, is_weak: false });
    }
}

impl Tracer<'_> {
    /// Reports what lies behind one step.
    pub(crate) fn step(&mut self, step: Step, report: impl FnOnce(&mut Self)) {
        if let Task::Name(naming) = &mut self.task {
            naming.way.push(step);
        }
        report(self);
        if let Task::Name(naming) = &mut self.task {
            naming.way.pop();
        }
    }

    /// Reports a weak reference, if anybody wants to know; `None` if its object is dead.
    pub(crate) fn weak(&mut self, target: Option<NonNull<Header>>) {
        if let (Task::Name(naming), Some(target)) = (&mut self.task, target) {
            (naming.visit)(Edge { target, way: &naming.way, is_weak: true });
        }
    }
}

/// Calls `visit` with each reference of an object's value, weak ones included, unless it is being changed.
///
/// # Safety
/// `object` must hold a value.
pub(crate) unsafe fn name_references(object: NonNull<Header>, visit: &mut dyn FnMut(Edge<'_>)) {
    // SAFETY: `object` has a valid header.
    let head = unsafe { object.as_ref() };
    if !head.has(BORROWED) {
        let mut tracer = Tracer::new(Task::Name(Naming { way: Vec::new(), visit }));
        // SAFETY: the table is that of the value's type.
        unsafe { (head.table().trace_named)(object, &mut tracer) };
    }
}

/// A field whose references are to be reported with its name. A type that is not [`Trace`] reports nothing: the error is
/// shown where `trace` is generated, and once is enough.
pub struct Named<'a, T: ?Sized>(pub &'a T);

impl<T: Trace + ?Sized> Named<'_, T> {
    /// Reports the field. Without a name, its parts pass for the object's.
    pub fn report(self, name: &'static str, tracer: &mut Tracer<'_>) {
        match name {
            "" => self.0.trace_named(tracer),
            _ => tracer.step(Step::Field(name), |tracer| self.0.trace_named(tracer)),
        }
    }
}

/// What [`Named`] does for types that are not [`Trace`].
pub trait ReportNothing: Sized {
    /// Reports nothing.
    fn report(self, _name: &'static str, _tracer: &mut Tracer<'_>) {}
}

impl<T: ?Sized> ReportNothing for Named<'_, T> {}
