//! A script that is a whole program, and what happens at the end of one: threads are waited for, functions of `atexit` and
//! promises of `weakref.finalize` are called, and what global names and class attributes still hold is finalized.
//!
//! CPython lets go of a module's names all at once: the names, the functions and the classes of a module refer to each
//! other, so they are one dead cycle, and whatever only they reach is finalized by the collector, in the order of creation,
//! weak references first. A `Module` is that cycle here.

use super::exceptions::SYSTEM_EXIT;
use super::protocol::Show;
use super::{Exception, Result, atexit, threading};
use crate::collector;
use crate::pointer::Gc;
use crate::script::Attr;
use crate::trace::{Trace, Tracer};
use crate::weak::{self, NoPromises};
use core::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::ExitCode;

/// How the statements of a program ended.
pub struct Ended {
    result: Result<()>,
    globals: Box<dyn Trace>,
}

impl Ended {
    /// With this result, and these values of global names.
    pub fn new(result: Result<()>, globals: impl Trace) -> Ended {
        Ended { result, globals: Box::new(globals) }
    }
}

/// Runs a program: its statements, and what happens at its end. An exception that nobody catches is reported on the
/// standard error stream; a SystemExit decides the status.
pub fn run(script: impl FnOnce() -> Ended) -> ExitCode {
    let (ended, panic) = match catch_unwind(AssertUnwindSafe(script)) {
        Ok(ended) => (ended, None),
        Err(payload) => (Ended::new(Ok(()), ()), Some(payload)),
    };
    let Ended { result, globals } = ended;
    let (status, last) = match result {
        Ok(()) => (0, None),
        Err(exception) if exception.is(&SYSTEM_EXIT) => (exit_status(&exception), None),
        Err(exception) => {
            eprintln!("{:#}", exception.report());
            // Kept with the frames that it has left, as `sys.last_value` is.
            (1, Some(exception))
        }
    };
    call_functions();
    drop(last);
    finalize(globals);
    match panic {
        Some(payload) => resume_unwind(payload),
        None => ExitCode::from(status),
    }
}

/// What `sys.exit(code)` makes the status; a text is printed.
fn exit_status(exception: &Exception) -> u8 {
    let code = exception.first_argument();
    if code.is_none() {
        return 0;
    }
    if let Some(code) = code.get::<i64>() {
        // The operating system takes the last byte, as it does from Python.
        return code as u8;
    }
    eprintln!("{}", code.str().unwrap_or_default());
    1
}

/// The end of a program that has no global names, or of a thread.
pub(crate) fn finish() {
    call_functions();
    finalize(Box::new(()));
}

fn call_functions() {
    threading::join_all();
    atexit::run();
    weak::run_at_exit();
}

fn finalize(globals: Box<dyn Trace>) {
    // Promises that are left are not kept any more, even if their objects die now.
    let (_no_promises, kept) = NoPromises::begin();
    Module::abandon((globals, kept));
    collector::collect_all();
}

/// Goes to the class attribute of a thread-local variable, if that still is.
type Visit = fn(&mut dyn FnMut(&dyn ClassAttribute));

/// A class attribute, whatever its type.
pub trait ClassAttribute: Trace {
    /// Unsets it.
    fn clear(&self);
}

impl<T: Trace> ClassAttribute for Attr<T> {
    fn clear(&self) {
        self.unset_quietly();
    }
}

thread_local! {
    static CLASS_ATTRIBUTES: RefCell<Vec<Visit>> = const { RefCell::new(Vec::new()) };
}

/// A class attribute that lies in a thread-local variable, where `visit` finds it.
pub fn class_attribute<T: Trace>(value: T, visit: Visit) -> Attr<T> {
    // While the thread ends nobody will ask for it.
    let _ = CLASS_ATTRIBUTES.try_with(|attributes| attributes.borrow_mut().push(visit));
    Attr::new(value)
}

/// The global names of a program and the class attributes of a thread, as an object that nothing but itself refers to.
struct Module {
    globals: Box<dyn Trace>,
    /// This module alone knows them from now on, so what they hold is traced once.
    attributes: Vec<Visit>,
    this: RefCell<Option<Gc<Module>>>,
}

