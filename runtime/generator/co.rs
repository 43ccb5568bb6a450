//! The body's side: yielding and delegating.

use core::convert::Infallible;
use core::future::Future;
use core::marker::{PhantomData, PhantomPinned};
use core::mem::{ManuallyDrop, MaybeUninit};
use core::pin::Pin;
use core::ptr::NonNull;
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
    pub fn yield_(&mut self, value: Y) -> Yield<'_, 'g, Y, S> {
        Yield(self.suspend(value, ()))
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
        returned(self.delegate(inner, ()).await.0)
    }
}

/// What a yield gives where nothing can be thrown.
#[doc(hidden)]
#[inline]
pub fn sent<S>(result: Result<S, Infallible>) -> S {
    match result {
        Ok(sent) => sent,
        Err(never) => match never {},
    }
}

/// What a delegation gives where nothing can be thrown.
#[doc(hidden)]
#[track_caller]
pub fn returned<R>(result: Result<Option<R>, Infallible>) -> R {
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
        Suspend {
            link: self.link,
            value: MaybeUninit::new(value),
            locals: MaybeUninit::new(locals),
            stage: Stage::New,
            marker: PhantomData,
            _pinned: PhantomPinned,
        }
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
            held: ManuallyDrop::new(Some((locals, inner.0))),
            stage: Delegation::New,
            is_parked: false,
            _pinned: PhantomPinned,
        }
    }
}

/// Where a suspension stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It has its value and its locals.
    New,
    /// It has its locals.
    Waiting,
    Done,
}

/// A yield, see [`Co::suspend`].
#[must_use = "it yields when it is awaited"]
pub struct Suspend<'a, 'g, Y, S, E, L: Trace> {
    link: Link<Y, S, E>,
    value: MaybeUninit<Y>,
    locals: MaybeUninit<L>,
    /// Says which of them are there.
    stage: Stage,
    marker: PhantomData<&'a mut Co<'g, Y, S, E>>,
    _pinned: PhantomPinned,
}

impl<Y, S, E, L: Trace> Suspend<'_, '_, Y, S, E, L> {
    /// Where the locals are.
    fn place(&mut self) -> NonNull<L> {
        NonNull::from(&mut self.locals).cast()
    }
}

impl<Y, S, E, L: Trace> Future for Suspend<'_, '_, Y, S, E, L> {
    type Output = (Result<S, E>, L);

    #[inline]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: of its fields only `locals` relies on its address, and that is moved out after `unpark`.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: it lives in the body of a generator, which is dropped before its object (see `Co::new`).
        let head = unsafe { this.link.as_ref() };
        match this.stage {
            Stage::New => {
                this.stage = Stage::Waiting;
                // SAFETY: `stage` said that the value is there; it says so no more, so it is moved out once.
                head.yielded.set(Some(unsafe { this.value.assume_init_read() }));
                // SAFETY: the locals are valid until `stage` is `Done`, also if this is leaked, since it is pinned; and
                // before that, where they are touched again (here and in `drop`), `unpark` or `outlive` is called, while
                // the body runs or is dropped.
                unsafe { head.park(this.place()) };
                Poll::Pending
            }
            Stage::Waiting => match head.input.take() {
                Some(input) => {
                    head.unpark();
                    this.stage = Stage::Done;
                    // SAFETY: `stage` said that the locals are there; it says so no more, so they are moved out once.
                    Poll::Ready((input, unsafe { this.locals.assume_init_read() }))
                }
                // Awaited together with something else.
                None => Poll::Pending,
            },
            Stage::Done => Poll::Pending,
        }
    }
}

impl<Y, S, E, L: Trace> Drop for Suspend<'_, '_, Y, S, E, L> {
    #[inline]
    fn drop(&mut self) {
        if self.stage != Stage::Done {
            self.abandon();
        }
    }
}

impl<Y, S, E, L: Trace> Suspend<'_, '_, Y, S, E, L> {
    /// Drops what is there.
    #[cold]
    fn abandon(&mut self) {
        match core::mem::replace(&mut self.stage, Stage::Done) {
            // SAFETY: `stage` said that both are there; it says so no more, so they are dropped once. The second also if
            // the first panics: else it is leaked.
            Stage::New => unsafe {
                self.value.assume_init_drop();
                self.locals.assume_init_drop();
            },
            // SAFETY: the body, where this lives, is dropped before its object; the locals were parked, are there, and
            // `stage` says so no more.
            Stage::Waiting => unsafe { self.link.as_ref().outlive(self.place()) },
            Stage::Done => {}
        }
    }
}

