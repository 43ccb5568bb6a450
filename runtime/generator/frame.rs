//! A generator's object: what it shows to its driver and to the collector, and the storage of its body.

use core::cell::{Cell, UnsafeCell};
use core::future::Future;
use core::marker::PhantomData;
use core::mem::{self, ManuallyDrop};
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll, Waker};

use super::co::Co;
use super::drive;
use super::failure::GeneratorError;
use crate::header::{HAS_FINALIZER, header_of};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};

/// Where a generator is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Not started: it holds its arguments.
    Created,
    /// At a yield, or at a delegate; or run by one that delegates to it, which is running.
    Suspended,
    /// Resumed: its body runs, or that of a delegate. Not traced.
    Running,
    /// Its body is being dropped. Not traced.
    Closing,
    /// Nothing is left of its body.
    Finished,
}

/// What lies in the storage of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    /// The body as a closure, and its arguments.
    Arguments,
    /// The body's future.
    Future,
    Nothing,
}

/// The first part of every generator's object, alike for all that can delegate to each other.
///
/// All pointers to other heads are uncounted. `delegate` and `parent` are set together by a [`Delegate`] that holds a
/// counted reference to the delegate, and cleared together, at the latest when either of the two bodies ends.
///
/// [`Delegate`]: super::co::Delegate
pub(crate) struct Head<Y, S, E> {
    run: Cell<RunBody<Y, S, E>>,
    drop_body: DropBody<Y, S, E>,
    /// The pointer to itself that a mere reference to it does not give.
    this: Cell<Option<Link<Y, S, E>>>,
    pub(super) phase: Cell<Phase>,
    stored: Cell<Stored>,
    /// From the body to the driver.
    pub(super) yielded: Cell<Option<Y>>,
    /// From the driver to the body.
    pub(super) input: Cell<Option<Result<S, E>>>,
    /// The locals that the body has handed over.
    parked: Cell<Option<Parked>>,
    /// The generator that the body waits for.
    pub(super) delegate: Cell<Option<Link<Y, S, E>>>,
    /// The generator whose delegate this is.
    pub(super) parent: Cell<Option<Link<Y, S, E>>>,
    /// The end of the chain of delegates that begins here, maybe this one itself; it is created or suspended as long as
    /// this one is.
    ///
    /// Only one that is nobody's delegate knows it, since the end of a chain changes when its beginning is resumed. Who
    /// resumes another one of the chain makes the beginning forget it.
    pub(super) innermost: Cell<Option<Link<Y, S, E>>>,
}

/// An uncounted pointer to a generator, valid for its whole object.
pub(crate) type Link<Y, S, E> = NonNull<Head<Y, S, E>>;

/// How a body ended; what it returned lies in its frame.
pub(super) type Ended<E> = Result<(), E>;

/// Runs a body, which has arguments or is a future, to its next suspension or its end, which finishes the generator.
///
/// # Safety
/// The object must be one that got this function, be alive and not finished, and its body not be running.
type RunBody<Y, S, E> = unsafe fn(Link<Y, S, E>) -> Poll<Ended<E>>;

/// Drops what is left of a body.
///
/// # Safety
/// The object must be one that got this function, and be alive; its body must not be running.
type DropBody<Y, S, E> = unsafe fn(Link<Y, S, E>);

/// The first part of the objects of all generators of a type.
#[repr(C)]
pub struct Frame<Y, S, R, E> {
    head: Head<Y, S, E>,
    /// What the body returned, until somebody takes it.
    result: Cell<Option<R>>,
}

/// A generator's object.
#[repr(C)]
struct Body<Y, S, R, E, F, A, St, Fi, Fut> {
    frame: Frame<Y, S, R, E>,
    finish: Fi,
    storage: UnsafeCell<Storage<F, A, St, Fut>>,
    marker: PhantomData<Fut>,
}

/// What [`Stored`] says.
union Storage<F, A, St, Fut> {
    arguments: ManuallyDrop<Arguments<F, A, St>>,
    future: ManuallyDrop<Fut>,
}

/// A body that has not been started, in the order in which it is dropped.
struct Arguments<F, A, St> {
    arguments: A,
    body: F,
    start: St,
}