impl Module {
    /// Leaves it all to the next collection.
    fn abandon(globals: impl Trace) {
        let attributes = CLASS_ATTRIBUTES.try_with(|attributes| attributes.take()).unwrap_or_default();
        let module = Gc::new(Module { globals: Box::new(globals), attributes, this: RefCell::new(None) });
        module.this.replace(Some(module.clone()));
    }

    fn for_each_attribute(&self, visit: &mut dyn FnMut(&dyn ClassAttribute)) {
        self.attributes.iter().for_each(|attribute| attribute(visit));
    }
}

// SAFETY: the globals and the pointer to itself are what its fields own. The class attributes lie in thread-local variables,
// but nobody else reports what they hold, and `Drop` takes it from them.
unsafe impl Trace for Module {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.globals.trace(tracer);
        self.for_each_attribute(&mut |attribute| attribute.trace(tracer));
        self.this.trace(tracer);
    }

    fn type_name() -> &'static str {
        "module"
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        self.for_each_attribute(&mut |attribute| attribute.clear());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::exceptions::VALUE_ERROR;
    use crate::builtins::testing::{Noisy, log, say};
    use crate::builtins::{Function, List, Str, sys};

    fn status(result: Result<()>) -> String {
        format!("{:?}", run(|| Ended::new(result, ())))
    }

    fn code(code: u8) -> String {
        format!("{:?}", ExitCode::from(code))
    }

    #[test]
    fn the_status_is_that_of_the_exit() {
        assert_eq!(status(Ok(())), code(0));
        assert_eq!(status(sys::exit(3i64)), code(3));
        assert_eq!(status(sys::exit(-1i64)), code(255));
        assert_eq!(status(sys::exit(())), code(0));
        assert_eq!(status(sys::exit(Str::lit("no luck"))), code(1));
        assert_eq!(status(Err(Exception::new(&VALUE_ERROR, "no luck"))), code(1));
    }

    #[test]
    fn globals_die_after_the_functions_in_the_order_of_creation() {
        let bye = Function::new("bye", (), |(), ()| {
            say("bye");
            Ok(())
        });
        let _ = run(|| {
            atexit::register(&bye, ());
            let (a, b) = (Noisy::new("a"), Noisy::new("b"));
            let list = List::from([b, a]);
            Ended::new(Ok(()), (list.clone(), list))
        });
        assert_eq!(log(), ["bye", "a", "b"]);
    }

    #[test]
    fn what_an_exception_keeps_outlives_the_functions() {
        let bye = Function::new("bye", (), |(), ()| {
            say("bye");
            Ok(())
        });
        atexit::register(&bye, ());
        let failed = Exception::new(&VALUE_ERROR, "no luck").keep(Box::new(Noisy::new("local")));
        let _ = run(|| Ended::new(Err(failed), ()));
        assert_eq!(log(), ["bye", "local"]);
    }

    thread_local! {
        static SAVED: Attr<List<Gc<Noisy>>> =
            class_attribute(List::new(), |visit| { let _ = SAVED.try_with(|value| visit(value)); });
    }

    #[test]
    fn class_attributes_can_be_used_while_what_they_hold_is_finalized() {
        let saved = || SAVED.with(|saved| saved.get("C", "saved")).unwrap();
        saved().append(Noisy::then("a", move || say(format!("{} saved", saved().count_items()))));
        finish();
        assert_eq!(log(), ["a", "1 saved"]);
        assert!(SAVED.with(|saved| saved.get("C", "saved")).is_err());
    }

    #[test]
    fn a_panic_ends_the_program_properly() {
        let panic = catch_unwind(|| {
            run(|| {
                let _local = Noisy::new("local");
                List::from([Noisy::new("item")]).append(Noisy::new("other"));
                crate::builtins::weakref::finalize(&Noisy::new("x"), &Function::new("f", (), |(), ()| Ok(())), ());
                std::panic::resume_unwind(Box::new("no luck"))
            })
        });
        assert_eq!(panic.unwrap_err().downcast_ref::<&str>(), Some(&"no luck"));
        assert_eq!(log(), ["other", "item", "x", "local"]);
    }
}
