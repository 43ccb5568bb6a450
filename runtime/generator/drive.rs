//! Resuming and closing generators, and the chains that they form by delegating to each other.
//!
//! A generator that delegates is suspended at its delegate until that has ended; meanwhile whoever resumes it resumes the
//! innermost generator of the chain directly, so an item costs the same at any depth. The outermost one, which somebody
//! resumes, remembers where the chain ends. That stays true unless somebody resumes a generator in the middle of the chain,
//! who therefore makes those outside of it forget (`leave_outer`), which is also where a generator finds out that it is
//! run by an outer one.

use core::cell::Cell;
use core::task::Poll;

use super::failure::GeneratorError;
use super::frame::{Ended, Frame, Head, Link, Phase};
use crate::header::{HAS_WEAK, header_of};
use crate::pointer::Gc;

/// What resuming a generator led to.
pub(super) enum Outcome<Y, E> {
    Yielded(Y),
    Returned,
    Finished,
    Raised(E),
}

/// Resumes a generator with a value, or raises an exception in it; what `give` makes of the outcome.
#[inline]
pub(super) fn resume<Y, S, R, E: GeneratorError, T>(
    generator: &Gc<Frame<Y, S, R, E>>,
    input: Result<S, E>,
    give: impl Fn(Outcome<Y, E>) -> T,
) -> T {
    // SAFETY: the reference keeps the generator.
    unsafe { resume_link(generator.link(), input, give) }
}

/// [`resume`] for one that is known by its first part.
#[inline]
pub(super) fn resume_frame<Y, S, R, E: GeneratorError, T>(
    frame: &Frame<Y, S, R, E>,
    input: Result<S, E>,
    give: impl Fn(Outcome<Y, E>) -> T,
) -> T {
    // SAFETY: a frame is borrowed from a reference to its object, which keeps that as long.
    unsafe { resume_link(frame.front().link(), input, give) }
}

/// Resumes the end of a chain directly, which is what nearly always happens; all else goes on in functions of its own.
/// `give` stands at each end, so that a value that was yielded is never taken for anything else.
///
/// # Safety
/// `root` must lead to an object that stays alive meanwhile, as must all functions' links here.
#[inline(always)]
pub(super) unsafe fn resume_link<Y, S, E: GeneratorError, T>(
    root: Link<Y, S, E>,
    input: Result<S, E>,
    give: impl Fn(Outcome<Y, E>) -> T,
) -> T {
    // SAFETY: the caller's promise.
    let head = unsafe { root.as_ref() };
    let is_simple = match (head.phase.get(), &input) {
        (Phase::Created, input) => input.is_ok(),
        (Phase::Suspended, Err(exception)) => !exception.is_exit(),
        (Phase::Suspended, Ok(_)) => true,
        _ => false,
    };
    let (true, Some(top)) = (is_simple, head.innermost.get()) else {
        // SAFETY: the caller's promise.
        return give(unsafe { resume_with_care(root, input) });
    };
    // SAFETY: the end of a chain is held by those before it.
    let top_head = unsafe { top.as_ref() };
    top_head.put_input(input);
    head.phase.set(Phase::Running);
    let running = Running { root, top: Cell::new(top) };
    // SAFETY: the end of a chain that is known is suspended or created, as `root` was, so it has a body, and nobody ran
    // it.
    let polled = unsafe { Head::run(top) };
    if polled.is_pending()
        && let Some(value) = top_head.yielded.take()
    {
        head.phase.set(Phase::Suspended);
        core::mem::forget(running);
        return give(Outcome::Yielded(value));
    }
    // SAFETY: the caller's promise; it is running, and nobody outside of it is.
    give(unsafe { go_on(running, polled) })
}

/// [`resume_link`] for a generator that is not simply suspended.
///
/// # Safety
/// As for [`resume_link`].
#[inline(never)]
unsafe fn resume_with_care<Y, S, E: GeneratorError>(root: Link<Y, S, E>, input: Result<S, E>) -> Outcome<Y, E> {
    // SAFETY: the caller's promise.
    let head = unsafe { root.as_ref() };
    match (head.phase.get(), input) {
        (Phase::Running | Phase::Closing, _) => Outcome::Raised(E::already_executing()),
        (Phase::Finished, Ok(_)) => Outcome::Finished,
        (Phase::Finished, Err(exception)) => Outcome::Raised(exception),
        // SAFETY: the caller's promise, for all below.
        (Phase::Suspended, _) if !unsafe { leave_outer(head) } => Outcome::Raised(E::already_executing()),
        (Phase::Created, Err(exception)) => {
            // SAFETY: it is not running.
            unsafe { Head::discard(root) };
            Outcome::Raised(exception)
        }
        (Phase::Suspended, Err(exit)) if exit.is_exit() && head.delegate.get().is_some() => {
            // SAFETY: it is suspended, and nobody runs it.
            unsafe { exit_chain(root, exit) }
        }
        // SAFETY: it is created or suspended, and nobody runs it; what `innermost` finds is its chain's.
        (Phase::Created | Phase::Suspended, input) => unsafe { run(root, innermost(root), Some(input)) },
    }
}

