//! [`Iter`]: an iterator as an object.

use crate::builtins::exceptions::{STOP_ITERATION, VALUE_ERROR};
use crate::builtins::protocol::{Equal, Hashed, Identity, Iterate, ScriptIterator, Show, Truth};
use crate::builtins::{Exception, Result};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use core::cell::RefCell;

/// Python's `Iterator[T]`: a reference to a managed iterator, whose copies share its progress.
pub struct Iter<T: 'static>(Gc<IterObject<T>>);

/// The object behind an [`Iter`].
pub struct IterObject<T: 'static> {
    state: RefCell<State<T>>,
}

enum State<T> {
    Ready(Box<dyn Steps<T>>),
    /// A step is under way, which has taken the iterator out: script code runs.
    Running,
    Done,
}

trait Steps<T>: ScriptIterator<Item = T> + Trace {}

impl<T, I: ScriptIterator<Item = T> + Trace> Steps<T> for I {}

// SAFETY: a ready iterator is all that it owns.
unsafe impl<T: 'static> Trace for State<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let State::Ready(steps) = self {
            steps.trace(tracer);
        }
    }
}

// SAFETY: the state is all that it owns.
unsafe impl<T: 'static> Trace for IterObject<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.state.trace(tracer);
    }

    fn type_name() -> &'static str {
        "iterator"
    }
}

// SAFETY: an iterator is its one reference.
unsafe impl<T: 'static> Trace for Iter<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

impl<T: 'static> Iter<T> {
    /// An object of an iterator.
    pub fn new(iterator: impl ScriptIterator<Item = T> + Trace) -> Iter<T> {
        Iter(Gc::new(IterObject { state: RefCell::new(State::Ready(Box::new(iterator))) }))
    }

    /// The object, for functions that take any [`Gc`].
    pub fn object(&self) -> &Gc<IterObject<T>> {
        &self.0
    }

    pub(crate) fn from_object(object: Gc<IterObject<T>>) -> Iter<T> {
        Iter(object)
    }

    /// The next item; None at the end, and for ever after.
    pub fn step(&self) -> Result<Option<T>> {
        let mut steps = match self.0.state.replace(State::Running) {
            State::Ready(steps) => steps,
            State::Running => return Err(Exception::new(&VALUE_ERROR, "iterator already executing")),
            State::Done => {
                self.0.state.replace(State::Done);
                return Ok(None);
            }
        };
        let item = steps.next();
        if let Ok(None) = item {
            self.0.state.replace(State::Done);
            drop(steps);
        } else {
            self.0.state.replace(State::Ready(steps));
        }
        item
    }

    /// `next(it)`
    pub fn next(&self) -> Result<T> {
        self.step()?.ok_or_else(stop)
    }

    /// `next(it, default)`
    pub fn next_or(&self, default: T) -> Result<T> {
        Ok(self.step()?.unwrap_or(default))
    }
}

#[cold]
pub(crate) fn stop() -> Exception {
    Exception::bare(&STOP_ITERATION)
}

impl<T: 'static> ScriptIterator for Iter<T> {
    type Item = T;

    fn next(&mut self) -> Result<Option<T>> {
        self.step()
    }
}

impl<T: 'static> Iterate for Iter<T> {
    type Item = T;
    type Iter = Iter<T>;

    fn iter(&self) -> Result<Iter<T>> {
        Ok(self.clone())
    }
}

impl<T: 'static> Clone for Iter<T> {
    fn clone(&self) -> Iter<T> {
        Iter(self.0.clone())
    }
}

impl<T: 'static> Identity for Iter<T> {
    fn is(&self, other: &Iter<T>) -> bool {
        Gc::ptr_eq(&self.0, &other.0)
    }

    fn id(&self) -> i64 {
        Gc::as_ptr(&self.0).addr() as i64
    }
}

impl<T: 'static> Equal for Iter<T> {
    fn eq(&self, other: &Iter<T>) -> Result<bool> {
        Ok(self.is(other))
    }
}

impl<T: 'static> Hashed for Iter<T> {
    fn hash(&self) -> Result<i64> {
        Ok(self.id() >> 4)
    }
}

impl<T: 'static> Truth for Iter<T> {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

impl<T: 'static> Show for Iter<T> {
    fn type_name(&self) -> &'static str {
        "iterator"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("<iterator object at {:#x}>", self.id()));
        Ok(())
    }
}

/// For Rust: an error ends the iteration after it has been given out.
impl<T: 'static> Iterator for Iter<T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        self.step().transpose()
    }
}

impl<T: 'static> core::fmt::Debug for Iter<T> {
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
        assert_eq!((Iter::next(&a).unwrap(), Iter::next(&b).unwrap()), (1, 2));
        assert!(Iter::next(&a).unwrap_err().is(&STOP_ITERATION));
        assert_eq!(b.next_or(7).unwrap(), 7);
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
            Function::new("f", cell.clone(), |cell: &Cell<Iter<i64>>, (_x,): (i64,)| Iter::next(&cell.get("it")?));
        cell.set(Iter::new(iter::map(&function, &List::from([1i64])).unwrap()));
        let it = cell.get("it").unwrap();
        assert_eq!(Iter::next(&it).unwrap_err().to_string(), "iterator already executing");
        drop((cell, function, it));
        assert_eq!(crate::gc::collect(), 4);
    }
}
