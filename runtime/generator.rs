//! [`Generator`]: functions that are suspended where they yield.
//!
//! A generator is one object: the future that an `async` closure compiles to lies in it, behind what the collector has to
//! know. Nothing is traced while a body runs; what it refers to then counts as referred to from outside. Before it is
//! suspended its body hands over the locals that can hold managed pointers ([`Co::suspend`] moves them into its own
//! future, where the object finds them through one pointer) and gets them back when it is resumed. So a suspended body
//! costs two stores an item, tracing sees each local exactly once, and no borrow of such a local can cross a yield: the
//! compiler refuses to move what is borrowed.
//!
//! Invariants:
//! - a body that is not finished is closed by the object's finaliser, so no user code is left to run when a dead object is
//!   cleared;
//! - `frame` knows the object, `drive` resumes and closes chains of delegation, `co` is the body's side.

mod co;
mod drive;
mod failure;
mod frame;

use core::convert::Infallible;
use core::fmt;
use core::iter::FusedIterator;
use core::ptr::NonNull;

pub use self::co::{Co, Delegate, Suspend, Yield};
#[doc(hidden)]
pub use self::co::{Ending, returned, sent};
use self::drive::Outcome;
pub use self::failure::{Failure, GeneratorError, Panics, Raises};
#[doc(hidden)]
pub use self::frame::Frame;
use self::frame::Phase;
pub(crate) use self::frame::{Head, Link};
use crate::cell::ByValue;
use crate::header::Header;
use crate::pointer::{Gc, Object, Reference, sealed};
use crate::trace::{Trace, Tracer};
use crate::weak::Weak;

/// A suspended computation that yields values of type `Y`, is sent values of type `S` and returns an `R`.
///
/// It is a counted reference to an object, as a [`Gc`] is: clones share one generator. The object is traced before it is
/// started and while it is suspended, so a cycle through what it holds is collected; then, and when the last reference
/// goes, it is closed: its body is dropped where it stands, with every `Drop` in it.
///
/// With `S = ()` it is an [`Iterator`]. Make one with [`generator!`](crate::generator!), or with [`Generator::new`].
///
/// `M` says what an exception is; without one (`Infallible`) nothing can be thrown.
///
/// ```
/// use refcycle::{generator, managed, Gc, Generator};
///
/// #[managed]
/// struct Node { value: i32, children: Vec<Gc<Node>> }
///
/// fn walk(root: Gc<Node>) -> Generator<i32> {
///     generator!(|mut stack = vec![root]| {
///         while let Some(node) = stack.pop() {
///             stack.extend(node.children.iter().rev().cloned());
///             yield_!(node.value);
///         }
///     })
/// }
///
/// let leaf = |value| Node::new(value, vec![]);
/// let tree = Node::new(1, vec![Node::new(2, vec![leaf(3)]), leaf(4)]);
/// assert_eq!(walk(tree).collect::<Vec<_>>(), [1, 2, 3, 4]);
/// ```
pub struct Generator<Y, S = (), R = (), M: Failure = Infallible>(Gc<Frame<Y, S, R, M::Error>>);

/// What resuming a generator led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<Y, R = ()> {
    /// It yielded a value, and is suspended.
    Yielded(Y),
    /// It returned a value, and is finished.
    Returned(R),
    /// It was finished already.
    Finished,
}

impl<Y, R> Step<Y, R> {
    /// The value that was yielded.
    pub fn yielded(self) -> Option<Y> {
        match self {
            Step::Yielded(value) => Some(value),
            _ => None,
        }
    }

    /// The value that was returned.
    pub fn returned(self) -> Option<R> {
        match self {
            Step::Returned(value) => Some(value),
            _ => None,
        }
    }
}

/// Where a generator is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeneratorState {
    /// It has not been resumed yet.
    Created,
    /// It waits at a yield.
    Suspended,
    /// Its body, or one that it delegates to, is running or being dropped.
    Running,
    /// Its body has ended.
    Finished,
}

