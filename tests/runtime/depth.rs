//! Nothing recurses without a bound: structures of ten million objects on a stack of 64 KiB above the runtime's needs.
//!
//! `REFCYCLE_DEPTH` sets another number of objects, for tools under which each takes long; `REFCYCLE_STACK_KIB` another
//! stack, for tools that make frames larger.

use std::cell::RefCell;
use std::sync::Mutex;
use std::thread;

use refcycle::{Gc, Trace, Tracer, WeakRef, gc};

use crate::support::{OnDrop, alive, setting};

/// What fifty nested deaths take, as `runtime/death.rs` says, and what a thread needs before it runs anything.
const NEEDS_KIB: u64 = if cfg!(debug_assertions) { 96 } else { 16 };

fn depth() -> usize {
    setting("REFCYCLE_DEPTH", 10_000_000) as usize
}

/// Runs one test at a time, since each takes much memory, on a small stack.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let stack = setting("REFCYCLE_STACK_KIB", NEEDS_KIB + 64) as usize * 1024;
    thread::Builder::new().stack_size(stack).spawn(test).unwrap().join().unwrap();
}

/// An element of a list.
struct Element {
    next: RefCell<Option<Gc<Element>>>,
}

// SAFETY: reports its reference.
unsafe impl Trace for Element {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.next.trace(tracer);
    }

    fn drops_quietly() -> bool {
        true
    }
}

/// A list, its first and its last element.
fn list() -> (Gc<Element>, Gc<Element>) {
    let last = Gc::new(Element { next: RefCell::new(None) });
    let mut first = last.clone();
    for _ in 1..depth() {
        first = Gc::new(Element { next: RefCell::new(Some(first)) });
    }
    (first, last)
}

#[test]
fn a_list_of_ten_million_is_dropped_and_traced() {
    on_a_small_stack(|| {
        let (first, last) = list();
        assert_eq!(gc::collect(), 0);
        let weak = Gc::downgrade(&last);
        drop(last);
        drop(first);
        assert!(weak.upgrade().is_none());
        assert_eq!(gc::get_objects(None).len(), 0);
    });
}

#[test]
fn a_cycle_of_ten_million_is_collected() {
    on_a_small_stack(|| {
        let (first, last) = list();
        *last.next.borrow_mut() = Some(first);
        drop(last);
        assert_eq!(gc::collect(), depth());
    });
}

/// An object whose reference lies in a box, with a `Drop` that the runtime has to guard.
struct Boxed {
    next: Option<Box<Gc<Boxed>>>,
    _on_drop: OnDrop,
}

// SAFETY: reports its reference; `OnDrop` uses none.
unsafe impl Trace for Boxed {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.next.trace(tracer);
    }
}

#[test]
fn a_chain_of_ten_million_boxes_in_objects_is_dropped_and_traced() {
    on_a_small_stack(|| {
        let mut chain = Gc::new(Boxed { next: None, _on_drop: OnDrop::nothing() });
        for _ in 1..depth() {
            chain = Gc::new(Boxed { next: Some(Box::new(chain)), _on_drop: OnDrop::nothing() });
        }
        assert_eq!((gc::collect(), alive()), (0, depth()));
        drop(chain);
        assert_eq!(alive(), 0);
    });
}

/// An object with all that takes stack when it dies: a finalizer, a callback, a guarded `Drop`.
struct Heavy {
    next: Option<Box<Gc<Heavy>>>,
    me: RefCell<Option<WeakRef<Heavy>>>,
    _on_drop: OnDrop,
}

// SAFETY: reports its references; `OnDrop` uses none.
unsafe impl Trace for Heavy {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.next.trace(tracer);
        self.me.trace(tracer);
    }

    fn finalizer() -> Option<fn(&Gc<Self>)> {
        Some(|this| drop(this.clone()))
    }
}

#[test]
fn a_chain_of_objects_with_finalizers_and_callbacks_is_dropped() {
    on_a_small_stack(|| {
        let mut chain = None;
        for _ in 0..depth() / 20 {
            let me = RefCell::default();
            let object = Gc::new(Heavy { next: chain.map(Box::new), me, _on_drop: OnDrop::nothing() });
            let watch = WeakRef::with_callback(&object, (), |(), watch| assert!(watch.upgrade().is_none()));
            *object.me.borrow_mut() = Some(watch);
            chain = Some(object);
        }
        drop(chain);
        assert_eq!(alive(), 0);
    });
}
