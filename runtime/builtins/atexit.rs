//! Python's `atexit`: functions for the end of the program.

use super::protocol::Identity;
use super::sys::unraisable;
use super::{Arguments, Function};
use crate::weak;
use core::cell::{Cell, RefCell};

/// A function that was registered, with its arguments.
struct Registered {
    /// The function's identity.
    id: i64,
    call: Function<(), ()>,
}

thread_local! {
    static FUNCTIONS: RefCell<Vec<Registered>> = const { RefCell::new(Vec::new()) };
    static HAS_FINALIZERS: Cell<bool> = const { Cell::new(false) };
}

/// `atexit.register(function, *arguments)`
pub fn register<A: Arguments, R: 'static>(function: &Function<A, R>, arguments: A) {
    let call = Function::new(function.name(), (function.clone(), arguments), |(function, arguments), ()| {
        function.call(arguments.clone()).map(drop)
    });
    push(Registered { id: function.id(), call });
}

fn push(registered: Registered) {
    FUNCTIONS.with_borrow_mut(|functions| functions.push(registered));
}

/// Lets the functions of [`weakref.finalize`](super::weakref::finalize) be called in the place of a function that is
/// registered now, unless they have a place already.
pub(super) fn register_finalizers() {
    if !HAS_FINALIZERS.replace(true) {
        let call = Function::new("finalize", (), |(), ()| {
            weak::run_at_exit();
            Ok(())
        });
        push(Registered { id: call.id(), call });
    }
}

/// `atexit.unregister(function)`: as often as it was registered.
pub fn unregister<A: 'static, R: 'static>(function: &Function<A, R>) {
    let id = function.id();
    let removed: Vec<Registered> =
        FUNCTIONS.with_borrow_mut(|functions| functions.extract_if(.., |known| known.id == id).collect());
    drop(removed);
}

/// Calls the registered functions, the last registered first; what one raises goes to the hook for unraisable exceptions,
/// and doesn't keep the others from being called. Functions registered meanwhile aren't called.
pub fn run() {
    // A thread that ends may have lost them already.
    let take = || FUNCTIONS.try_with(|functions| functions.take()).unwrap_or_default();
    for Registered { call, .. } in take().into_iter().rev() {
        if let Err(exception) = call.call(()) {
            unraisable(exception, call.name());
        }
    }
    let late = take();
    let _ = HAS_FINALIZERS.try_with(|has_finalizers| has_finalizers.set(false));
    drop(late);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::exceptions::VALUE_ERROR;
    use crate::builtins::protocol::Show;
    use crate::builtins::testing::{log, say};
    use crate::builtins::{Exception, Result, Str, UnraisableHookArgs, sys};

    #[test]
    fn the_last_registered_is_called_first() {
        let note = Function::new("note", (), |(), (text,): (Str,)| {
            say(text);
            Ok(())
        });
        let removed = Function::new("removed", (), |(), ()| {
            say("removed");
            Ok(())
        });
        register(&note, (Str::lit("first"),));
        register(&removed, ());
        register(&note, (Str::lit("last"),));
        register(&removed, ());
        unregister(&removed);
        run();
        run();
        assert_eq!(log(), ["last", "first"]);
    }

    #[test]
    fn what_one_raises_does_not_stop_the_others() {
        let failing = Function::new("failing", (), |(), ()| -> Result<()> { Err(Exception::new(&VALUE_ERROR, "no")) });
        let hook = Function::new("hook", (), |(), (args,): (UnraisableHookArgs,)| {
            say(args.exc_value.str()?);
            Ok(())
        });
        let late = Function::new("late", (), |(), ()| {
            say("late");
            Ok(())
        });
        let registering = Function::new("registering", late, |late: &Function<(), ()>, ()| {
            say("registers another");
            register(late, ());
            Ok(())
        });
        sys::set_unraisablehook(Some(hook));
        register(&registering, ());
        register(&failing, ());
        run();
        sys::set_unraisablehook(None);
        assert_eq!(log(), ["no", "registers another"]);
    }
}
