//! Generators as values of scripts: `next`, `send`, `throw` and `close`, and what the runtime raises in them.

use super::exceptions::{GENERATOR_EXIT, RUNTIME_ERROR, STOP_ITERATION, TYPE_ERROR, VALUE_ERROR};
use super::iter::{Iter, Steps, yielded};
use super::protocol::{Contains, Equal, Hashed, Identity, Iterate, ScriptIterator, Show, Truth, reaches};
use super::sys::unraisable;
use super::{Any, AnyValue, Exception, Referent, Result};
pub use crate::generator::{Co, Generator, Panics, Raises};
use crate::generator::{Delegate, Ending, Failure, Frame, GeneratorError, GeneratorState, Head, Link, Step};
use crate::pointer::Gc;
use crate::trace::Trace;
use core::any::Any as RustAny;

impl GeneratorError for Exception {
    #[cold]
    fn already_executing() -> Exception {
        Exception::new(&VALUE_ERROR, "generator already executing")
    }

    #[cold]
    fn ignored_exit() -> Exception {
        Exception::new(&RUNTIME_ERROR, "generator ignored GeneratorExit")
    }

    fn exit() -> Option<Exception> {
        Some(Exception::bare(&GENERATOR_EXIT))
    }

    fn is_exit(&self) -> bool {
        self.is(&GENERATOR_EXIT)
    }

    #[cold]
    fn unraisable(self) {
        unraisable(self, "generator");
    }
}

/// What a generator of a script can be sent: nothing but `None`, a value or `None`, anything.
#[diagnostic::on_unimplemented(message = "a generator can't be sent a `{Self}`")]
pub trait Sent: Default + 'static {
    /// Is it `None`?
    fn is_nothing(&self) -> bool;
}

impl Sent for () {
    fn is_nothing(&self) -> bool {
        true
    }
}

impl<T: 'static> Sent for Option<T> {
    fn is_nothing(&self) -> bool {
        self.is_none()
    }
}

impl Sent for Any {
    fn is_nothing(&self) -> bool {
        self.is_none()
    }
}

/// `next(generator)`
pub fn next<Y: 'static, S: Sent, R: AnyValue, M: Failure<Error = Exception>>(
    generator: &Generator<Y, S, R, M>,
) -> Result<Y> {
    yielded(generator.frame().advance()?)
}

/// `generator.send(value)`
pub fn send<Y: 'static, S: Sent, R: AnyValue, M: Failure<Error = Exception>>(
    generator: &Generator<Y, S, R, M>,
    value: S,
) -> Result<Y> {
    if !value.is_nothing() && generator.state() == GeneratorState::Created {
        return Err(sent_too_early());
    }
    yielded(forgotten(generator.drive(Ok(value))?))
}

#[cold]
fn sent_too_early() -> Exception {
    Exception::new(&TYPE_ERROR, "can't send non-None value to a just-started generator")
}

/// `generator.throw(exception)`
pub fn throw<Y: 'static, S: Sent, R: AnyValue, M: Failure<Error = Exception>>(
    generator: &Generator<Y, S, R, M>,
    exception: Exception,
) -> Result<Y> {
    yielded(generator.frame().throw(exception)?)
}

/// `generator.close()`
pub fn close<Y: 'static, S: 'static, R: 'static, M: Failure<Error = Exception>>(
    generator: &Generator<Y, S, R, M>,
) -> Result<()> {
    generator.try_close()
}

/// What comes out of a body instead of `exception`: a StopIteration would look like its end.
#[cold]
pub fn leaving(exception: Exception) -> Exception {
    if !exception.is(&STOP_ITERATION) {
        return exception;
    }
    let stop = Some(exception);
    Exception::new(&RUNTIME_ERROR, "generator raised StopIteration").with_context(stop.clone()).with_cause(stop)
}

/// A step with what was returned as `any`.
fn forgotten<Y, R: AnyValue>(step: Step<Y, R>) -> Step<Y, Any> {
    match step {
        Step::Yielded(item) => Step::Yielded(item),
        Step::Returned(value) => as_any(value).map_or(Step::Finished, Step::Returned),
        Step::Finished => Step::Finished,
    }
}

/// A value that was returned, unless it is None.
fn as_any<R: AnyValue>(value: R) -> Option<Any> {
    (Show::type_name(&value) != "NoneType").then(|| Any::from(value))
}

