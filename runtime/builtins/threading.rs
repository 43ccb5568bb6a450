//! Python's `threading.Thread`, for functions whose arguments can be sent: each thread has a heap of its own.

use super::exceptions::{RUNTIME_ERROR, SYSTEM_EXIT};
use super::protocol::{Equal, Identity, Show, Truth};
use super::{Bytes, Exception, Result, Str, output, program, unraisable};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use core::cell::RefCell;
use std::thread::JoinHandle;

/// Values that can be given to another thread: they are copied, since no reference to an object leaves its thread.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` can't be given to another thread",
    label = "only numbers, text and tuples of them can",
    note = "every thread has its own objects; make them in the function that the thread runs"
)]
pub trait Portable {
    /// The form that is sent.
    type Sent: Send + 'static;

    /// What is sent.
    fn send(&self) -> Self::Sent;

    /// The value on the other thread.
    fn receive(sent: Self::Sent) -> Self;
}

macro_rules! plain {
    ($($type:ty),+) => {$(
        impl Portable for $type {
            type Sent = $type;

            fn send(&self) -> $type {
                *self
            }

            fn receive(sent: $type) -> $type {
                sent
            }
        }
    )+};
}

plain!(i64, f64, bool, ());

impl Portable for Str {
    type Sent = String;

    fn send(&self) -> String {
        self.into()
    }

    fn receive(sent: String) -> Str {
        Str::from(sent)
    }
}

impl Portable for Bytes {
    type Sent = Vec<u8>;

    fn send(&self) -> Vec<u8> {
        self.to_vec()
    }

    fn receive(sent: Vec<u8>) -> Bytes {
        Bytes::from(sent)
    }
}

impl<T: Portable> Portable for Option<T> {
    type Sent = Option<T::Sent>;

    fn send(&self) -> Option<T::Sent> {
        self.as_ref().map(T::send)
    }

    fn receive(sent: Option<T::Sent>) -> Option<T> {
        sent.map(T::receive)
    }
}

macro_rules! tuples {
    ($($($type:ident $item:tt)+;)+) => {$(
        impl<$($type: Portable),+> Portable for ($($type,)+) {
            type Sent = ($($type::Sent,)+);

            fn send(&self) -> Self::Sent {
                ($(self.$item.send(),)+)
            }

            fn receive(sent: Self::Sent) -> Self {
                ($($type::receive(sent.$item),)+)
            }
        }
    )+};
}

tuples! {
    A 0;
    A 0 B 1;
    A 0 B 1 C 2;
    A 0 B 1 C 2 D 3;
    A 0 B 1 C 2 D 3 E 4;
    A 0 B 1 C 2 D 3 E 4 F 5;
}

/// Python's `threading.Thread`. What the function leaves behind dies with the thread; a program waits for its threads.
#[derive(Clone)]
pub struct Thread(Gc<ThreadObject>);

struct ThreadObject {
    state: RefCell<State>,
}

thread_local! {
    /// Those that were started and not joined.
    static STARTED: RefCell<Vec<Thread>> = const { RefCell::new(Vec::new()) };
}

/// Waits for the threads that this one has started.
pub(super) fn join_all() {
    // A thread that ends may have lost them already.
    while let Some(thread) = STARTED.try_with(|started| started.borrow_mut().pop()).ok().flatten() {
        if let Err(exception) = thread.join() {
            unraisable(exception, "threading");
        }
    }
}

enum State {
    New(Box<dyn FnOnce() + Send>),
    /// What it prints goes where the output of this thread goes, when it is joined.
    Started(JoinHandle<String>),
    Joined,
}

// SAFETY: what is sent to another thread owns no `Gc`.
unsafe impl Trace for ThreadObject {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn acyclic() -> bool {
        true
    }

    fn type_name() -> &'static str {
        "Thread"
    }
}

// SAFETY: a thread is its one reference.
unsafe impl Trace for Thread {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

impl Thread {
    /// `threading.Thread(target=target, args=arguments)`; `name` is the function's.
    pub fn new<A: Portable + 'static>(name: &'static str, target: fn(A) -> Result<()>, arguments: A) -> Thread {
        let sent = arguments.send();
        let run = move || {
            if let Err(exception) = target(A::receive(sent))
                && !exception.is(&SYSTEM_EXIT)
            {
                eprintln!("Exception in thread ({name}):\n{:#}", exception.report());
            }
            program::finish();
        };
        Thread(Gc::new(ThreadObject { state: RefCell::new(State::New(Box::new(run))) }))
    }