/// Makes a generator: `start` calls the body, `finish` turns what it returns into a result.
#[track_caller]
pub(super) fn create<Y, S, R, E, F, A, St, Fi, Fut>(
    body: F,
    arguments: A,
    start: St,
    finish: Fi,
) -> Gc<Frame<Y, S, R, E>>
where
    Y: 'static,
    S: 'static,
    R: 'static,
    E: GeneratorError,
    F: 'static,
    A: Trace,
    St: FnOnce(F, Co<'static, Y, S, E>, A) -> Fut + 'static,
    Fi: Fn(Fut::Output) -> Result<R, E> + 'static,
    Fut: Future + 'static,
{
    let head = Head {
        run: Cell::new(Body::<Y, S, R, E, F, A, St, Fi, Fut>::start),
        drop_body: Body::<Y, S, R, E, F, A, St, Fi, Fut>::drop_body,
        this: Cell::new(None),
        phase: Cell::new(Phase::Created),
        stored: Cell::new(Stored::Arguments),
        yielded: Cell::new(None),
        input: Cell::new(None),
        parked: Cell::new(None),
        delegate: Cell::new(None),
        parent: Cell::new(None),
        innermost: Cell::new(None),
    };
    let arguments = ManuallyDrop::new(Arguments { arguments, body, start });
    let object = Gc::new(Body {
        frame: Frame { head, result: Cell::new(None) },
        finish,
        storage: UnsafeCell::new(Storage { arguments }),
        marker: PhantomData,
    });
    let first_part: NonNull<Frame<Y, S, R, E>> = ManuallyDrop::new(object).as_non_null().cast();
    // SAFETY: `Body` is `repr(C)` and begins with its frame; the reference is handed over. Whoever drops the last one
    // goes by the header, which knows the object's type.
    let frame = unsafe { Gc::from_non_null(first_part) };
    frame.head.this.set(Some(first_part.cast()));
    frame.head.innermost.set(Some(first_part.cast()));
    frame
}

impl<Y, S, R, E> Frame<Y, S, R, E> {
    #[inline]
    pub(crate) fn front(&self) -> &Head<Y, S, E> {
        &self.head
    }

    #[inline]
    pub(crate) fn take_result(&self) -> Option<R> {
        self.result.take()
    }
}

// SAFETY: this reports nothing, so what the object holds would count as referred to from outside; the collector goes by
// the object's own type, which is a `Body`.
unsafe impl<Y: 'static, S: 'static, R: 'static, E: 'static> Trace for Frame<Y, S, R, E> {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn holds_itself() -> bool {
        true
    }

    fn type_name() -> &'static str {
        "generator"
    }
}

impl<Y, S, R, E> Gc<Frame<Y, S, R, E>> {
    /// The generator as others link to it.
    #[inline]
    pub(super) fn link(&self) -> Link<Y, S, E> {
        // `Frame` is `repr(C)` and begins with its head; the pointer is the one that the object was made with, so it is
        // valid for all of it.
        self.as_non_null().cast()
    }
}