impl<Y: 'static, S: Sent, R: AnyValue> Steps<Y> for Frame<Y, S, R, Exception> {
    #[inline]
    fn step(&self) -> Result<Option<Y>> {
        self.next(Ok(S::default()))
    }

    fn advance(&self) -> Result<Step<Y, Any>> {
        self.drive(Ok(S::default())).map(forgotten)
    }

    fn throw(&self, exception: Exception) -> Result<Step<Y, Any>> {
        self.drive(Err(exception)).map(forgotten)
    }

    fn close(&self) -> Result<()> {
        Frame::close(self)
    }

    fn class_name(&self) -> &'static str {
        "generator"
    }

    fn as_generator(&self) -> Option<&dyn RustAny> {
        Some(self.front())
    }

    fn take_returned(&self) -> Option<Any> {
        self.take_result().and_then(as_any)
    }
}

impl<T: 'static> Iter<T> {
    /// A generator as an iterator: the same object.
    pub fn of<S: Sent, R: AnyValue, M: Failure<Error = Exception>>(generator: Generator<T, S, R, M>) -> Iter<T> {
        Iter::from_object(crate::unsize!(generator.into_frame() => dyn Steps<T>))
    }
}

/// A generator that is known as an iterator. Whatever it returns, others that are sent an `S` can delegate to it.
pub struct Erased<T: 'static, S: 'static> {
    link: Link<T, S, Exception>,
    object: Gc<dyn Steps<T>>,
}

impl<T: 'static, M> Iter<T, M> {
    /// The generator that it is, if it is one that is sent an `S`.
    #[inline]
    pub fn into_generator<S: 'static>(self) -> core::result::Result<Erased<T, S>, Self> {
        let head = self.object().as_generator().and_then(|head| head.downcast_ref::<Head<T, S, Exception>>());
        match head.map(Head::link) {
            Some(link) => Ok(Erased { link, object: self.into_object() }),
            None => Err(self),
        }
    }
}

impl<T: 'static, S: Sent> Erased<T, S> {
    /// `yield from` this generator, see [`Co::delegate`].
    #[inline]
    pub fn delegate<'a, 'g, L: Trace>(
        self,
        co: &'a mut Co<'g, T, S, Exception>,
        locals: L,
    ) -> Delegate<'a, 'g, T, S, Exception, impl Ending<Output = Any>, L> {
        // SAFETY: the object is the generator that the link was asked of.
        unsafe { co.delegate_to(self.link, self.object, locals) }
    }
}

impl<T: 'static> Ending for Gc<dyn Steps<T>> {
    type Output = Any;

    #[inline]
    fn take_result(&self) -> Option<Any> {
        (**self).take_returned()
    }
}

impl<Y: 'static, S: 'static, R: 'static, M: Failure<Error = Exception>> Generator<Y, S, R, M> {
    /// The generator as scripts see it: with exceptions as errors.
    #[doc(hidden)]
    pub fn as_raising(self) -> Generator<Y, S, R, Raises<Exception>> {
        self.with_failure()
    }
}

impl<Y: 'static, S: Sent, R: 'static, M: Failure<Error = Exception>> ScriptIterator for Generator<Y, S, R, M> {
    type Item = Y;

    #[inline]
    fn next(&mut self) -> Result<Option<Y>> {
        self.frame().next(Ok(S::default()))
    }
}

impl<Y: 'static, S: Sent, R: 'static, M: Failure<Error = Exception>> Iterate for Generator<Y, S, R, M> {
    type Item = Y;
    type Iter = Generator<Y, S, R, M>;

    fn iter(&self) -> Result<Self::Iter> {
        Ok(self.clone())
    }
}

impl<Y, S, R, M> Contains<Y> for Generator<Y, S, R, M>
where
    Y: Equal + Identity + 'static,
    S: Sent,
    R: 'static,
    M: Failure<Error = Exception>,
{
    fn contains(&self, item: &Y) -> Result<bool> {
        reaches(self.clone(), item)
    }
}

impl<Y: 'static, S: 'static, R: 'static, M: Failure> Referent for Generator<Y, S, R, M> {
    type Object = Frame<Y, S, R, M::Error>;

    fn pointer(&self) -> &Gc<Self::Object> {
        self.frame()
    }

    fn from_pointer(pointer: Gc<Self::Object>) -> Self {
        Generator::from_frame(pointer)
    }
}

