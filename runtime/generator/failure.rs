//! What can go wrong in a generator, and how its caller sees it.

use core::convert::Infallible;
use core::fmt::Debug;
use core::marker::PhantomData;

/// What the exceptions of a kind of generators are, and what a caller gets of them.
pub trait Failure: 'static {
    /// What is thrown and raised.
    type Error: GeneratorError;
    /// What a caller gets that wants a `T`.
    type Item<T>;

    /// What a caller gets.
    fn item<T>(result: Result<T, Self::Error>) -> Self::Item<T>;
}

/// An exception of generators: those that the runtime itself raises.
pub trait GeneratorError: Sized + 'static {
    /// A generator was resumed, or closed, while it was running.
    fn already_executing() -> Self;

    /// A generator yielded when it was told to end.
    fn ignored_exit() -> Self;

    /// What tells a body to end (Python's `GeneratorExit`); `None` if bodies are just dropped.
    fn exit() -> Option<Self> {
        None
    }

    /// Is it one that tells a body to end?
    fn is_exit(&self) -> bool {
        false
    }

    /// Nobody can catch it: it comes from closing a generator that died.
    fn unraisable(self) {}
}

/// Nothing can be thrown; what the runtime would raise is a panic.
impl Failure for Infallible {
    type Error = Infallible;
    type Item<T> = T;

    #[inline]
    fn item<T>(result: Result<T, Infallible>) -> T {
        match result {
            Ok(value) => value,
            Err(never) => match never {},
        }
    }
}

impl GeneratorError for Infallible {
    #[cold]
    fn already_executing() -> Self {
        panic!("generator already executing")
    }

    #[cold]
    fn ignored_exit() -> Self {
        panic!("generator ignored that it was closed")
    }
}

/// Exceptions are errors: the items of the iterator are `Result`s.
pub struct Raises<E>(PhantomData<E>);

impl<E: GeneratorError> Failure for Raises<E> {
    type Error = E;
    type Item<T> = Result<T, E>;

    #[inline]
    fn item<T>(result: Result<T, E>) -> Result<T, E> {
        result
    }
}

/// Exceptions that come out are panics, which show them with `{:?}`.
pub struct Panics<E>(PhantomData<E>);

impl<E: GeneratorError + Debug> Failure for Panics<E> {
    type Error = E;
    type Item<T> = T;

    #[inline]
    fn item<T>(result: Result<T, E>) -> T {
        result.unwrap_or_else(|error| uncaught(&error))
    }
}

#[cold]
fn uncaught(error: &dyn Debug) -> ! {
    panic!("{error:?}")
}