    /// `t.start()`
    pub fn start(&self) -> Result<()> {
        let former = self.0.state.replace(State::Joined);
        let State::New(run) = former else {
            self.0.state.replace(former);
            return Err(Exception::new(&RUNTIME_ERROR, "threads can only be started once"));
        };
        let is_captured = output::is_captured();
        let body = move || if is_captured { output::capture(run) } else { (run(), String::new()).1 };
        let handle = std::thread::Builder::new().spawn(body).map_err(Exception::from_error)?;
        self.0.state.replace(State::Started(handle));
        STARTED.with_borrow_mut(|started| started.push(self.clone()));
        Ok(())
    }

    /// `t.join()`: waits until its function has ended and its objects are dead.
    pub fn join(&self) -> Result<()> {
        match self.0.state.replace(State::Joined) {
            State::New(run) => {
                self.0.state.replace(State::New(run));
                Err(Exception::new(&RUNTIME_ERROR, "cannot join thread before it is started"))
            }
            // A panic has been reported by the thread itself.
            State::Started(handle) => {
                let printed = handle.join().unwrap_or_default();
                STARTED.with_borrow_mut(|started| started.retain(|thread| !thread.is(self)));
                output::write(&printed)
            }
            State::Joined => Ok(()),
        }
    }

    /// `t.is_alive()`
    pub fn is_alive(&self) -> bool {
        matches!(&*self.0.state.borrow(), State::Started(handle) if !handle.is_finished())
    }
}

impl Show for Thread {
    fn type_name(&self) -> &'static str {
        "Thread"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        let state = match &*self.0.state.borrow() {
            State::New(_) => "initial",
            State::Started(handle) if !handle.is_finished() => "started",
            _ => "stopped",
        };
        out.push_str(&format!("<Thread({state})>"));
        Ok(())
    }
}

impl Identity for Thread {
    fn is(&self, other: &Thread) -> bool {
        Gc::ptr_eq(&self.0, &other.0)
    }

    fn id(&self) -> i64 {
        Gc::as_ptr(&self.0).addr() as i64
    }
}

impl Equal for Thread {
    fn eq(&self, other: &Thread) -> Result<bool> {
        Ok(self.is(other))
    }
}

impl Truth for Thread {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

impl core::fmt::Debug for Thread {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.repr().map_err(|_| core::fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::weakref::finalize;
    use crate::builtins::{Cell, Function, List, atexit, capture, print, write};

    fn work((name, count): (Str, i64)) -> Result<()> {
        let list = List::from([name]);
        print(&[list.repr()?, count.str()?], &Str::lit(" "), &Str::lit("\n"))
    }

    #[test]
    fn what_a_thread_prints_appears_when_it_is_joined() {
        let output = capture(|| {
            let thread = Thread::new("work", work, (Str::lit("a"), 3));
            thread.start().unwrap();
            thread.join().unwrap();
            thread.join().unwrap();
            assert_eq!(thread.start().unwrap_err().to_string(), "threads can only be started once");
            assert!(!thread.is_alive());
        });
        assert_eq!(output, "['a'] 3\n");
    }

    #[test]
    fn what_a_thread_leaves_dies_with_it() {
        fn work((): ()) -> Result<()> {
            let said = Function::new("said", (), |(), (text,): (Str,)| write(&text));
            atexit::register(&said, (Str::lit("atexit\n"),));
            let slot: Cell<Function<(), ()>> = Cell::unbound();
            let looped = Function::new("looped", slot.clone(), |_, ()| Ok(()));
            finalize(&looped, &said, (Str::lit("dead\n"),));
            slot.set(looped);
            write("end\n")
        }
        let output = capture(|| {
            let thread = Thread::new("work", work, ());
            thread.start().unwrap();
            drop(thread);
            join_all();
        });
        assert_eq!(output, "end\ndead\natexit\n");
    }

    #[test]
    fn it_must_be_started_before() {
        let thread = Thread::new("work", work, (Str::lit("a"), 3));
        assert_eq!(thread.join().unwrap_err().to_string(), "cannot join thread before it is started");
        assert_eq!(thread.repr().unwrap(), "<Thread(initial)>");
    }
}