impl<Y, S, R, E, F, A, St, Fi, Fut> Body<Y, S, R, E, F, A, St, Fi, Fut>
where
    Y: 'static,
    S: 'static,
    R: 'static,
    E: GeneratorError,
    F: 'static,
    A: Trace,
    St: FnOnce(F, Co<'static, Y, S, E>, A) -> Fut + 'static,
    Fi: Fn(Fut::Output) -> Result<R, E> + 'static,
    Fut: Future + 'static,
{
    /// Makes the body a future, and polls it.
    ///
    /// # Safety
    /// As for [`RunBody`]; the object must hold arguments.
    unsafe fn start(link: Link<Y, S, E>) -> Poll<Ended<E>> {
        // SAFETY: a link leads to the start of a live object, and this function was given to one of its own type. All that
        // changes in it lies in cells.
        let this = unsafe { link.cast::<Self>().as_ref() };
        let head = &this.frame.head;
        let storage = this.storage.get();
        debug_assert!(head.stored.get() == Stored::Arguments, "only a body that was not started is started");
        head.stored.set(Stored::Nothing);
        head.input.set(None);
        // SAFETY: `stored` said that arguments lie there; it says so no more, so they are moved out once.
        let arguments = ManuallyDrop::into_inner(unsafe { (&raw const (*storage).arguments).read() });
        // SAFETY: the handle lives in the body's future, which is dropped before the object is (see `Co::new`).
        let co = unsafe { Co::new(link) };
        // Calling an `async` closure only makes its future.
        let future = (arguments.start)(arguments.body, co, arguments.arguments);
        // SAFETY: nothing lies there, and nobody else has a reference to the storage.
        unsafe { (&raw mut (*storage).future).write(ManuallyDrop::new(future)) };
        head.stored.set(Stored::Future);
        head.run.set(Self::poll);
        // SAFETY: a future lies there, which has not been polled yet.
        unsafe { Self::poll(link) }
    }

    /// # Safety
    /// As for [`RunBody`]; the object must hold a future.
    unsafe fn poll(link: Link<Y, S, E>) -> Poll<Ended<E>> {
        // SAFETY: as in `start`.
        let this = unsafe { link.cast::<Self>().as_ref() };
        let head = &this.frame.head;
        let storage = this.storage.get();
        debug_assert!(head.stored.get() == Stored::Future, "only a body that has not ended is polled");
        // SAFETY:
        // 1. a future lies there, as the caller promises;
        // 2. nobody else has a reference to it: only this function and `drop_body` make one, and the caller promises that
        //    the body is not running (nor being dropped, since then `stored` says `Nothing`);
        // 3. it stays where it is until it is dropped: an object does not move, and neither `drop_body` nor the end of
        //    this function moves it.
        let future: Pin<&mut Fut> = unsafe { Pin::new_unchecked(&mut *(&raw mut (*storage).future).cast::<Fut>()) };
        match future.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(output) => {
                head.stored.set(Stored::Nothing);
                // SAFETY: `stored` said that a future lies there; it says so no more, so it is dropped once, in place.
                unsafe { ManuallyDrop::drop(&mut (*storage).future) };
                let ended = (this.finish)(output).map(|value| this.frame.result.set(Some(value)));
                // SAFETY: the caller's promise.
                unsafe { Head::finish(link) };
                Poll::Ready(ended)
            }
        }
    }

    /// # Safety
    /// As for [`DropBody`].
    unsafe fn drop_body(link: Link<Y, S, E>) {
        // SAFETY: as in `poll`.
        let this = unsafe { link.cast::<Self>().as_ref() };
        let storage = this.storage.get();
        match this.frame.head.stored.replace(Stored::Nothing) {
            // SAFETY: they lie there, and were dropped or moved by nobody, since `stored` would say so; they are dropped
            // once, since it says so now.
            Stored::Arguments => unsafe { ManuallyDrop::drop(&mut (*storage).arguments) },
            // SAFETY: as above; in place, as a pinned future has to be. Nobody else has a reference to it: the caller
            // promises that the body is not running.
            Stored::Future => unsafe { ManuallyDrop::drop(&mut (*storage).future) },
            Stored::Nothing => {}
        }
    }
}