/// Is it a delegate, directly or not, of a generator that is running?
pub(super) fn is_run_by_another<Y, S, R, E>(generator: &Gc<Frame<Y, S, R, E>>) -> bool {
    // SAFETY: links of live objects lead to live objects.
    !unsafe { leave_outer(generator.front()) }
}

/// Makes the generators that delegate to this one forget where their chain ends. `false` if one of them is running.
///
/// # Safety
/// As for [`resume_link`].
unsafe fn leave_outer<Y, S, E>(head: &Head<Y, S, E>) -> bool {
    let mut outer = head.parent.get();
    while let Some(link) = outer {
        // SAFETY: a parent is alive: the link is cleared before it ends.
        let parent = unsafe { link.as_ref() };
        if matches!(parent.phase.get(), Phase::Running | Phase::Closing) {
            return false;
        }
        parent.innermost.set(None);
        outer = parent.parent.get();
    }
    true
}

/// The end of the chain of delegates, or the first that is running.
///
/// # Safety
/// As for [`resume_link`].
pub(super) unsafe fn innermost<Y, S, E>(root: Link<Y, S, E>) -> Link<Y, S, E> {
    // SAFETY: the caller's promise.
    if let Some(known) = unsafe { root.as_ref() }.innermost.get() {
        return known;
    }
    let mut end = root;
    // SAFETY: a delegate is alive: the link is cleared before it ends.
    while let Some(delegate) = unsafe { end.as_ref() }.delegate.get() {
        end = delegate;
        // SAFETY: as above.
        let head = unsafe { end.as_ref() };
        if matches!(head.phase.get(), Phase::Running | Phase::Closing) {
            break;
        }
    }
    end
}

/// While it lives the chain from `top` to `root` is running; if the driver unwinds it is discarded, from the inside, as
/// it would be if each generator had resumed the next.
struct Running<Y, S, E> {
    root: Link<Y, S, E>,
    top: Cell<Link<Y, S, E>>,
}

impl<Y, S, E> Drop for Running<Y, S, E> {
    #[cold]
    fn drop(&mut self) {
        // SAFETY: the driver has stopped, so no body of the chain is running.
        unsafe { discard_chain(self.root, self.top.get()) };
    }
}

/// Discards the generators from `level` out to `root`.
///
/// # Safety
/// `level` must be `root` or one of its delegates; none of the bodies may be running.
unsafe fn discard_chain<Y, S, E>(root: Link<Y, S, E>, level: Link<Y, S, E>) {
    /// Goes on with the next if one panics.
    struct Rest<Y, S, E> {
        root: Link<Y, S, E>,
        next: Option<Link<Y, S, E>>,
    }

    impl<Y, S, E> Drop for Rest<Y, S, E> {
        fn drop(&mut self) {
            if let Some(next) = self.next {
                // SAFETY: as for the function.
                unsafe { discard_chain(self.root, next) };
            }
        }
    }

    let mut rest = Rest { root, next: Some(level) };
    while let Some(level) = rest.next {
        // SAFETY: a member of the chain is alive while the one outside of it is.
        let parent = unsafe { level.as_ref() }.parent.get();
        rest.next = if level == root { None } else { parent };
        // SAFETY: the caller's promise.
        unsafe { Head::discard(level) };
    }
}

/// Runs the chain from `top` outwards until `root` yields or ends. `input` is for `top`.
///
/// # Safety
/// As for [`resume_link`]; `root` must not be running nor finished, nobody outside of it may be running, and `top` must be
/// `root` or one of its delegates.
unsafe fn run<Y, S, E: GeneratorError>(
    root: Link<Y, S, E>,
    top: Link<Y, S, E>,
    input: Option<Result<S, E>>,
) -> Outcome<Y, E> {
    // SAFETY: the caller's promise.
    unsafe { root.as_ref() }.phase.set(Phase::Running);
    let running = Running { root, top: Cell::new(top) };
    // SAFETY: the caller's promise.
    let polled = unsafe { poll_top(&running, input) };
    // SAFETY: as above.
    unsafe { go_on(running, polled) }
}