impl<Y: 'static, S: 'static, R: 'static> Generator<Y, S, R> {
    /// A generator with a body in which nothing can be thrown. It is one allocation.
    ///
    /// `arguments` are what the body starts with; they are traced. What the closure captures is not: it counts as
    /// referred to from outside.
    ///
    /// ```
    /// use refcycle::Generator;
    ///
    /// let countdown = Generator::new(3, async |mut co, start: u32| {
    ///     for i in (1..=start).rev() {
    ///         co.yield_(i).await;
    ///     }
    /// });
    /// assert_eq!(countdown.collect::<Vec<_>>(), [3, 2, 1]);
    /// ```
    #[track_caller]
    pub fn new<A: Trace, F>(arguments: A, body: F) -> Self
    where
        F: AsyncFnOnce(Co<'_, Y, S>, A) -> R + 'static,
    {
        Generator(frame::create(body, arguments, |body, co, arguments| body(co, arguments), Ok))
    }
}

impl<Y: 'static, S: 'static, R: 'static, M: Failure> Generator<Y, S, R, M> {
    /// A generator with a body that can be thrown exceptions, and raise them. [`Raises`] makes them errors, [`Panics`]
    /// panics.
    ///
    /// ```
    /// use refcycle::generator::{Generator, GeneratorError, Raises};
    ///
    /// #[derive(Debug, PartialEq)]
    /// struct Trouble(&'static str);
    /// impl GeneratorError for Trouble {
    ///     fn already_executing() -> Self { Trouble("generator already executing") }
    ///     fn ignored_exit() -> Self { Trouble("generator ignored that it was closed") }
    /// }
    ///
    /// type Lines = Generator<&'static str, (), (), Raises<Trouble>>;
    /// let lines = Lines::raising((), async |mut co, ()| {
    ///     co.suspend("first", ()).await.0?; // what is thrown here is raised again
    ///     Err(Trouble("no second line"))
    /// });
    /// assert_eq!(lines.collect::<Vec<_>>(), [Ok("first"), Err(Trouble("no second line"))]);
    /// ```
    #[track_caller]
    pub fn raising<A: Trace, F>(arguments: A, body: F) -> Self
    where
        F: AsyncFnOnce(Co<'_, Y, S, M::Error>, A) -> Result<R, M::Error> + 'static,
    {
        Generator(frame::create(body, arguments, |body, co, arguments| body(co, arguments), |result| result))
    }

    /// Runs the body to its next yield or its end; `value` becomes the value of the yield that it waits at, or is dropped
    /// if it has not been started.
    ///
    /// # Panics
    /// If the generator is already executing and its exceptions are not errors. A panic of the body goes through to the
    /// caller and finishes the generator, as does one in a generator that it delegates to.
    ///
    /// ```
    /// use refcycle::{generator, Generator, Step};
    ///
    /// let adder: Generator<u32, u32, &str> = generator!(|mut sum = 0| {
    ///     while sum < 10 {
    ///         sum += yield_!(sum);
    ///     }
    ///     "enough"
    /// });
    /// assert_eq!(adder.resume(0), Step::Yielded(0)); // started: what is sent first is dropped
    /// assert_eq!(adder.resume(7), Step::Yielded(7));
    /// assert_eq!(adder.resume(8), Step::Returned("enough"));
    /// assert_eq!(adder.resume(9), Step::Finished);
    /// ```
    #[inline]
    pub fn resume(&self, value: S) -> M::Item<Step<Y, R>> {
        M::item(self.drive(Ok(value)))
    }

    /// [`resume`](Generator::resume) in Python's words.
    #[inline]
    pub fn send(&self, value: S) -> M::Item<Step<Y, R>> {
        self.resume(value)
    }

    /// Raises an exception at the yield where the body waits. One that the body doesn't handle comes back, and the
    /// generator is finished; so is one that has not been started, at once.
    pub fn throw(&self, exception: M::Error) -> M::Item<Step<Y, R>> {
        M::item(self.drive(Err(exception)))
    }

    /// The same with the exception, if one comes out, as an error: what [`Failure::item`] is made from.
    #[doc(hidden)]
    #[inline]
    pub fn drive(&self, input: Result<S, M::Error>) -> Result<Step<Y, R>, M::Error> {
        drive::resume(&self.0, input, |outcome| self.0.step(outcome))
    }

    /// Ends the body where it waits: raises the exception for that, or drops the body if there is none. Does nothing to
    /// one that is finished.
    ///
    /// # Errors
    /// What the body raises instead, or the error for a body that yields once more (then it is still suspended), or that
    /// for one that is already executing.
    ///
    /// ```
    /// use refcycle::{generator, Generator, GeneratorState};
    ///
    /// let numbers: Generator<u32> = generator!(|n = 1| loop { yield_!(n) });
    /// assert_eq!(numbers.next(), Some(1));
    /// numbers.close();
    /// assert_eq!((numbers.state(), numbers.next()), (GeneratorState::Finished, None));
    /// ```
    pub fn close(&self) -> M::Item<()> {
        M::item(drive::close(&self.0))
    }

    /// [`close`](Generator::close) with the exception as an error.
    #[doc(hidden)]
    pub fn try_close(&self) -> Result<(), M::Error> {
        drive::close(&self.0)
    }

    /// Where the generator is in its life.
    pub fn state(&self) -> GeneratorState {
        match self.0.front().phase.get() {
            Phase::Created => GeneratorState::Created,
            Phase::Finished => GeneratorState::Finished,
            Phase::Running | Phase::Closing => GeneratorState::Running,
            Phase::Suspended if drive::is_run_by_another(&self.0) => GeneratorState::Running,
            Phase::Suspended => GeneratorState::Suspended,
        }
    }

    /// The same generator with its exceptions seen in another way: as errors ([`Raises`]) or as panics ([`Panics`]).
    pub fn with_failure<N: Failure<Error = M::Error>>(self) -> Generator<Y, S, R, N> {
        Generator(self.0)
    }

    /// Do both refer to the same generator?
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        Gc::ptr_eq(&this.0, &other.0)
    }

    /// The number of references to the generator.
    pub fn strong_count(this: &Self) -> usize {
        Gc::strong_count(&this.0)
    }

    /// A reference that does not keep the generator.
    pub fn downgrade(this: &Self) -> WeakGenerator<Y, S, R, M> {
        WeakGenerator(Gc::downgrade(&this.0))
    }
}

