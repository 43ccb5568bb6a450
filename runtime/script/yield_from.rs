//! `yield from` of what the runtime does not delegate to by itself: iterators that are no generators, and generators
//! whose items are converted on the way.

use crate::builtins::exceptions::{ATTRIBUTE_ERROR, GENERATOR_EXIT};
use crate::builtins::generator::Sent;
use crate::builtins::protocol::ScriptIterator;
use crate::builtins::{Any, Exception, Iter, Result};
use crate::generator::{Co, Failure, Generator, Step};
use crate::trace::{Trace, Tracer};

/// What a `yield from` goes through by asking it for each item.
pub trait Source<Y, S>: Trace {
    /// What it returns in the end.
    type Output;

    /// Passes on what the outer generator is sent or thrown.
    fn forward(&mut self, input: Result<S>) -> Result<Step<Y, Self::Output>>;
}

/// Goes on until the source has ended; the value is None if it was finished before.
pub async fn yield_from<Y, S, L, I>(
    co: &mut Co<'_, Y, S, Exception>,
    mut source: I,
    mut locals: L,
) -> (Result<Option<I::Output>>, L)
where
    Y: 'static,
    S: Sent,
    L: Trace,
    I: Source<Y, S>,
{
    let mut input = Ok(S::default());
    loop {
        match source.forward(input) {
            Ok(Step::Yielded(item)) => (input, (locals, source)) = co.suspend(item, (locals, source)).await,
            Ok(Step::Returned(value)) => return (Ok(Some(value)), locals),
            Ok(Step::Finished) => return (Ok(None), locals),
            Err(exception) => return (Err(exception), locals),
        }
    }
}

#[cold]
fn nothing_can_be_sent(class: &str) -> Exception {
    Exception::new(&ATTRIBUTE_ERROR, format!("'{class}' object has no attribute 'send'"))
}

/// An iterator that is no generator.
pub struct Items<I>(pub I);

// SAFETY: it owns the iterator and nothing else.
unsafe impl<I: Trace> Trace for Items<I> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

impl<S: Sent, I: ScriptIterator + Trace> Source<I::Item, S> for Items<I> {
    type Output = Any;

    fn forward(&mut self, input: Result<S>) -> Result<Step<I::Item, Any>> {
        match input? {
            sent if sent.is_nothing() => Ok(self.0.next()?.map_or(Step::Finished, Step::Yielded)),
            _ => Err(nothing_can_be_sent(I::CLASS)),
        }
    }
}

impl<Y: 'static, S: Sent, M: 'static> Source<Y, S> for Iter<Y, M> {
    type Output = Any;

    fn forward(&mut self, input: Result<S>) -> Result<Step<Y, Any>> {
        let is_generator = self.object().is_generator();
        match input {
            Ok(sent) if !is_generator && !sent.is_nothing() => Err(nothing_can_be_sent(self.object().class_name())),
            Ok(_) => self.object().advance(),
            Err(exception) if !is_generator => Err(exception),
            Err(exception) if exception.is(&GENERATOR_EXIT) => {
                self.close()?;
                Err(exception)
            }
            Err(exception) => self.object().throw(exception),
        }
    }
}

impl<Y: 'static, S: Sent, R: 'static, M: Failure<Error = Exception>> Source<Y, S> for Generator<Y, S, R, M> {
    type Output = R;

    fn forward(&mut self, input: Result<S>) -> Result<Step<Y, R>> {
        match input {
            Err(exception) if exception.is(&GENERATOR_EXIT) => {
                self.try_close()?;
                Err(exception)
            }
            input => self.drive(input),
        }
    }
}

/// A source of other items, or one that is sent something else.
pub struct Converted<I, A, B, Y, S> {
    source: I,
    item: fn(A) -> Result<Y>,
    sent: fn(S) -> Result<B>,
}

impl<I, A, B, Y, S> Converted<I, A, B, Y, S> {
    /// Converts each item, and what is sent.
    pub fn new(source: I, item: fn(A) -> Result<Y>, sent: fn(S) -> Result<B>) -> Self {
        Converted { source, item, sent }
    }
}

// SAFETY: the source is all that can own a `Gc`.
unsafe impl<I: Trace, A: 'static, B: 'static, Y: 'static, S: 'static> Trace for Converted<I, A, B, Y, S> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.source.trace(tracer);
    }
}

impl<I: Source<A, B>, A: 'static, B: 'static, Y: 'static, S: 'static> Source<Y, S> for Converted<I, A, B, Y, S> {
    type Output = I::Output;

    fn forward(&mut self, input: Result<S>) -> Result<Step<Y, I::Output>> {
        let input = match input {
            Ok(value) => Ok((self.sent)(value)?),
            Err(exception) => Err(exception),
        };
        Ok(match self.source.forward(input)? {
            Step::Yielded(item) => Step::Yielded((self.item)(item)?),
            Step::Returned(value) => Step::Returned(value),
            Step::Finished => Step::Finished,
        })
    }
}