/// Runs the body at the top, unless somebody else does or has run it to its end.
///
/// # Safety
/// The chain must be running, and the body at the top not be run by this driver.
#[inline]
unsafe fn poll_top<Y, S, E: GeneratorError>(running: &Running<Y, S, E>, input: Option<Result<S, E>>) -> Poll<Ended<E>> {
    let top = running.top.get();
    // SAFETY: members of the chain are alive: each is held by the one outside of it.
    let head = unsafe { top.as_ref() };
    match (head.phase.get(), input) {
        (Phase::Running, input) if top == running.root => head.input.set(input),
        (Phase::Suspended, input) => head.input.set(input),
        (Phase::Created, Some(Err(exception))) => {
            // SAFETY: it is not running.
            unsafe { Head::discard(top) };
            return Poll::Ready(Err(exception));
        }
        (Phase::Created, input) => head.input.set(input),
        (Phase::Finished, Some(Err(exception))) => return Poll::Ready(Err(exception)),
        (Phase::Finished, _) => return Poll::Ready(Ok(())),
        (Phase::Running | Phase::Closing, _) => {
            // Whoever runs it finishes it, so it must not be discarded from here if this panics.
            running.top.set(parent_of(head));
            let error = E::already_executing();
            running.top.set(top);
            return Poll::Ready(Err(error));
        }
    }
    head.phase.set(Phase::Running);
    // SAFETY: it is created or suspended, so it has a body, which nobody runs.
    unsafe { Head::run(top) }
}

/// Runs the chain on, given what running its top led to.
///
/// # Safety
/// As for [`run`], whose chain must be running.
#[inline(never)]
unsafe fn go_on<Y, S, E: GeneratorError>(running: Running<Y, S, E>, mut polled: Poll<Ended<E>>) -> Outcome<Y, E> {
    let root = running.root;
    // SAFETY: the caller's promise.
    let root_head = unsafe { root.as_ref() };
    loop {
        let top = running.top.get();
        // SAFETY: members of the chain are alive: each is held by the one outside of it.
        let head = unsafe { top.as_ref() };
        let input = match polled {
            Poll::Pending => match head.delegate.get() {
                None => {
                    let Some(value) = head.yielded.take() else { awaited_something_else() };
                    head.phase.set(Phase::Suspended);
                    root_head.phase.set(Phase::Suspended);
                    // One that is a delegate of another asks each time whether that is running.
                    root_head.innermost.set(root_head.parent.get().is_none().then_some(top));
                    core::mem::forget(running);
                    return Outcome::Yielded(value);
                }
                Some(delegate) => {
                    if top != root {
                        head.phase.set(Phase::Suspended);
                    }
                    // SAFETY: it has just been linked, so it is alive.
                    running.top.set(unsafe { innermost(delegate) });
                    head.input.take()
                }
            },
            Poll::Ready(ended) => {
                if top == root {
                    core::mem::forget(running);
                    return match ended {
                        Ok(()) => Outcome::Returned,
                        Err(exception) => Outcome::Raised(exception),
                    };
                }
                running.top.set(parent_of(head));
                ended.err().map(Err)
            }
        };
        // SAFETY: the top has changed, and this driver is not running its body.
        polled = unsafe { poll_top(&running, input) };
    }
}

/// The generator that waits for this one.
fn parent_of<Y, S, E>(delegate: &Head<Y, S, E>) -> Link<Y, S, E> {
    match delegate.parent.get() {
        Some(parent) => parent,
        None => unreachable!("a delegate has a parent"),
    }
}

#[cold]
fn awaited_something_else() -> ! {
    panic!("a generator can only await what its `Co` gives it");
}

/// Raises an exit in a generator that delegates: each delegate is closed first, from the inside, and what it raises
/// instead is raised in the one outside of it.
///
/// # Safety
/// As for [`run`].
unsafe fn exit_chain<Y, S, E: GeneratorError>(root: Link<Y, S, E>, exit: E) -> Outcome<Y, E> {
    // SAFETY: the caller's promise.
    let head = unsafe { root.as_ref() };
    // SAFETY: the caller's promise.
    let mut level = unsafe { innermost(root) };
    head.phase.set(Phase::Running);
    head.innermost.set(None);
    let running = Running { root, top: Cell::new(level) };
    let mut error = None;
    while level != root {
        // SAFETY: members of the chain are alive: each is held by the one outside of it.
        let delegate = unsafe { level.as_ref() };
        let parent = parent_of(delegate);
        running.top.set(parent);
        let input = error.take().or_else(E::exit);
        let outcome = match (delegate.phase.get(), input) {
            // SAFETY: it is suspended, and those outside of it are not running their bodies.
            (Phase::Suspended, Some(input)) => unsafe { run(level, level, Some(Err(input))) },
            (Phase::Running | Phase::Closing, _) => Outcome::Raised(E::already_executing()),
            (Phase::Finished, _) => Outcome::Finished,
            (Phase::Created | Phase::Suspended, _) => {
                // SAFETY: it is not running.
                unsafe { Head::discard(level) };
                Outcome::Finished
            }
        };
        error = error_of_closing(outcome);
        level = parent;
    }
    core::mem::forget(running);
    // SAFETY: the caller's promise; its body was suspended at its delegate.
    unsafe { run(root, root, Some(Err(error.unwrap_or(exit)))) }
}

