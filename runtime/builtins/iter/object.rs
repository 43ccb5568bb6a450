//! [`Iter`]: an iterator as an object.

use crate::builtins::exceptions::{ATTRIBUTE_ERROR, STOP_ITERATION, VALUE_ERROR};
use crate::builtins::protocol::{Contains, Equal, Hashed, Identity, Iterate, ScriptIterator, Show, Truth, reaches};
use crate::builtins::{Any, Exception, Result};
use crate::generator::{Failure, Raises, Step};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use core::any::Any as RustAny;
use core::cell::RefCell;
use core::marker::PhantomData;

/// Python's `Iterator[T]`: a reference to a managed iterator or a generator, whose copies share its progress.
///
/// `M` says what a step gives to Rust: a [`Result`], or with [`Panics`](crate::generator::Panics) the item itself.
///
/// ```
/// use refcycle::builtins::itertools;
///
/// let numbers = itertools::count(5, 2);
/// assert_eq!(numbers.take(3).collect::<Result<Vec<_>, _>>().unwrap(), [5, 7, 9]);
/// ```
pub struct Iter<T: 'static, M = Raises<Exception>>(Gc<dyn Steps<T>>, PhantomData<fn() -> M>);

/// What the object behind an [`Iter`] does.
#[doc(hidden)]
pub trait Steps<T>: Trace {
    /// The next item; None at the end.
    fn step(&self) -> Result<Option<T>>;

    /// The next item, or what a generator returned.
    fn advance(&self) -> Result<Step<T, Any>> {
        Ok(self.step()?.map_or(Step::Finished, Step::Yielded))
    }

    /// Raises an exception in a generator.
    fn throw(&self, exception: Exception) -> Result<Step<T, Any>> {
        drop(exception);
        Err(no_attribute(self.class_name(), "throw"))
    }

    /// Ends a generator.
    fn close(&self) -> Result<()> {
        Err(no_attribute(self.class_name(), "close"))
    }

    /// Python's name for what it is.
    fn class_name(&self) -> &'static str;

    /// What others delegate to, if it is a generator: its `Head`.
    fn as_generator(&self) -> Option<&dyn RustAny> {
        None
    }

    /// What a generator has returned, once.
    fn take_returned(&self) -> Option<Any> {
        None
    }

    /// Is it a generator?
    fn is_generator(&self) -> bool {
        self.as_generator().is_some()
    }
}

/// The object of an iterator that is no generator.
struct IterObject<I> {
    state: RefCell<State<I>>,
}

enum State<I> {
    Ready(I),
    /// A step is under way, which has taken the iterator out: script code runs.
    Running,
    Done,
}

// SAFETY: a ready iterator is all that it owns.
unsafe impl<I: Trace> Trace for State<I> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let State::Ready(iterator) = self {
            iterator.trace(tracer);
        }
    }
}

// SAFETY: the state is all that it owns.
unsafe impl<I: Trace> Trace for IterObject<I> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.state.trace(tracer);
    }

    fn type_name() -> &'static str {
        "iterator"
    }
}

impl<I: ScriptIterator + Trace> Steps<I::Item> for IterObject<I> {
    fn step(&self) -> Result<Option<I::Item>> {
        let mut iterator = match self.state.replace(State::Running) {
            State::Ready(iterator) => iterator,
            State::Running => return Err(Exception::new(&VALUE_ERROR, "iterator already executing")),
            State::Done => {
                self.state.replace(State::Done);
                return Ok(None);
            }
        };
        let item = iterator.next();
        if let Ok(None) = item {
            self.state.replace(State::Done);
            drop(iterator);
        } else {
            self.state.replace(State::Ready(iterator));
        }
        item
    }

    fn class_name(&self) -> &'static str {
        I::CLASS
    }
}

crate::trace::handle!([T: 'static, M: 'static] Iter<T, M>);

impl<T: 'static> Iter<T> {
    /// An object of an iterator.
    #[track_caller]
    pub fn new(iterator: impl ScriptIterator<Item = T> + Trace) -> Iter<T> {
        let object = Gc::new(IterObject { state: RefCell::new(State::Ready(iterator)) });
        Iter::from_object(crate::unsize!(object => dyn Steps<T>))
    }
}

