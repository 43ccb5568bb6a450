//! Throwing, raising and closing with exceptions, as scripts do.

use refcycle::generator::{GeneratorError, Panics, Raises};
use refcycle::{Generator, GeneratorState, Step, gc};

use super::support::Log;

/// Exceptions as Python has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    Value(&'static str),
    Runtime(&'static str),
    Exit,
}

impl GeneratorError for Error {
    fn already_executing() -> Self {
        Error::Value("generator already executing")
    }

    fn ignored_exit() -> Self {
        Error::Runtime("generator ignored GeneratorExit")
    }

    fn exit() -> Option<Self> {
        Some(Error::Exit)
    }

    fn is_exit(&self) -> bool {
        *self == Error::Exit
    }

    fn unraisable(self) {
        panic!("{self}")
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

pub type Raising = Generator<i32, (), i32, Raises<Error>>;

/// Handles value errors by yielding, `finally` by writing.
fn stubborn(log: &Log) -> Raising {
    let log = log.clone();
    Generator::raising((), async move |mut co, ()| {
        for i in 0.. {
            match co.suspend(i, ()).await.0 {
                Ok(()) => log.add("resumed"),
                Err(Error::Value(message)) => log.add(message),
                Err(error) => {
                    log.add("finally");
                    return Err(error);
                }
            }
        }
        Ok(0)
    })
}

#[test]
fn what_is_thrown_is_raised_at_the_yield() {
    let log = Log::default();
    let generator = stubborn(&log);
    assert_eq!(generator.next(), Some(Ok(0)));
    assert_eq!(generator.throw(Error::Value("handled")), Ok(Step::Yielded(1)));
    assert_eq!(generator.throw(Error::Runtime("not handled")), Err(Error::Runtime("not handled")));
    assert_eq!(generator.state(), GeneratorState::Finished);
    assert_eq!(generator.next(), None);
    assert_eq!(generator.throw(Error::Value("later")), Err(Error::Value("later")));
    log.expect(&["handled", "finally"]);
}

#[test]
fn nothing_runs_if_it_was_not_started() {
    let log = Log::default();
    let node = log.node("argument");
    let generator: Raising = Generator::raising(node, async |_, _| unreachable!());
    assert_eq!(generator.throw(Error::Value("x")), Err(Error::Value("x")));
    log.expect(&["del argument"]);
    assert_eq!(generator.next(), None);
    let generator = stubborn(&log);
    assert_eq!(generator.close(), Ok(()));
    assert_eq!(generator.next(), None);
    log.expect(&[]);
}

#[test]
fn closing_raises_an_exit() {
    let log = Log::default();
    let generator = stubborn(&log);
    generator.next();
    assert_eq!(generator.close(), Ok(()));
    assert_eq!(generator.close(), Ok(()));
    log.expect(&["finally"]);
    let generator = stubborn(&log);
    generator.next();
    drop(generator);
    log.expect(&["finally"]);
}

/// Answers an exit by yielding again, as often as told.
fn refusing(log: &Log, times: usize) -> Raising {
    let log = log.clone();
    Generator::raising((), async move |mut co, ()| {
        for _ in 0..times {
            if co.suspend(1, ()).await.0.is_err() {
                log.add("refused");
            }
        }
        Ok(7)
    })
}

#[test]
fn a_generator_can_ignore_its_exit_but_not_survive() {
    let log = Log::default();
    let generator = refusing(&log, 2);
    generator.next();
    assert_eq!(generator.close(), Err(Error::Runtime("generator ignored GeneratorExit")));
    assert_eq!(generator.state(), GeneratorState::Suspended);
    assert_eq!(generator.resume(()), Ok(Step::Returned(7)));
    log.expect(&["refused"]);
    let swallowing = refusing(&log, 1);
    swallowing.next();
    assert_eq!(swallowing.close(), Ok(()));
    log.expect(&["refused"]);
    // One that dies is dropped where it stands, and the complaint goes to the hook.
    let complaints = Log::default();
    let sink = complaints.clone();
    let former = gc::set_unraisable_hook(Some(std::rc::Rc::new(move |error| sink.add(error.message().unwrap()))));
    let dying = refusing(&log, 100);
    dying.next();
    drop(dying);
    gc::set_unraisable_hook(former);
    log.expect(&["refused"]);
    complaints.expect(&["Runtime(\"generator ignored GeneratorExit\")"]);
}

#[test]
fn a_running_generator_is_not_resumed() {
    let generator: Raising = Generator::raising((), async |mut co, ()| {
        let itself: Raising = ITSELF.take().unwrap();
        assert_eq!(itself.state(), GeneratorState::Running);
        assert_eq!(itself.next(), Some(Err(Error::Value("generator already executing"))));
        assert_eq!(itself.close(), Err(Error::Value("generator already executing")));
        co.suspend(1, ()).await.0?;
        Ok(0)
    });
    thread_local! {
        static ITSELF: std::cell::RefCell<Option<Raising>> = const { std::cell::RefCell::new(None) };
    }
    ITSELF.set(Some(generator.clone()));
    assert_eq!(generator.next(), Some(Ok(1)));
    assert_eq!(generator.next(), None);
}

#[test]
fn exceptions_can_be_panics() {
    let failing: Generator<i32, (), (), Panics<Error>> =
        Generator::raising((), async |_, ()| Err(Error::Value("no luck")));
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| failing.next())).unwrap_err();
    assert_eq!(*panic.downcast::<String>().unwrap(), "Value(\"no luck\")");
    assert_eq!(failing.next(), None);
    assert_eq!(failing.with_failure::<Raises<Error>>().next(), None);
}
