//! What a thread leaves behind in its thread-locals: they die in any order, after or before its heap.

use super::exceptions::VALUE_ERROR;
use super::testing::Noisy;
use super::{Any, Cell, Exception, Function, List, atexit, gc, sys, weakref};

#[test]
fn a_thread_may_end_with_hooks_and_weak_references_in_place() {
    let thread = std::thread::spawn(|| {
        let object = Noisy::new("object");
        let _weak = weakref::reference(&object);
        let cell = Cell::new(object.clone());
        sys::set_unraisablehook(Some(Function::new("hook", cell.clone(), |_, _| Ok(()))));
        gc::callbacks().append(Function::new("callback", cell.clone(), |_, _| Ok(())));
        gc::garbage().append(Any::from(List::from([1i64])));
        atexit::register(&Function::new("late", cell, |_, ()| Ok(())), ());
        sys::unraisable(Exception::new(&VALUE_ERROR, "x"), "f");
        gc::collect(2).unwrap();
    });
    thread.join().unwrap();
}
