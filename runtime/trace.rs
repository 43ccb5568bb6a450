//! What the collector asks of every value: report your references.

use core::ptr::NonNull;

use crate::collector::analysis::{Counting, Gathering, Marking};
use crate::collector::walk::{Joining, Ordering, Releasing};
pub use crate::header::AsValue;
use crate::header::{BORROWED, Header, Mark};
use crate::heap;
use crate::pointer::Gc;

/// The answers of a type that owns nothing but its parts: what holds of all of them holds of it. A hasher is dropped with
/// it, but holds no pointer.
macro_rules! as_its_parts {
    ($($part:ty),+ $(; $hasher:ty)?) => {
        #[inline]
        fn acyclic() -> bool {
            $(<$part as $crate::trace::Trace>::acyclic())&&+
        }

        #[inline]
        fn drops_quietly() -> bool {
            $(<$part as $crate::trace::Trace>::drops_quietly())&&+ $(&& !core::mem::needs_drop::<$hasher>())?
        }
    };
}

/// `Trace` for a type that is one reference to an object, and nothing else.
macro_rules! handle {
    ([$($generics:tt)*] $type:ty) => {
        // SAFETY: the reference is all that it owns.
        unsafe impl<$($generics)*> $crate::trace::Trace for $type {
            #[inline]
            fn trace(&self, tracer: &mut $crate::trace::Tracer<'_>) {
                self.0.trace(tracer);
            }

            #[inline]
            fn drops_quietly() -> bool {
                true
            }

            #[inline]
            fn clones_quietly() -> bool {
                true
            }
        }
    };
}
pub(crate) use handle;

mod containers;
mod named;
mod part;
mod plain;

pub(crate) use self::named::{Edge, Naming, Step, name_references};
pub use self::named::{Named, ReportNothing};
use self::part::Part;

/// A value that can live in a [`Gc`]: it reports every `Gc` that it owns.
///
/// Write [`#[managed]`](crate::managed) or `#[derive(Trace)]` rather than implementing it by hand. It is implemented for the
/// types of the standard library that can be in a value, and behind features for those of well-known crates.
///
/// ```
/// use refcycle::{Gc, Trace, Tracer};
///
/// struct Both(Gc<String>, Gc<String>);
///
/// // SAFETY: each of the two is reported once, and there is no `Drop`.
/// unsafe impl Trace for Both {
///     fn trace(&self, tracer: &mut Tracer<'_>) {
///         self.0.trace(tracer);
///         self.1.trace(tracer);
///     }
/// }
/// # let both = Gc::new(Both(Gc::new("a".into()), Gc::new("b".into())));
/// # assert_eq!(refcycle::gc::get_referents(&both).len(), 2);
/// ```
///
/// # Safety
/// An implementation promises that
/// 1. `trace` reports each `Gc` that the value owns at most once, by calling `trace` on it, and none that it doesn't own;
///    one that is never reported counts as a reference from outside, and so may leak a cycle, but is not unsound;
/// 2. between two changes of the value `trace` reports the same references, and it neither changes a reference count,
///    nor allocates, nor runs any code that could;
/// 3. neither the type's own `Drop` nor that of a part which reports references uses those references: when a dead
///    cycle is cleared, what they refer to may have been dropped already.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be managed: the collector does not know its references",
    label = "`Trace` is not implemented for `{Self}`",
    note = "write `#[managed]` above your own type, or `#[derive(Trace)]` if it is stored inside one",
    note = "for a foreign type that owns no managed pointer, put `#[managed(untraced)]` on the field"
)]
pub unsafe trait Trace: 'static {
    /// Reports every [`Gc`] that the value owns.
    fn trace(&self, tracer: &mut Tracer<'_>);

    /// As `trace`, with the names of fields and the places in collections, and weak references too.
    #[doc(hidden)]
    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        self.trace(tracer);
    }

    /// The type's `__del__`.
    #[doc(hidden)]
    fn finalizer() -> Option<fn(&Gc<Self>)>
    where
        Self: Sized,
    {
        None
    }

    /// Can no object of this type be part of a cycle?
    #[doc(hidden)]
    fn acyclic() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Does an object of this type remember when it was created, relative to others that do?
    #[doc(hidden)]
    #[inline]
    fn has_ordinal() -> bool
    where
        Self: Sized,
    {
        Self::finalizer().is_some()
    }

    /// Does dropping a value run no code of a user's type? (The code of objects that die of it is guarded by itself.)
    #[doc(hidden)]
    #[inline]
    fn drops_quietly() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Does a clone run no code of a user's type, being a copy of bits or a count?
    #[doc(hidden)]
    #[inline]
    fn clones_quietly() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Do values know their own pointer? Then they are neither moved out of their object nor lent mutably.
    #[doc(hidden)]
    #[inline]
    fn holds_itself() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// The name that messages and statistics show.
    #[doc(hidden)]
    fn type_name() -> &'static str
    where
        Self: Sized,
    {
        core::any::type_name::<Self>()
    }

    /// How a language on top sees an object of this type of which it knows no more than that it is one.
    #[doc(hidden)]
    fn as_value() -> Option<AsValue>
    where
        Self: Sized,
    {
        None
    }

    /// Called once the value lies in its object.
    #[doc(hidden)]
    #[inline]
    fn placed(_this: &Gc<Self>)
    where
        Self: Sized,
    {
    }
}