// SAFETY:
// 1. before the start the arguments are all that is reported, and they lie in the storage: nobody changes them without
//    changing `stored` first. Captures of the body are not reported: they count as references from outside.
// 2. While it is suspended only what the body has parked is reported: values that a `Suspend` or a `Delegate` owns and
//    that nobody can reach meanwhile, so that they are reported once and don't change. (`Parked` says why they are valid.)
// 3. While it is being dropped nothing is, nor while it runs: a body takes back what it has parked when it is resumed.
//    (What it has parked in a future that it awaits no more is still valid.)
// 4. The finaliser ends the body, whose drop may run any code, before anything of a dead set is cleared, and a body that
//    has ended holds nothing; what is dropped then is a result, or nothing.
unsafe impl<Y, S, R, E, F, A, St, Fi, Fut> Trace for Body<Y, S, R, E, F, A, St, Fi, Fut>
where
    Y: 'static,
    S: 'static,
    R: 'static,
    E: GeneratorError,
    F: 'static,
    A: Trace,
    St: FnOnce(F, Co<'static, Y, S, E>, A) -> Fut + 'static,
    Fi: Fn(Fut::Output) -> Result<R, E> + 'static,
    Fut: Future + 'static,
{
    fn trace(&self, tracer: &mut Tracer<'_>) {
        let head = &self.frame.head;
        match head.phase.get() {
            Phase::Created if head.stored.get() == Stored::Arguments => {
                // SAFETY: arguments lie there; they are only ever changed by code that runs the generator, and tracing
                // runs none.
                let arguments = unsafe { &*(&raw const (*self.storage.get()).arguments).cast::<Arguments<F, A, St>>() };
                arguments.arguments.trace(tracer);
            }
            Phase::Suspended => {
                if let Some(parked) = head.parked.get() {
                    // SAFETY: the invariant of `Parked`; no reference to the locals is in use, since the body does not
                    // run.
                    unsafe { (parked.table.trace)(parked.place, tracer) };
                }
            }
            _ => {}
        }
    }

    fn finalizer() -> Option<fn(&Gc<Self>)> {
        Some(|this| drive::finalize(this.as_non_null().cast::<Head<Y, S, E>>()))
    }

    fn holds_itself() -> bool {
        true
    }

    fn type_name() -> &'static str {
        "generator"
    }
}

impl<Y, S, R, E, F, A, St, Fi, Fut> Drop for Body<Y, S, R, E, F, A, St, Fi, Fut> {
    fn drop(&mut self) {
        // The finaliser has run, once: it ended the body, and one that has ended is never started again. Were there one
        // left, its drop could reach objects that have been cleared: then it is better leaked.
        debug_assert!(self.frame.head.stored.get() == Stored::Nothing, "a generator died without being closed");
    }
}

impl<Y, S, E> Head<Y, S, E> {
    /// The generator as others link to it.
    #[inline]
    pub(crate) fn link(&self) -> Link<Y, S, E> {
        match self.this.get() {
            Some(link) => link,
            None => unreachable!("a generator that has been made knows itself"),
        }
    }

    /// Runs the body to its next suspension or its end, which finishes the generator.
    ///
    /// # Safety
    /// `link` must lead to a live object that is not finished and whose body is not running.
    #[inline]
    pub(super) unsafe fn run(link: Link<Y, S, E>) -> Poll<Ended<E>> {
        // SAFETY: the caller's promise.
        unsafe { (link.as_ref().run.get())(link) }
    }

    /// Drops what is left of the body, and finishes the generator.
    ///
    /// # Safety
    /// `link` must lead to a live object whose body is not running.
    pub(super) unsafe fn discard(link: Link<Y, S, E>) {
        /// Finishes also if a drop panics.
        struct Finish<Y, S, E>(Link<Y, S, E>);

        impl<Y, S, E> Drop for Finish<Y, S, E> {
            fn drop(&mut self) {
                // SAFETY: `discard` got it from its caller.
                unsafe { Head::finish(self.0) };
            }
        }

        // SAFETY: the caller's promise.
        let head = unsafe { link.as_ref() };
        if matches!(head.phase.get(), Phase::Finished | Phase::Closing) {
            return;
        }
        head.phase.set(Phase::Closing);
        let finish = Finish(link);
        // SAFETY: the caller's promise.
        unsafe { (head.drop_body)(link) };
        drop(finish);
    }

    /// Notes that nothing is left of the body, and drops the locals that `outlive` kept.
    ///
    /// # Safety
    /// `link` must lead to a live object.
    #[inline(never)]
    unsafe fn finish(link: Link<Y, S, E>) {
        // SAFETY: the caller's promise; a link is valid for the whole object, and so is its header.
        let (head, header) = unsafe { (link.as_ref(), header_of(link).as_ref()) };
        head.phase.set(Phase::Finished);
        head.innermost.set(None);
        head.unlink();
        // There is nothing to close any more.
        header.remove(HAS_FINALIZER);
        drop((head.yielded.take(), head.input.take()));
        if let Some(Parked { place, table }) = head.parked.take()
            && let Some(drop_boxed) = table.drop_boxed
        {
            // SAFETY: `outlive` put them there and nobody else takes them.
            unsafe { drop_boxed(place) };
        }
    }

