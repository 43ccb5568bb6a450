//! The body's side: yielding and delegating.

use core::convert::Infallible;
use core::future::Future;
use core::marker::{PhantomData, PhantomPinned};
use core::pin::Pin;
use core::task::{Context, Poll};

use super::Generator;
use super::drive::{self, Outcome};
use super::failure::{Failure, GeneratorError};
use super::frame::{Frame, Link, Phase};
use crate::pointer::Gc;
use crate::trace::Trace;

/// What a body yields through.
///
/// Its lifetime, which every body must accept, keeps it and its futures inside the body.
pub struct Co<'g, Y, S = (), E = Infallible> {
    link: Link<Y, S, E>,
    body: PhantomData<fn(&'g ()) -> &'g ()>,
}

impl<'g, Y, S, E> Co<'g, Y, S, E> {
    /// # Safety
    /// The result must be dropped before the generator's object: a generator's constructors ask for a body that takes a
    /// `Co<'g>` of any lifetime `'g`, so a body can't put it, nor a future with it, where it would outlast that body; and
    /// the body lies in the object.
    pub(super) unsafe fn new(link: Link<Y, S, E>) -> Self {
        Co { link, body: PhantomData }
    }
}

impl<'g, Y: 'static, S: 'static> Co<'g, Y, S> {
    /// Yields a value; what comes back is what the generator is resumed with.
    #[inline]
    pub async fn yield_(&mut self, value: Y) -> S {
        match self.suspend(value, ()).await.0 {
            Ok(sent) => sent,
            Err(never) => match never {},
        }
    }

    /// Yields all that another generator yields; what comes back is what it returns.
    ///
    /// Whoever resumes this generator resumes the other one directly, so an item costs the same at any depth.
    ///
    /// # Panics
    /// If the other generator is executing, that is, delegates to this one; and if it has been finished by somebody else,
    /// so that what it returned is gone.
    #[inline]
    pub async fn yield_from<R: 'static>(&mut self, inner: Generator<Y, S, R>) -> R
    where
        S: Default,
    {
        result_of_delegate(self.delegate(inner, ()).await.0)
    }
}

/// What a delegate returned.
#[doc(hidden)]
#[track_caller]
pub fn result_of_delegate<R>(result: Result<Option<R>, Infallible>) -> R {
    match result {
        Ok(Some(value)) => value,
        Ok(None) => panic!("`yield_from` of a generator that was finished already"),
        Err(never) => match never {},
    }
}

impl<'g, Y: 'static, S: 'static, E: GeneratorError> Co<'g, Y, S, E> {
    /// Yields `value` with the locals that the collector must see meanwhile; they come back with what the generator is
    /// resumed with or what is thrown into it.
    #[inline]
    pub fn suspend<L: Trace>(&mut self, value: Y, locals: L) -> Suspend<'_, 'g, Y, S, E, L> {
        Suspend { co: self, value: Some(value), locals: Some(locals), is_parked: false, _pinned: PhantomPinned }
    }

    /// Yields all that `inner` yields, with the locals that the collector must see meanwhile; they come back with what
    /// `inner` returned (`None` if it was finished already), or what it raised.
    #[inline]
    pub fn delegate<R: 'static, M, L>(
        &mut self,
        inner: Generator<Y, S, R, M>,
        locals: L,
    ) -> Delegate<'_, 'g, Y, S, R, E, L>
    where
        S: Default,
        M: Failure<Error = E>,
        L: Trace,
    {
        Delegate {
            co: self,
            held: Some((locals, inner.0)),
            stage: Stage::New,
            is_parked: false,
            _pinned: PhantomPinned,
        }
    }
}

/// A yield, see [`Co::suspend`].
#[must_use = "it yields when it is awaited"]
pub struct Suspend<'a, 'g, Y, S, E, L: Trace> {
    co: &'a mut Co<'g, Y, S, E>,
    /// Until it is handed to the driver.
    value: Option<Y>,
    locals: Option<L>,
    is_parked: bool,
    _pinned: PhantomPinned,
}

impl<Y, S, E, L: Trace> Future for Suspend<'_, '_, Y, S, E, L> {
    type Output = (Result<S, E>, L);

    #[inline]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: of its fields only `locals` is moved out, after `unpark` took back what relies on its address.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: a `Co` is dropped before its generator.
        let head = unsafe { this.co.link.as_ref() };
        if let Some(value) = this.value.take() {
            head.yielded.set(Some(value));
            // SAFETY: the locals are valid until they are dropped, since this is pinned; `unpark` or, from `drop`,
            // `outlive` is called before they are touched again, which only happens while the body runs or is dropped.
            unsafe { head.park((&this.locals).into()) };
            this.is_parked = true;
            return Poll::Pending;
        }
        match head.input.take() {
            Some(input) if this.is_parked => {
                head.unpark();
                this.is_parked = false;
                match this.locals.take() {
                    Some(locals) => Poll::Ready((input, locals)),
                    None => Poll::Pending,
                }
            }
            // Awaited together with something else, or polled once more after it was ready.
            _ => Poll::Pending,
        }
    }
}

impl<Y, S, E, L: Trace> Drop for Suspend<'_, '_, Y, S, E, L> {
    #[inline]
    fn drop(&mut self) {
        if self.is_parked {
            // SAFETY: a `Co` is dropped before its generator.
            unsafe { self.co.link.as_ref() }.outlive(&mut self.locals);
        }
    }
}