impl<T: 'static, M> Iter<T, M> {
    pub(crate) fn object(&self) -> &Gc<dyn Steps<T>> {
        &self.0
    }

    pub(crate) fn into_object(self) -> Gc<dyn Steps<T>> {
        self.0
    }

    pub(crate) fn from_object(object: Gc<dyn Steps<T>>) -> Self {
        Iter(object, PhantomData)
    }

    /// The same iterator with its exceptions seen in another way.
    pub fn with_failure<N: Failure<Error = Exception>>(self) -> Iter<T, N> {
        Iter(self.0, PhantomData)
    }

    /// The iterator as scripts see it: with exceptions as errors.
    #[doc(hidden)]
    pub fn as_raising(self) -> Iter<T> {
        self.with_failure()
    }

    /// The next item; None at the end, and for ever after.
    #[inline]
    pub fn step(&self) -> Result<Option<T>> {
        self.0.step()
    }

    /// `next(it)`
    pub fn advance(&self) -> Result<T> {
        yielded(self.0.advance()?)
    }

    /// `it.throw(exception)`: raises it in a generator; what it yields next.
    pub fn throw(&self, exception: Exception) -> Result<T> {
        yielded(self.0.throw(exception)?)
    }

    /// `it.close()` of a generator.
    pub fn close(&self) -> Result<()> {
        self.0.close()
    }
}

/// What a generator yielded, or the StopIteration with what it returned.
pub(crate) fn yielded<T>(step: Step<T, Any>) -> Result<T> {
    match step {
        Step::Yielded(item) => Ok(item),
        Step::Returned(value) if !value.is_none() => Err(Exception::with_arguments(&STOP_ITERATION, vec![value])),
        Step::Returned(_) | Step::Finished => Err(stop()),
    }
}

#[cold]
fn no_attribute(class: &str, name: &str) -> Exception {
    Exception::new(&ATTRIBUTE_ERROR, format!("'{class}' object has no attribute '{name}'"))
}

#[cold]
fn stop() -> Exception {
    Exception::bare(&STOP_ITERATION)
}

impl<T: 'static, M> ScriptIterator for Iter<T, M> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Result<Option<T>> {
        self.step()
    }
}

impl<T: 'static, M> Iterate for Iter<T, M> {
    type Item = T;
    type Iter = Iter<T>;

    fn iter(&self) -> Result<Iter<T>> {
        Ok(Iter::from_object(self.0.clone()))
    }
}

impl<T: Equal + Identity + 'static, M> Contains<T> for Iter<T, M> {
    fn contains(&self, item: &T) -> Result<bool> {
        reaches(self.clone(), item)
    }
}

impl<T: 'static, M> Clone for Iter<T, M> {
    fn clone(&self) -> Self {
        Iter(self.0.clone(), PhantomData)
    }
}

impl<T: 'static, M> Identity for Iter<T, M> {
    fn is(&self, other: &Self) -> bool {
        Gc::ptr_eq(&self.0, &other.0)
    }

    fn id(&self) -> i64 {
        Gc::as_ptr(&self.0).addr() as i64
    }
}

impl<T: 'static, M> Equal for Iter<T, M> {
    fn eq(&self, other: &Self) -> Result<bool> {
        Ok(self.is(other))
    }
}

impl<T: 'static, M> Hashed for Iter<T, M> {
    fn hash(&self) -> Result<i64> {
        Ok(self.id() >> 4)
    }
}

impl<T: 'static, M> Truth for Iter<T, M> {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

impl<T: 'static, M> Show for Iter<T, M> {
    fn type_name(&self) -> &'static str {
        self.0.class_name()
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("<{} object at {:#x}>", self.0.class_name(), self.id()));
        Ok(())
    }
}

/// For Rust: an error ends a generator after it has been given out.
impl<T: 'static, M: Failure<Error = Exception>> Iterator for Iter<T, M> {
    type Item = M::Item<T>;

    #[inline]
    fn next(&mut self) -> Option<M::Item<T>> {
        self.step().transpose().map(M::item)
    }
}

impl<T: 'static, M> core::fmt::Debug for Iter<T, M> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.repr().map_err(|_| core::fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::testing::{Noisy, log};
    use crate::builtins::{Cell, Function, List, iter};

    #[test]
    fn copies_share_their_progress() {
        let a = Iter::new(List::from([1i64, 2]).iter().unwrap());
        let b = a.clone();
        assert_eq!((a.advance().unwrap(), b.advance().unwrap()), (1, 2));
        assert!(a.advance().unwrap_err().is(&STOP_ITERATION));
        assert_eq!(b.step().unwrap(), None);
    }

    #[test]
    fn at_the_end_it_lets_go_of_what_it_went_over() {
        let it = Iter::new(List::from([Noisy::new("a")]).iter().unwrap());
        drop(it.step());
        assert!(log().is_empty());
        drop(it.step());
        assert_eq!(log(), ["a"]);
    }

    #[test]
    fn an_iterator_that_steps_itself_is_an_error() {
        let cell: Cell<Iter<i64>> = Cell::unbound();
        let function =
            Function::new("f", cell.clone(), |cell: &Cell<Iter<i64>>, (_x,): (i64,)| cell.get("it")?.advance());
        cell.set(Iter::new(iter::map(&function, &List::from([1i64])).unwrap()));
        let it = cell.get("it").unwrap();
        assert_eq!(it.advance().unwrap_err().to_string(), "iterator already executing");
        drop((cell, function, it));
        assert_eq!(crate::gc::collect(), 4);
    }
}