    /// Gives the body what it is resumed with.
    #[inline]
    pub(super) fn put_input(&self, input: Result<S, E>) {
        let before = self.input.replace(Some(input));
        // What was given to a future that the body has forgotten is forgotten, too.
        mem::forget(before);
    }

    /// Makes `delegate` what this generator, which is `this`, waits for.
    pub(super) fn set_delegate(&self, this: Link<Y, S, E>, delegate: Link<Y, S, E>) {
        self.innermost.set(None);
        self.delegate.set(Some(delegate));
        // SAFETY: the caller has a reference to it.
        let delegate = unsafe { delegate.as_ref() };
        delegate.parent.set(Some(this));
        delegate.innermost.set(None);
    }

    /// Separates this generator from its delegate.
    pub(super) fn unlink(&self) {
        if let Some(delegate) = self.delegate.take() {
            self.innermost.set(None);
            // SAFETY: links are cleared before either end of one is freed, see `Head`.
            unsafe { delegate.as_ref() }.parent.set(None);
        }
    }

    /// Says where the locals are that the body hands over; nowhere if there are none.
    ///
    /// # Safety
    /// `locals` must be valid, and only be changed while the body runs or is dropped, until `unpark`, or `outlive` with the
    /// same address, is called.
    #[inline]
    pub(super) unsafe fn park<T: Trace>(&self, locals: NonNull<T>) {
        let table = const { &ParkedTable { trace: trace_parked::<T>, drop_boxed: None } };
        if size_of::<T>() > 0 {
            self.parked.set(Some(Parked { place: locals.cast(), table }));
        }
    }

    /// The body has its locals, of which it handed over a `T`, back.
    #[inline]
    pub(super) fn unpark<T>(&self) {
        if size_of::<T>() > 0 {
            self.parked.set(None);
        }
    }

    /// Drops parked locals that nobody has taken back. If the whole body is being dropped, they are kept until that has
    /// happened: what stands in for `finally` comes before the locals, and those in their order.
    ///
    /// # Safety
    /// `locals` must be what `park` was called with, valid, and not be used any more.
    pub(super) unsafe fn outlive<T: Trace>(&self, locals: NonNull<T>) {
        let is_current = self.parked.get().is_some_and(|parked| parked.place == locals.cast());
        if is_current {
            self.parked.set(None);
        }
        if is_current && self.phase.get() == Phase::Closing && mem::needs_drop::<T>() {
            let table = const { &ParkedTable { trace: trace_parked::<T>, drop_boxed: Some(drop_boxed::<T>) } };
            // SAFETY: the caller's promise: they are moved out once.
            let boxed = Box::new(unsafe { locals.read() });
            self.parked.set(Some(Parked { place: NonNull::from(Box::leak(boxed)).cast(), table }));
        } else {
            // SAFETY: the caller's promise: they are dropped once.
            unsafe { locals.drop_in_place() };
        }
    }
}

/// Locals of a body that is suspended.
///
/// They are a value of the type that the table was made for, and valid: they lie in a pinned future of the body,
/// which takes the record back when it completes and when it is dropped, or in a box.
#[derive(Clone, Copy)]
struct Parked {
    place: NonNull<()>,
    table: &'static ParkedTable,
}

struct ParkedTable {
    trace: unsafe fn(NonNull<()>, &mut Tracer<'_>),
    /// Some if they lie in a box.
    drop_boxed: Option<unsafe fn(NonNull<()>)>,
}

/// # Safety
/// `place` must be that of a `T` that is not borrowed mutably.
unsafe fn trace_parked<T: Trace>(place: NonNull<()>, tracer: &mut Tracer<'_>) {
    // SAFETY: the caller's promise.
    unsafe { place.cast::<T>().as_ref() }.trace(tracer);
}

/// # Safety
/// `place` must come from a box of a `T`, and not be used again.
unsafe fn drop_boxed<T>(place: NonNull<()>) {
    // SAFETY: the caller's promise.
    drop(unsafe { Box::from_raw(place.cast::<T>().as_ptr()) });
}