impl<Y, S, R, M: Failure> Generator<Y, S, R, M> {
    /// The pointer that it is.
    pub(crate) fn frame(&self) -> &Gc<Frame<Y, S, R, M::Error>> {
        &self.0
    }

    pub(crate) fn into_frame(self) -> Gc<Frame<Y, S, R, M::Error>> {
        self.0
    }

    pub(crate) fn from_frame(frame: Gc<Frame<Y, S, R, M::Error>>) -> Self {
        Generator(frame)
    }
}

impl<Y, S, R, E: GeneratorError> Frame<Y, S, R, E> {
    /// Resumes the generator, or raises an exception in it.
    #[inline]
    pub(crate) fn drive(&self, input: Result<S, E>) -> Result<Step<Y, R>, E> {
        drive::resume_frame(self, input, |outcome| self.step(outcome))
    }

    /// The next item; None at the end.
    #[inline]
    pub(crate) fn next(&self, input: Result<S, E>) -> Result<Option<Y>, E> {
        drive::resume_frame(self, input, |outcome| self.item(outcome))
    }

    #[inline]
    fn item(&self, outcome: Outcome<Y, E>) -> Result<Option<Y>, E> {
        match outcome {
            Outcome::Yielded(value) => Ok(Some(value)),
            Outcome::Returned => {
                drop(self.take_result());
                Ok(None)
            }
            Outcome::Finished => Ok(None),
            Outcome::Raised(exception) => Err(exception),
        }
    }

    /// Ends the generator.
    pub(crate) fn close(&self) -> Result<(), E> {
        drive::close_frame(self)
    }

    #[inline]
    fn step(&self, outcome: Outcome<Y, E>) -> Result<Step<Y, R>, E> {
        match outcome {
            Outcome::Yielded(value) => Ok(Step::Yielded(value)),
            Outcome::Returned => Ok(self.take_result().map_or(Step::Finished, Step::Returned)),
            Outcome::Finished => Ok(Step::Finished),
            Outcome::Raised(exception) => Err(exception),
        }
    }
}

