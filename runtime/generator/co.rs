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
    ) -> Delegate<'_, 'g, Y, S, E, impl Ending<Output = R>, L>
    where
        S: Default,
        M: Failure<Error = E>,
        L: Trace,
    {
        let link = inner.0.link();
        // SAFETY: it is the link of that generator.
        unsafe { self.delegate_to(link, inner.0, locals) }
    }

    /// [`delegate`](Co::delegate) to a generator that is known by another reference to it.
    ///
    /// # Safety
    /// `inner` must keep the generator that `link` leads to, always the same.
    #[inline]
    pub(crate) unsafe fn delegate_to<I: Ending, L: Trace>(
        &mut self,
        link: Link<Y, S, E>,
        inner: I,
        locals: L,
    ) -> Delegate<'_, 'g, Y, S, E, I, L> {
        Delegate {
            co: self,
            inner: link,
            held: ManuallyDrop::new(Some((locals, inner))),
            stage: Delegation::New,
            is_parked: false,
            _pinned: PhantomPinned,
        }
    }
}

/// A reference to a generator, which knows what that returned.
pub trait Ending: Trace {
    /// What it returned.
    type Output;

    /// What it returned, once.
    fn take_result(&self) -> Option<Self::Output>;
}

impl<Y: 'static, S: 'static, R: 'static, E: 'static> Ending for Gc<Frame<Y, S, R, E>> {
    type Output = R;