/// A yield, see [`Co::yield_`].
#[must_use = "it yields when it is awaited"]
pub struct Yield<'a, 'g, Y, S>(Suspend<'a, 'g, Y, S, Infallible, ()>);

impl<Y, S> Future for Yield<'_, '_, Y, S> {
    type Output = S;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<S> {
        // SAFETY: the field is pinned as the whole is.
        let suspend = unsafe { self.map_unchecked_mut(|this| &mut this.0) };
        suspend.poll(context).map(|(result, ())| sent(result))
    }
}

/// Where a delegation stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Delegation {
    New,
    /// The driver resumes the inner generator itself.
    Linked,
    /// This future resumes the inner generator: somebody else may do so too.
    Forwarding,
    Done,
}

/// What a body holds while it delegates: its locals and the inner generator.
type Held<Y, S, R, E, L> = Option<(L, Gc<Frame<Y, S, R, E>>)>;

/// A delegation, see [`Co::delegate`].
#[must_use = "it delegates when it is awaited"]
pub struct Delegate<'a, 'g, Y, S, R: 'static, E, L: Trace>
where
    Y: 'static,
    S: 'static,
    E: 'static,
{
    co: &'a mut Co<'g, Y, S, E>,
    held: ManuallyDrop<Held<Y, S, R, E, L>>,
    stage: Delegation,
    is_parked: bool,
    _pinned: PhantomPinned,
}

impl<Y, S, R, E, L: Trace> Delegate<'_, '_, Y, S, R, E, L> {
    /// Where it holds what it holds.
    fn place(&mut self) -> NonNull<Held<Y, S, R, E, L>> {
        NonNull::from(&mut self.held).cast()
    }
}

impl<Y, S: Default, R, E: GeneratorError, L: Trace> Delegate<'_, '_, Y, S, R, E, L> {
    /// Says where the locals are.
    fn park(&mut self) {
        // SAFETY: a `Co` is dropped before its generator.
        let head = unsafe { self.co.link.as_ref() };
        // SAFETY: as in `Suspend::poll`; this is called by `poll`, which has it pinned.
        unsafe { head.park(self.place()) };
        self.is_parked = true;
    }

    /// Lets the inner generator go, and ends with `result`.
    fn ready(&mut self, result: Result<Option<R>, E>) -> Poll<(Result<Option<R>, E>, L)> {
        // SAFETY: as above.
        let head = unsafe { self.co.link.as_ref() };
        if self.stage == Delegation::Linked {
            head.unlink();
        }
        if self.is_parked {
            head.unpark();
            self.is_parked = false;
        }
        self.stage = Delegation::Done;
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
        let Some((_, inner)) = &*self.held else { return Poll::Pending };
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
        let Some((_, inner)) = &*self.held else { return Poll::Pending };
        // SAFETY: as above.
        let head = unsafe { self.co.link.as_ref() };
        assert!(head.delegate.get().is_none(), "a generator delegates to one generator at a time");
        let is_free = matches!(inner.front().phase.get(), Phase::Created | Phase::Suspended);
        if inner.front().phase.get() == Phase::Finished {
            return self.ready(Ok(None));
        }
        if !is_free || inner.front().parent.get().is_some() {
            self.stage = Delegation::Forwarding;
            return self.forward(Ok(S::default()));
        }
        head.delegate.set(Some(inner.link()));
        inner.front().parent.set(Some(self.co.link));
        head.input.set(Some(Ok(S::default())));
        self.stage = Delegation::Linked;
        self.park();
        Poll::Pending
    }
}

impl<Y, S: Default, R, E: GeneratorError, L: Trace> Future for Delegate<'_, '_, Y, S, R, E, L> {
    type Output = (Result<Option<R>, E>, L);

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: of its fields only `held` is moved out, after `unpark` took back what relies on its address.
        let this = unsafe { self.get_unchecked_mut() };
        if this.stage == Delegation::New {
            return this.begin();
        }
        // SAFETY: as above.
        let input = unsafe { this.co.link.as_ref() }.input.take();
        match (this.stage, input) {
            (Delegation::Forwarding, Some(input)) => this.forward(input),
            (Delegation::Linked, Some(Err(exception))) => this.ready(Err(exception)),
            (Delegation::Linked, _) => match &*this.held {
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
        if self.stage == Delegation::Linked {
            head.unlink();
        }
        if self.is_parked {
            // SAFETY: `park` was called with this place; `held` is never looked at again.
            unsafe { head.outlive(self.place()) };
        } else {
            // SAFETY: it is never looked at again.
            unsafe { ManuallyDrop::drop(&mut self.held) };
        }
    }
}