impl<Y: 'static, S: 'static, R: 'static, M: Failure> Identity for Generator<Y, S, R, M> {
    fn is(&self, other: &Self) -> bool {
        Generator::ptr_eq(self, other)
    }

    fn id(&self) -> i64 {
        Gc::as_ptr(self.frame()).addr() as i64
    }
}

impl<Y: 'static, S: 'static, R: 'static, M: Failure> Equal for Generator<Y, S, R, M> {
    fn eq(&self, other: &Self) -> Result<bool> {
        Ok(self.is(other))
    }
}

impl<Y: 'static, S: 'static, R: 'static, M: Failure> Hashed for Generator<Y, S, R, M> {
    fn hash(&self) -> Result<i64> {
        Ok(self.id() >> 4)
    }
}

impl<Y: 'static, S: 'static, R: 'static, M: Failure> Truth for Generator<Y, S, R, M> {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

impl<Y: 'static, S: 'static, R: 'static, M: Failure> Show for Generator<Y, S, R, M> {
    fn type_name(&self) -> &'static str {
        "generator"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("<generator object at {:#x}>", self.id()));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::{Function, Str, UnraisableHookArgs};

    type Echo = Generator<i64, Option<Str>, Str, Raises<Exception>>;

    /// Yields 1 and 2, and returns what it is sent in between.
    fn echo() -> Echo {
        Generator::raising((), async |mut co: Co<'_, i64, Option<Str>, Exception>, ()| {
            let sent = co.suspend(1, ()).await.0?;
            co.suspend(2, ()).await.0?;
            Ok(sent.unwrap_or(Str::lit("nothing")))
        })
    }

    #[test]
    fn the_end_is_a_stop_iteration_with_the_value_once() {
        let generator = echo();
        assert_eq!((next(&generator).unwrap(), send(&generator, Some("a".into())).unwrap()), (1, 2));
        assert_eq!(next(&generator).unwrap_err().value::<Str>().unwrap(), "a");
        assert!(next(&generator).unwrap_err().first_argument().is_none());
    }

    #[test]
    fn only_none_can_be_sent_to_start_it() {
        let error = send(&echo(), Some("a".into())).unwrap_err();
        assert_eq!(error.to_string(), "can't send non-None value to a just-started generator");
        assert_eq!(send(&echo(), None).unwrap(), 1);
    }

    #[test]
    fn as_an_iterator_it_is_the_same_object() {
        let generator = echo();
        let iterator = Iter::of(generator.clone());
        assert_eq!((next(&generator).unwrap(), iterator.step().unwrap()), (1, Some(2)));
        assert_eq!(iterator.advance().unwrap_err().value::<Str>().unwrap(), "nothing");
        assert_eq!(iterator.id(), generator.id());
    }

    #[test]
    fn a_list_iterator_cannot_be_closed() {
        let iterator = Iter::new(crate::builtins::List::from([1i64]).iter().unwrap());
        assert_eq!(iterator.close().unwrap_err().to_string(), "'list_iterator' object has no attribute 'close'");
    }

    #[test]
    fn a_stop_iteration_does_not_leave_a_body() {
        let error = leaving(Exception::bare(&STOP_ITERATION));
        assert_eq!(error.to_string(), "generator raised StopIteration");
        assert!(error.is(&RUNTIME_ERROR) && error.cause().unwrap().is(&STOP_ITERATION));
    }

    #[test]
    fn what_closing_a_dying_one_raises_is_unraisable() {
        use crate::builtins::testing::{log, say};
        let hook = Function::new("hook", (), |(), (args,): (UnraisableHookArgs,)| {
            say(args.exc_value.str()?);
            Ok(())
        });
        crate::builtins::sys::set_unraisablehook(Some(hook));
        let failing: Generator<i64, (), (), Raises<Exception>> =
            Generator::raising((), async |mut co: Co<'_, i64, (), Exception>, ()| match co.suspend(1, ()).await.0 {
                Ok(()) => Ok(()),
                Err(_) => Err(Exception::new(&VALUE_ERROR, "cleanup failed")),
            });
        next(&failing).unwrap();
        drop(failing);
        crate::builtins::sys::set_unraisablehook(None);
        assert_eq!(log(), ["cleanup failed"]);
    }
}