    #[inline]
    fn take_result(&self) -> Option<R> {
        Frame::take_result(self)
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
        if this.stage == Stage::Waiting {
            // None if it is awaited together with something else.
            let Some(input) = head.input.take() else { return Poll::Pending };
            head.unpark::<L>();
            this.stage = Stage::Done;
            // SAFETY: `stage` said that the locals are there; it says so no more, so they are moved out once.
            return Poll::Ready((input, unsafe { this.locals.assume_init_read() }));
        }
        if this.stage == Stage::New {
            this.stage = Stage::Waiting;
            // SAFETY: `stage` said that the value is there; it says so no more, so it is moved out once.
            head.yielded.set(Some(unsafe { this.value.assume_init_read() }));
            // SAFETY: the locals are valid until `stage` is `Done`, also if this is leaked, since it is pinned; and before
            // that, where they are touched again (here and in `drop`), `unpark` or `outlive` is called, while the body
            // runs or is dropped.
            unsafe { head.park(this.place()) };
        }
        Poll::Pending
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
            Stage::Waiting => unsafe {
                let head = self.link.as_ref();
                head.input.set(None);
                head.outlive(self.place());
            },
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
type Held<I, L> = Option<(L, I)>;

/// A delegation, see [`Co::delegate`].
#[must_use = "it delegates when it is awaited"]
pub struct Delegate<'a, 'g, Y, S, E, I: Trace, L: Trace>
where
    Y: 'static,
    S: 'static,
    E: 'static,
{
    co: &'a mut Co<'g, Y, S, E>,
    /// The inner generator, which lives as long as `held` holds it.
    inner: Link<Y, S, E>,
    held: ManuallyDrop<Held<I, L>>,
    stage: Delegation,
    is_parked: bool,
    _pinned: PhantomPinned,
}

/// How a delegation ended, and the locals.
type Done<E, R, L> = (Result<Option<R>, E>, L);

impl<Y, S, E, I: Trace, L: Trace> Delegate<'_, '_, Y, S, E, I, L> {
    /// Where it holds what it holds.
    fn place(&mut self) -> NonNull<Held<I, L>> {
        NonNull::from(&mut self.held).cast()
    }
}

impl<Y, S: Default, E: GeneratorError, I: Ending, L: Trace> Delegate<'_, '_, Y, S, E, I, L> {
    /// Says where the locals are.
    fn park(&mut self) {
        // SAFETY: a `Co` is dropped before its generator.
        let head = unsafe { self.co.link.as_ref() };
        // SAFETY: as in `Suspend::poll`; this is called by `poll`, which has it pinned.
        unsafe { head.park(self.place()) };
        self.is_parked = true;
    }

    /// Ends with what the inner generator returned.
    #[inline]
    fn returned(&mut self) -> Poll<Done<E, I::Output, L>> {
        let result = self.held.as_ref().and_then(|(_, inner)| inner.take_result());
        self.ready(Ok(result))
    }

    /// Lets the inner generator go, and ends with `result`.
    #[inline]
    fn ready(&mut self, result: Result<Option<I::Output>, E>) -> Poll<Done<E, I::Output, L>> {
        // SAFETY: as above.
        let head = unsafe { self.co.link.as_ref() };
        if self.stage == Delegation::Linked {
            head.unlink();
        }
        if self.is_parked {
            head.unpark::<Held<I, L>>();
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
    #[inline(never)]
    fn forward(&mut self, input: Result<S, E>) -> Poll<Done<E, I::Output, L>> {
        // SAFETY: it is held until this delegation is done, and then it is not polled.
        let outcome = unsafe {
            match input {
                Err(exit) if exit.is_exit() => Outcome::Raised(drive::close_link(self.inner).err().unwrap_or(exit)),
                input => drive::resume_link(self.inner, input, |outcome| outcome),
            }
        };
        match outcome {
            Outcome::Yielded(value) => {
                // SAFETY: as above.
                unsafe { self.co.link.as_ref() }.yielded.set(Some(value));
                self.park();
                Poll::Pending
            }
            Outcome::Returned => self.returned(),
            Outcome::Finished => self.ready(Ok(None)),
            Outcome::Raised(exception) => self.ready(Err(exception)),
        }
    }

    /// Hands the inner generator over to the driver, if nobody else has it.
    #[inline]
    fn begin(&mut self) -> Poll<Done<E, I::Output, L>> {
        // SAFETY: as above; the inner generator is held.
        let (head, inner) = unsafe { (self.co.link.as_ref(), self.inner.as_ref()) };
        assert!(head.delegate.get().is_none(), "a generator delegates to one generator at a time");
        let phase = inner.phase.get();
        if phase == Phase::Finished {
            return self.ready(Ok(None));
        }
        if !matches!(phase, Phase::Created | Phase::Suspended) || inner.parent.get().is_some() {
            self.stage = Delegation::Forwarding;
            return self.forward(Ok(S::default()));
        }
        head.set_delegate(self.co.link, self.inner);
        head.input.set(Some(Ok(S::default())));
        self.stage = Delegation::Linked;
        self.park();
        Poll::Pending
    }
}

impl<Y, S: Default, E: GeneratorError, I: Ending, L: Trace> Future for Delegate<'_, '_, Y, S, E, I, L> {
    type Output = Done<E, I::Output, L>;

    #[inline]
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
            // SAFETY: it is held until this delegation is done.
            (Delegation::Linked, _) if unsafe { this.inner.as_ref() }.phase.get() == Phase::Finished => this.returned(),
            // Done, or awaited together with something else.
            _ => Poll::Pending,
        }
    }
}

impl<Y, S, E, I: Trace, L: Trace> Drop for Delegate<'_, '_, Y, S, E, I, L> {
    #[inline]
    fn drop(&mut self) {
        if self.stage != Delegation::Done {
            self.abandon();
        }
    }
}

impl<Y, S, E, I: Trace, L: Trace> Delegate<'_, '_, Y, S, E, I, L> {
    /// Drops what is there.
    #[cold]
    fn abandon(&mut self) {
        // SAFETY: as above.
        let head = unsafe { self.co.link.as_ref() };
        if self.stage == Delegation::Linked {
            head.unlink();
        }
        self.stage = Delegation::Done;
        if self.is_parked {
            // SAFETY: `park` was called with this place; `held` is never looked at again.
            unsafe { head.outlive(self.place()) };
        } else {
            // SAFETY: it is never looked at again.
            unsafe { ManuallyDrop::drop(&mut self.held) };
        }
    }
}
