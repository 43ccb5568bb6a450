//! Python's `contextlib`: context managers made of generators.

use super::exceptions::{RUNTIME_ERROR, STOP_ITERATION};
use super::generator::Sent;
use super::protocol::{Identity, Show};
use super::{Any, AnyValue, Exception, Iter, Result};
use crate::generator::{Failure, Generator};
use crate::trace::{Trace, Tracer};

/// What a function under `@contextmanager` gives: its body runs up to the `yield` where `with` begins, and on from there
/// where it ends.
///
/// ```
/// use refcycle::builtins::{Any, Iter, List, contextlib, protocol::Iterate};
///
/// let manager = contextlib::GeneratorContextManager::new(Iter::new(List::from([5]).iter().unwrap()));
/// assert_eq!(manager.__enter__().unwrap(), 5);
/// assert!(!manager.__exit__(Any::none(), Any::none(), Any::none()).unwrap());
/// ```
pub struct GeneratorContextManager<T: 'static>(Iter<T>);

impl<T: 'static> GeneratorContextManager<T> {
    /// Of what such a body yields.
    pub fn new(items: Iter<T>) -> GeneratorContextManager<T> {
        GeneratorContextManager(items)
    }

    /// Of such a generator.
    pub fn of<S: Sent, R: AnyValue, M: Failure<Error = Exception>>(generator: Generator<T, S, R, M>) -> Self {
        GeneratorContextManager(Iter::of(generator))
    }

    /// What the body yields.
    pub fn __enter__(&self) -> Result<T> {
        self.0.step()?.ok_or_else(|| Exception::new(&RUNTIME_ERROR, "generator didn't yield"))
    }

    /// Runs the body to its end, after raising the exception in it if there is one; whether it has handled that.
    pub fn __exit__(&self, _kind: Any, exception: Any, _traceback: Any) -> Result<bool> {
        let Some(exception) = exception.get::<Exception>() else {
            return match self.0.step()? {
                Some(_) => Err(Exception::new(&RUNTIME_ERROR, "generator didn't stop")),
                None => Ok(false),
            };
        };
        let frames = exception.object().frame_count();
        let Err(raised) = self.0.throw(exception.clone()) else {
            return Err(Exception::new(&RUNTIME_ERROR, "generator didn't stop after throw()"));
        };
        // A StopIteration that came in went through the body's end as the cause of another exception.
        let is_same = raised.ptr_eq(&exception)
            || (exception.is(&STOP_ITERATION) && raised.cause().is_some_and(|cause| cause.ptr_eq(&exception)));
        match is_same {
            // Of its way through the body nothing is left.
            true => exception.object().release_frames_after(frames),
            false if raised.is(&STOP_ITERATION) => return Ok(true),
            false => return Err(raised),
        }
        Ok(false)
    }
}

impl<T: 'static> Clone for GeneratorContextManager<T> {
    fn clone(&self) -> Self {
        GeneratorContextManager(self.0.clone())
    }
}

// SAFETY: it owns the generator and nothing else.
unsafe impl<T: 'static> Trace for GeneratorContextManager<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

impl<T: 'static> Show for GeneratorContextManager<T> {
    fn type_name(&self) -> &'static str {
        "_GeneratorContextManager"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("<contextlib._GeneratorContextManager object at {:#x}>", self.0.id()));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::List;
    use crate::builtins::exceptions::VALUE_ERROR;
    use crate::builtins::protocol::Iterate;
    use crate::generator::{Co, Raises};

    /// Yields `times` times; swallows a ValueError.
    fn manager(times: i64) -> GeneratorContextManager<i64> {
        let generator: Generator<i64, (), (), Raises<Exception>> =
            Generator::raising(times, async |mut co: Co<'_, i64, (), Exception>, times| {
                for n in 0..times {
                    match co.suspend(n, ()).await.0 {
                        Err(error) if !error.is(&VALUE_ERROR) => return Err(error),
                        _ => {}
                    }
                }
                Ok(())
            });
        GeneratorContextManager::of(generator)
    }

    fn exit(manager: &GeneratorContextManager<i64>, exception: Option<&Exception>) -> Result<bool> {
        let exception = exception.map_or(Any::none(), |exception| Any::from(exception.clone()));
        manager.__exit__(Any::none(), exception, Any::none())
    }

    #[test]
    fn it_yields_once() {
        assert_eq!(manager(0).__enter__().unwrap_err().to_string(), "generator didn't yield");
        let twice = manager(2);
        assert_eq!(twice.__enter__().unwrap(), 0);
        assert_eq!(exit(&twice, None).unwrap_err().to_string(), "generator didn't stop");
        let error = Exception::bare(&VALUE_ERROR);
        let twice = manager(2);
        twice.__enter__().unwrap();
        assert_eq!(exit(&twice, Some(&error)).unwrap_err().to_string(), "generator didn't stop after throw()");
    }

    #[test]
    fn an_exception_is_swallowed_or_goes_on() {
        let once = manager(1);
        once.__enter__().unwrap();
        assert!(exit(&once, Some(&Exception::bare(&VALUE_ERROR))).unwrap());
        let once = manager(1);
        once.__enter__().unwrap();
        assert!(!exit(&once, Some(&Exception::bare(&RUNTIME_ERROR))).unwrap());
    }

    #[test]
    fn a_stop_iteration_goes_through() {
        let once = manager(1);
        once.__enter__().unwrap();
        assert!(!exit(&once, Some(&Exception::bare(&STOP_ITERATION))).unwrap());
        let items = GeneratorContextManager::new(Iter::new(List::from([1i64]).iter().unwrap()));
        items.__enter__().unwrap();
        assert!(!exit(&items, None).unwrap());
    }
}
