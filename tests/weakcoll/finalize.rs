use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Mutex;

use refcycle::{Gc, WeakRef, finalize, gc};

use super::{item, looped, saved};
use crate::support::{events, fresh, log, panic_quietly};

fn note(label: &'static str) {
    log(format!("finalize {label}"));
}

#[test]
fn it_runs_once_at_death_or_when_called() {
    let a = item("a");
    let f = finalize(&a, ("fa", 1), |(label, code)| {
        log(format!("cleanup {label} {code}"));
        format!("{label}!")
    });
    assert!(f.alive());
    drop(a);
    assert!(!f.alive());
    assert_eq!(f.call(), None);
    assert_eq!(events(), ["del a", "cleanup fa 1"]);

    let b = item("b");
    let g = finalize(&b, "fb", |label| format!("{label}!"));
    assert_eq!(g.call().as_deref(), Some("fb!"));
    assert!(!g.alive());
    drop(b);
    assert_eq!(events(), ["del b"]);

    let c = item("c");
    let h = finalize(&c, "fc", note);
    let (object, state) = h.detach().unwrap();
    assert!(Gc::ptr_eq(&object, &c));
    assert_eq!(state, "fc");
    assert!(!h.alive() && h.detach().is_none() && h.peek().is_none());
    drop((c, object));
    assert_eq!(events(), ["del c"]);
}

#[test]
fn several_run_newest_first_and_keep_themselves_alive() {
    let t = item("t");
    finalize(&t, "1", note);
    let second = finalize(&t, "2", note);
    finalize(&t, "3", note);
    let fourth = finalize(&t, "4", note);
    fourth.detach();
    second.call();
    log("drop");
    drop(t);
    assert_eq!(events(), ["finalize 2", "drop", "del t", "finalize 3", "finalize 1"]);
}

#[test]
fn its_state_is_kept_until_it_has_run() {
    let (object, state) = (item("object"), item("state"));
    let f = finalize(&object, state.clone(), |state| log(format!("with {}", state.name)));
    drop(state);
    drop(f);
    assert!(events().is_empty());
    drop(object);
    assert_eq!(events(), ["del object", "with state", "del state"]);
}

#[test]
fn in_a_collection_they_run_before_finalizers() {
    let (a, b) = (item("a"), item("b"));
    a.set_me(Some(b.clone()));
    b.set_me(Some(a.clone()));
    finalize(&b, "of b", note);
    finalize(&a, "of a", note);
    drop((a, b));
    assert!(events().is_empty());
    gc::collect();
    // By referent in the order of creation.
    assert_eq!(events(), ["finalize of a", "finalize of b", "del a", "del b"]);
}

#[test]
fn an_object_that_comes_back_keeps_them() {
    let phoenix = item("p");
    phoenix.set_comes_back(true);
    let f = finalize(&phoenix, "p", note);
    drop(phoenix);
    assert!(f.alive());
    drop(saved());
    assert!(!f.alive());
    assert_eq!(events(), ["del p", "finalize p"]);
}

#[test]
fn a_panic_is_unraisable_or_the_callers() {
    let a = item("a");
    gc::set_unraisable_hook(Some(Rc::new(|error| log(error.to_string()))));
    let fail = |label: &'static str| panic_quietly(label);
    let f = finalize(&a, "in a", fail);
    drop(a);
    assert!(!f.alive());
    assert_eq!(events(), ["del a", "Exception ignored in: finalize of Item: in a"]);
    let b = item("b");
    let g = finalize(&b, "in b", fail);
    assert!(catch_unwind(AssertUnwindSafe(|| g.call())).is_err());
    assert!(!g.alive());
    drop(b);
    assert_eq!(events(), ["del b"]);
    gc::set_unraisable_hook(None);
}

#[test]
fn callbacks_and_finalizers_run_newest_first_together() {
    let a = item("a");
    let first = WeakRef::with_callback(&a, (), |(), _| log("callback 1"));
    finalize(&a, "2", note);
    let third = WeakRef::with_callback(&a, (), |(), _| log("callback 3"));
    drop(a);
    assert_eq!(events(), ["del a", "callback 3", "finalize 2", "callback 1"]);
    drop((first, third));
}

#[test]
fn pending_ones_run_at_exit_newest_first() {
    let log = fresh(|| {
        let kept = item("kept");
        finalize(&kept, "first", note);
        finalize(&kept, "second", note).at_exit(false);
        finalize(&kept, kept.clone(), |kept| {
            log("third registers another");
            finalize(&kept, "fourth", note);
        });
        gc::shutdown();
        events()
    });
    assert_eq!(log, ["third registers another", "finalize fourth", "finalize first"]);
}

#[test]
fn a_thread_that_ends_runs_them() {
    static LOG: Mutex<Vec<&str>> = Mutex::new(Vec::new());
    fn note(label: &'static str) {
        LOG.lock().unwrap().push(label);
    }
    thread_local! {
        static KEPT: RefCell<Option<Gc<u8>>> = const { RefCell::new(None) };
    }
    fresh(|| {
        let object = Gc::new(1_u8);
        finalize(&object, "old", note);
        finalize(&object, "new", note);
        KEPT.set(Some(object));
    });
    assert_eq!(*LOG.lock().unwrap(), ["new", "old"]);
}

#[test]
fn what_is_not_for_the_exit_is_dropped_there() {
    let (alive, log) = fresh(|| {
        let kept = looped("kept");
        let f = finalize(&kept, item("state"), |_| ()).at_exit(false);
        assert!(!f.is_at_exit());
        gc::shutdown();
        (f.alive(), events())
    });
    assert!(!alive);
    assert_eq!(log, ["del state"]);
}
