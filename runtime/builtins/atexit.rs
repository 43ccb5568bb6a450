//! Python's `atexit`: functions for the end of the program.

use super::sys::unraisable;
use super::{Function, Result};
use crate::weak;
use core::cell::{Cell, RefCell};

/// A function without arguments.
pub type ExitFunction = Function<(), ()>;

thread_local! {
    static FUNCTIONS: RefCell<Vec<ExitFunction>> = const { RefCell::new(Vec::new()) };
    static HAS_FINALIZERS: Cell<bool> = const { Cell::new(false) };
}

/// `atexit.register(function)`
pub fn register(function: ExitFunction) {
    FUNCTIONS.with_borrow_mut(|functions| functions.push(function));
}

/// Lets the functions of [`weakref.finalize`](super::weakref::finalize) be called in the place of a function that is
/// registered now, unless they have a place already.
pub(super) fn register_finalizers() {
    if !HAS_FINALIZERS.replace(true) {
        register(Function::new("finalize", (), |(), ()| {
            weak::run_at_exit();
            Ok(())
        }));
    }
}

/// `atexit.unregister(function)`
pub fn unregister(function: &ExitFunction) {
    use super::protocol::Identity;
    let removed: Vec<ExitFunction> =
        FUNCTIONS.with_borrow_mut(|functions| functions.extract_if(.., |known| known.is(function)).collect());
    drop(removed);
}

/// Calls the registered functions, the last registered first; what one raises doesn't keep the others from being called.
/// Done at the end of a program, before its objects are finalized. Functions registered meanwhile aren't called.
pub fn run() {
    let functions = FUNCTIONS.with_borrow_mut(core::mem::take);
    for function in functions.into_iter().rev() {
        let result: Result<()> = function.call(());
        if let Err(exception) = result {
            unraisable(exception, function.name());
        }
    }
    let late = FUNCTIONS.with_borrow_mut(core::mem::take);
    HAS_FINALIZERS.set(false);
    drop(late);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::testing::{log, say};

    fn saying(name: &'static str) -> ExitFunction {
        Function::new(name, name, |name, ()| {
            say(*name);
            Ok(())
        })
    }

    #[test]
    fn the_last_registered_is_called_first() {
        let removed = saying("removed");
        register(saying("first"));
        register(removed.clone());
        register(saying("last"));
        unregister(&removed);
        run();
        run();
        assert_eq!(log(), ["last", "first"]);
    }
}