/// What is wrong with how a generator took its exit.
fn error_of_closing<Y, E: GeneratorError>(outcome: Outcome<Y, E>) -> Option<E> {
    match outcome {
        Outcome::Yielded(value) => {
            drop(value);
            Some(E::ignored_exit())
        }
        Outcome::Returned | Outcome::Finished => None,
        Outcome::Raised(exception) if exception.is_exit() => None,
        Outcome::Raised(exception) => Some(exception),
    }
}

/// Ends a generator, and those that it delegates to before it.
pub(super) fn close<Y, S, R, E: GeneratorError>(generator: &Gc<Frame<Y, S, R, E>>) -> Result<(), E> {
    // SAFETY: the reference keeps the generator.
    unsafe { close_link(generator.link()) }
}

/// [`close`] for one that is known by its first part.
pub(super) fn close_frame<Y, S, R, E: GeneratorError>(frame: &Frame<Y, S, R, E>) -> Result<(), E> {
    // SAFETY: as in `resume_frame`.
    unsafe { close_link(frame.front().link()) }
}

/// # Safety
/// As for [`resume_link`].
pub(super) unsafe fn close_link<Y, S, E: GeneratorError>(root: Link<Y, S, E>) -> Result<(), E> {
    // SAFETY: the caller's promise.
    let head = unsafe { root.as_ref() };
    match head.phase.get() {
        Phase::Finished => return Ok(()),
        Phase::Running | Phase::Closing => return Err(E::already_executing()),
        // SAFETY: it is not running.
        Phase::Created => unsafe { Head::discard(root) },
        // SAFETY: the caller's promise.
        Phase::Suspended if !unsafe { leave_outer(head) } => return Err(E::already_executing()),
        Phase::Suspended => match E::exit() {
            // SAFETY: the caller's promise.
            Some(exit) => return error_of_closing(unsafe { resume_with_care(root, Err(exit)) }).map_or(Ok(()), Err),
            // SAFETY: it is suspended and nobody outside of it is running.
            None => unsafe { discard_suspended(root) },
        },
    }
    Ok(())
}

/// Discards a generator that is suspended, and its delegates.
///
/// # Safety
/// As for [`resume_link`]; the generator must be suspended, and nobody outside of it may be running.
unsafe fn discard_suspended<Y, S, E>(root: Link<Y, S, E>) {
    // SAFETY: the caller's promise.
    let head = unsafe { root.as_ref() };
    // SAFETY: the caller's promise.
    let mut level = unsafe { innermost(root) };
    // SAFETY: members of the chain are alive: each is held by the one outside of it.
    let innermost = unsafe { level.as_ref() };
    if matches!(innermost.phase.get(), Phase::Running | Phase::Closing)
        && level != root
        && let Some(parent) = innermost.parent.get()
    {
        // Somebody else runs it, further out on this stack.
        level = parent;
    }
    // Those inside can't be resumed by their own drops.
    head.phase.set(Phase::Running);
    head.innermost.set(None);
    // SAFETY: no body from here on is running.
    unsafe { discard_chain(root, level) };
}

/// Closes a generator that nobody refers to any more, as its finaliser. Afterwards it is finished.
///
/// As in CPython its weak references are cleared before, while those to other objects outlive their finalisers.
pub(super) fn finalize<Y, S, E: GeneratorError>(link: Link<Y, S, E>) {
    /// Drops a body that has refused to end.
    struct Force<Y, S, E>(Link<Y, S, E>);

    impl<Y, S, E> Drop for Force<Y, S, E> {
        fn drop(&mut self) {
            // SAFETY: `finalize` got it from a reference.
            let phase = unsafe { self.0.as_ref() }.phase.get();
            if matches!(phase, Phase::Created | Phase::Suspended) {
                // SAFETY: as above; it is not running.
                unsafe { discard_suspended(self.0) };
            }
        }
    }

    // SAFETY: a link is valid for the whole object, and so is its header.
    let header = unsafe { header_of(link) };
    // SAFETY: the caller of a finaliser holds a reference.
    if unsafe { header.as_ref() }.has(HAS_WEAK) {
        crate::weak::clear(header);
    }
    let force = Force(link);
    // SAFETY: the caller of a finaliser holds a reference.
    if let Err(exception) = unsafe { close_link(link) } {
        exception.unraisable();
    }
    drop(force);
}