impl<Y: 'static, R: 'static, M: Failure> Generator<Y, (), R, M> {
    /// The next item. Not only for `&mut self`, so that it can be called on a field of a managed object.
    #[inline]
    #[allow(clippy::should_implement_trait, reason = "it is also implemented")]
    pub fn next(&self) -> Option<M::Item<Y>> {
        drive::resume(&self.0, Ok(()), |outcome| self.0.item(outcome).transpose().map(M::item))
    }
}

impl<Y: 'static, R: 'static, M: Failure> Iterator for Generator<Y, (), R, M> {
    type Item = M::Item<Y>;

    #[inline]
    fn next(&mut self) -> Option<M::Item<Y>> {
        Generator::next(self)
    }
}

impl<Y: 'static, R: 'static, M: Failure> FusedIterator for Generator<Y, (), R, M> {}

impl<Y: 'static, R: 'static, M: Failure> Iterator for &Generator<Y, (), R, M> {
    type Item = M::Item<Y>;

    #[inline]
    fn next(&mut self) -> Option<M::Item<Y>> {
        Generator::next(self)
    }
}

impl<Y: 'static, R: 'static, M: Failure> FusedIterator for &Generator<Y, (), R, M> {}

impl<Y, S, R, M: Failure> Clone for Generator<Y, S, R, M> {
    /// One more reference to the same generator.
    #[inline]
    fn clone(&self) -> Self {
        Generator(self.0.clone())
    }
}

impl<Y, S, R, M: Failure> fmt::Debug for Generator<Y, S, R, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<generator object at {:p}>", self.0.as_non_null())
    }
}

impl<Y, S, R, M: Failure> From<Generator<Y, S, R, M>> for Object {
    fn from(generator: Generator<Y, S, R, M>) -> Self {
        generator.0.into()
    }
}

// SAFETY: reports the one reference that it is.
unsafe impl<Y: 'static, S: 'static, R: 'static, M: Failure> Trace for Generator<Y, S, R, M> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }

    #[inline]
    fn drops_quietly() -> bool {
        true
    }
}

// SAFETY: a count goes up, which neither runs code of the program nor panics.
unsafe impl<Y: 'static, S: 'static, R: 'static, M: Failure> ByValue for Generator<Y, S, R, M> {
    #[inline]
    fn duplicate(&self) -> Self {
        self.clone()
    }
}

impl<Y, S, R, M: Failure> Reference for Generator<Y, S, R, M> {}

impl<Y, S, R, M: Failure> sealed::Reference for Generator<Y, S, R, M> {
    fn header_of_object(&self) -> NonNull<Header> {
        self.0.header()
    }
}

/// A reference to a generator that does not keep it; see [`Generator::downgrade`].
pub struct WeakGenerator<Y, S = (), R = (), M: Failure = Infallible>(Weak<Frame<Y, S, R, M::Error>>);

impl<Y, S, R, M: Failure> WeakGenerator<Y, S, R, M> {
    /// A counted reference, if the generator is not gone.
    pub fn upgrade(&self) -> Option<Generator<Y, S, R, M>> {
        self.0.upgrade().map(Generator)
    }
}

impl<Y, S, R, M: Failure> Clone for WeakGenerator<Y, S, R, M> {
    fn clone(&self) -> Self {
        WeakGenerator(self.0.clone())
    }
}

impl<Y, S, R, M: Failure> fmt::Debug for WeakGenerator<Y, S, R, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(Weak)")
    }
}

// SAFETY: it keeps nothing alive.
unsafe impl<Y: 'static, S: 'static, R: 'static, M: Failure> Trace for WeakGenerator<Y, S, R, M> {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn drops_quietly() -> bool {
        true
    }
}

// SAFETY: as for `Generator`.
unsafe impl<Y: 'static, S: 'static, R: 'static, M: Failure> ByValue for WeakGenerator<Y, S, R, M> {
    #[inline]
    fn duplicate(&self) -> Self {
        self.clone()
    }
}