/// Where a delegation stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    New,
    /// The driver resumes the inner generator itself.
    Linked,
    /// This future resumes the inner generator: somebody else may do so too.
    Forwarding,
    Done,
}

/// What a body holds while it delegates: its locals and the inner generator.
type Held<Y, S, R, E, L> = (L, Gc<Frame<Y, S, R, E>>);

/// A delegation, see [`Co::delegate`].
#[must_use = "it delegates when it is awaited"]
pub struct Delegate<'a, 'g, Y, S, R: 'static, E, L: Trace>
where
    Y: 'static,
    S: 'static,
    E: 'static,
{
    co: &'a mut Co<'g, Y, S, E>,
    held: Option<Held<Y, S, R, E, L>>,
    stage: Stage,
    is_parked: bool,
    _pinned: PhantomPinned,
}

impl<Y, S: Default, R, E: GeneratorError, L: Trace> Delegate<'_, '_, Y, S, R, E, L> {
    /// Says where the locals are.
    fn park(&mut self) {
        // SAFETY: a `Co` is dropped before its generator.
        let head = unsafe { self.co.link.as_ref() };
        // SAFETY: as in `Suspend::poll`; this is called by `poll`, which has it pinned.
        unsafe { head.park((&self.held).into()) };
        self.is_parked = true;
    }

    /// Lets the inner generator go, and ends with `result`.
    fn ready(&mut self, result: Result<Option<R>, E>) -> Poll<(Result<Option<R>, E>, L)> {
        // SAFETY: as above.
        let head = unsafe { self.co.link.as_ref() };
        if self.stage == Stage::Linked {
            head.unlink();
        }
        if self.is_parked {
            head.unpark();
            self.is_parked = false;
        }
        self.stage = Stage::Done;
        match self.held.take() {
            Some((locals, inner)) => {
                // Its object is gone before the body goes on.
                drop(inner);
                Poll::Ready((result, locals))
            }
            None => Poll::Pending,
        }
    }

    /// Resumes the inner generator.
    fn forward(&mut self, input: Result<S, E>) -> Poll<(Result<Option<R>, E>, L)> {
        let Some((_, inner)) = &self.held else { return Poll::Pending };
        let outcome = match input {
            Err(exit) if exit.is_exit() => Outcome::Raised(drive::close(inner).err().unwrap_or(exit)),
            input => drive::resume(inner, input),
        };
        match outcome {
            Outcome::Yielded(value) => {
                // SAFETY: as above.
                unsafe { self.co.link.as_ref() }.yielded.set(Some(value));
                self.park();
                Poll::Pending
            }
            Outcome::Returned => {
                let result = inner.take_result();
                self.ready(Ok(result))
            }
            Outcome::Finished => self.ready(Ok(None)),
            Outcome::Raised(exception) => self.ready(Err(exception)),
        }
    }

    /// Hands the inner generator over to the driver, if nobody else has it.
    fn begin(&mut self) -> Poll<(Result<Option<R>, E>, L)> {
        let Some((_, inner)) = &self.held else { return Poll::Pending };
        // SAFETY: as above.
        let head = unsafe { self.co.link.as_ref() };
        assert!(head.delegate.get().is_none(), "a generator delegates to one generator at a time");
        let is_free = matches!(inner.front().phase.get(), Phase::Created | Phase::Suspended);
        if inner.front().phase.get() == Phase::Finished {
            return self.ready(Ok(None));
        }
        if !is_free || inner.front().parent.get().is_some() {
            self.stage = Stage::Forwarding;
            return self.forward(Ok(S::default()));
        }
        head.delegate.set(Some(inner.link()));
        inner.front().parent.set(Some(self.co.link));
        head.input.set(Some(Ok(S::default())));
        self.stage = Stage::Linked;
        self.park();
        Poll::Pending
    }
}

impl<Y, S: Default, R, E: GeneratorError, L: Trace> Future for Delegate<'_, '_, Y, S, R, E, L> {
    type Output = (Result<Option<R>, E>, L);

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: of its fields only `held` is moved out, after `unpark` took back what relies on its address.
        let this = unsafe { self.get_unchecked_mut() };
        if this.stage == Stage::New {
            return this.begin();
        }
        // SAFETY: as above.
        let input = unsafe { this.co.link.as_ref() }.input.take();
        match (this.stage, input) {
            (Stage::Forwarding, Some(input)) => this.forward(input),
            (Stage::Linked, Some(Err(exception))) => this.ready(Err(exception)),
            (Stage::Linked, _) => match &this.held {
                Some((_, inner)) if inner.front().phase.get() == Phase::Finished => {
                    let result = inner.take_result();
                    this.ready(Ok(result))
                }
                // Awaited together with something else.
                _ => Poll::Pending,
            },
            _ => Poll::Pending,
        }
    }
}

impl<Y, S, R, E, L: Trace> Drop for Delegate<'_, '_, Y, S, R, E, L> {
    fn drop(&mut self) {
        // SAFETY: as above.
        let head = unsafe { self.co.link.as_ref() };
        if self.stage == Stage::Linked {
            head.unlink();
        }
        if self.is_parked {
            head.outlive(&mut self.held);
        }
    }
}