/// Takes the references that [`Trace::trace`] reports. It is handed on to the `trace` of each part.
pub struct Tracer<'a> {
    task: Task<'a>,
    /// The mark of the objects whose references the task counts; see [`Header::count_if_plain`].
    counted: u32,
    part: Part,
}

/// No mark.
const NOTHING_COUNTED: u32 = !0;

/// What is done with a reported reference.
pub(crate) enum Task<'a> {
    Gather(Gathering<'a>),
    Count(Counting<'a>),
    Mark(Marking<'a>),
    Join(Joining<'a>),
    Release(Releasing<'a>),
    Order(Ordering<'a>),
    Visit(&'a mut dyn FnMut(NonNull<Header>)),
    Name(Naming<'a>),
    CountInline(&'a mut isize),
}

impl Task<'_> {
    /// The mark of the objects whose references are counted.
    #[inline]
    fn counted(&self) -> u32 {
        match self {
            Task::Gather(_) | Task::Count(_) => Mark::Candidate.pattern(),
            Task::Join(_) => Mark::Member.pattern(),
            _ => NOTHING_COUNTED,
        }
    }
}

impl<'a> Tracer<'a> {
    pub(crate) fn new(task: Task<'a>) -> Self {
        let counted = task.counted();
        Tracer { task, counted, part: Part::ALL }
    }

    /// Reports the references of an object's value, unless it is [`BORROWED`].
    ///
    /// # Safety
    /// `object` must hold a value.
    #[inline]
    pub(crate) unsafe fn trace_object(&mut self, object: NonNull<Header>) {
        // SAFETY: `object` has a valid header.
        let head = unsafe { object.as_ref() };
        if !head.has(BORROWED) {
            // SAFETY: the table is that of the value's type.
            unsafe { (head.table().trace)(object, self) };
        }
    }

    /// Takes one reference.
    #[inline]
    pub(crate) fn reference(&mut self, target: NonNull<Header>) {
        // SAFETY: a traced reference keeps its target alive.
        if !unsafe { target.as_ref() }.count_if_plain(self.counted) {
            self.take_reference(target);
        }
    }

    fn take_reference(&mut self, target: NonNull<Header>) {
        if self.part.is_elsewhere {
            return;
        }
        match &mut self.task {
            Task::Gather(gathering) => gathering.reference(target),
            Task::Count(counting) => counting.reference(target),
            Task::Mark(marking) => marking.reference(target),
            Task::Join(joining) => joining.reference(target),
            Task::Release(releasing) => releasing.reference(target),
            Task::Order(ordering) => ordering.reference(target),
            Task::Visit(visit) => visit(target),
            Task::Name(naming) => naming.reference(target),
            Task::CountInline(_) => {}
        }
    }

    /// Notes a part that is an object to the user: a collection counts it with the object that it lies in.
    #[inline]
    pub(crate) fn inline_object(&mut self) {
        self.count_inline(1);
    }

    /// Notes that the traced object is none to a collection of CPython, where a dict is tracked from its first entry on.
    pub(crate) fn uncounted_object(&mut self) {
        self.count_inline(-1);
    }

    fn count_inline(&mut self, objects: isize) {
        match &mut self.task {
            Task::CountInline(count) => **count += objects,
            _ => heap::with(|heap| heap.collector.note_inline_object()),
        }
    }

    /// Reports, with `value`, what an ephemeron keeps for the sake of its key. `None`: the key is dead, and the entry is
    /// about to be removed; until then it owns its value like anything else.
    #[inline]
    pub(crate) fn ephemeron(&mut self, key: Option<NonNull<Header>>, value: impl FnOnce(&mut Self)) {
        if let (Task::Mark(marking), Some(key)) = (&self.task, key) {
            // SAFETY: callers pass the header of a live object.
            if marking.waits_for(unsafe { key.as_ref() }) {
                return;
            }
        }
        value(self);
    }

    pub(crate) fn task(&mut self) -> &mut Task<'a> {
        &mut self.task
    }
}

// SAFETY: reports the one reference that a `Gc` is.
unsafe impl<T: ?Sized + 'static> Trace for Gc<T> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.reference(self.header());
    }

    #[inline]
    fn drops_quietly() -> bool {
        true
    }

    #[inline]
    fn clones_quietly() -> bool {
        true
    }
}

// SAFETY: a weak reference keeps nothing alive, so there is nothing to report.
unsafe impl<T: ?Sized + 'static> Trace for crate::weak::Weak<T> {
    #[inline]
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        tracer.weak(self.header());
    }

    fn acyclic() -> bool {
        true
    }

    #[inline]
    fn drops_quietly() -> bool {
        true
    }
}
