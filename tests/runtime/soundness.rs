//! What safe code might do to the runtime, and must not.

use std::cell::{Cell, RefCell};
use std::marker::PhantomPinned;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use refcycle::gc::{self, callbacks};
use refcycle::{Gc, Trace, Tracer, managed};

use crate::support::{Unraisables, fresh, panic_quietly};

/// Too large for a block, with a finalizer.
struct Huge {
    other: RefCell<Option<Gc<Huge>>>,
    del: fn(&Gc<Huge>),
    _space: [u64; 200],
}

// SAFETY: reports all its references.
unsafe impl Trace for Huge {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.other.trace(tracer);
    }

    fn finalizer() -> Option<fn(&Gc<Self>)> {
        Some(|this| (this.del)(this))
    }
}

thread_local! {
    static SAVED: RefCell<Option<Gc<Huge>>> = const { RefCell::new(None) };
}

#[test]
fn a_large_object_that_revives_itself_while_a_collection_runs_is_listed_once() {
    fresh(|| {
        let huge = |del| Gc::new(Huge { other: RefCell::default(), del, _space: [0; 200] });
        // Its finalizer comes first, and takes the last reference from the second, which revives itself.
        let first = huge(|this| drop(this.other.take()));
        let second = huge(|this| SAVED.set(Some(this.clone())));
        *first.other.borrow_mut() = Some(second.clone());
        *second.other.borrow_mut() = Some(first.clone());
        drop((first, second));
        gc::collect_generation(0);
        let saved = SAVED.take().unwrap();
        saved.other.take();
        drop(saved);
        // Looks at every slot that is listed as young.
        gc::collect_generation(0);
        gc::collect();
        assert_eq!(gc::get_objects(None).len(), 0);
    });
}

thread_local! {
    static OTHER: RefCell<Option<Gc<Cloned>>> = const { RefCell::new(None) };
    static STOLEN: RefCell<Vec<Gc<Cloned>>> = const { RefCell::new(Vec::new()) };
}

struct Cloned(u64);

// SAFETY: it owns no reference.
unsafe impl Trace for Cloned {
    fn trace(&self, _: &mut Tracer<'_>) {}

    fn finalizer() -> Option<fn(&Gc<Self>)> {
        Some(|_| {
            let objects = gc::get_objects(None).into_iter().filter_map(|object| object.downcast::<Cloned>().ok());
            STOLEN.with_borrow_mut(|stolen| stolen.extend(objects));
        })
    }
}

impl Clone for Cloned {
    fn clone(&self) -> Self {
        drop(OTHER.take());
        Cloned(self.0 + 1)
    }
}

#[test]
fn what_make_mut_lends_nobody_else_has() {
    fresh(|| {
        let mut object = Gc::new(Cloned(1));
        OTHER.set(Some(object.clone()));
        // The clone drops the other reference, so the old object dies where the new one takes its place.
        let value = Gc::make_mut(&mut object);
        let stolen = STOLEN.take();
        assert!(stolen.iter().all(|stolen| !std::ptr::eq(&**stolen, value)), "it has been found by another way");
        value.0 += 1;
        assert_eq!(object.0, 3);
    });
}

#[managed]
struct Cellar {
    number: u64,
    #[managed(mut)]
    inner: Option<Gc<Cellar>>,
}

#[test]
fn no_number_of_holds_lets_deaths_through() {
    fresh(|| {
        let outer = Cellar::new(1, Some(Cellar::new(2, None)));
        let mut holds = Vec::new();
        let all = catch_unwind(AssertUnwindSafe(|| holds.extend((0..1 << 16).map(|_| gc::hold()))));
        if all.is_ok() {
            let lent = outer.inner_in(&holds[0]).unwrap();
            outer.set_inner(None);
            let others: Vec<_> = (0..100).map(|_| Cellar::new(7, None)).collect();
            assert_eq!((lent.number, others.len()), (2, 100));
        }
        drop(holds);
        outer.set_inner(None);
        drop(outer);
        assert_eq!(gc::get_objects(None).len(), 0, "deaths wait no longer");
    });
}

#[test]
fn a_cycle_that_was_closed_by_what_a_hold_lends_is_collected() {
    fresh(|| {
        let crowd: Vec<_> = (0..100).map(|_| Cellar::new(0, None)).collect();
        let outer = Cellar::new(1, Some(Cellar::new(2, None)));
        let hold = gc::hold();
        let lent = outer.inner_in(&hold).unwrap();
        // The only reference moves into the object: none is dropped.
        lent.set_inner(outer.take_inner());
        drop(hold);
        assert_eq!(gc::collect(), 1);
        drop(crowd);
    });
}

struct Pinned {
    _marker: PhantomPinned,
    address: Cell<usize>,
    me: RefCell<Option<std::pin::Pin<Gc<Pinned>>>>,
}

// SAFETY: reports all its references.
unsafe impl Trace for Pinned {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.me.trace(tracer);
    }
}

impl Clone for Pinned {
    fn clone(&self) -> Self {
        Pinned { _marker: PhantomPinned, address: Cell::new(0), me: RefCell::default() }
    }
}

#[test]
fn a_pinned_value_does_not_move_whoever_finds_it() {
    fresh(|| {
        let pinned = Gc::pin(Pinned { _marker: PhantomPinned, address: Cell::new(0), me: RefCell::default() });
        pinned.address.set(std::ptr::from_ref(&*pinned).addr());
        let mut found = gc::get_objects(None).pop().unwrap().downcast::<Pinned>().ok().unwrap();
        drop(pinned);
        assert!(Gc::get_mut(&mut found).is_none());
        let Err(mut found) = Gc::try_unwrap(found) else { panic!("moved") };
        assert_eq!(found.address.get(), Gc::as_ptr(&found).addr());
        // In another object, as if there were other references.
        assert_eq!(Gc::make_mut(&mut found).address.get(), 0);
    });
}

#[managed]
#[derive(Debug)]
struct Shown {
    #[managed(mut)]
    me: Option<Gc<Shown>>,
}

#[test]
fn objects_can_be_shown_while_their_thread_ends() {
    struct Del(std::sync::mpsc::Sender<String>, RefCell<Option<Gc<Del>>>, Gc<Shown>);
    // SAFETY: reports all its references.
    unsafe impl Trace for Del {
        fn trace(&self, tracer: &mut Tracer<'_>) {
            self.1.trace(tracer);
            self.2.trace(tracer);
        }

        fn finalizer() -> Option<fn(&Gc<Self>)> {
            Some(|this| this.0.send(format!("{:?}", this.2)).unwrap())
        }
    }
    let (sender, texts) = std::sync::mpsc::channel();
    fresh(move || {
        let del = Gc::new(Del(sender, RefCell::default(), Shown::new(None)));
        assert_eq!(format!("{:?}", del.2), "Shown { me: None }");
        *del.1.borrow_mut() = Some(del.clone());
    });
    assert_eq!(texts.try_recv().as_deref(), Ok("Shown { me: None }"));
}

#[test]
fn a_callback_that_dies_with_a_panic_leaves_the_collector_as_it_was() {
    struct Loud;
    impl Drop for Loud {
        fn drop(&mut self) {
            panic_quietly("dropped");
        }
    }
    fresh(|| {
        let reports = Unraisables::record();
        let id = Rc::new(Cell::new(None));
        let (own, loud) = (id.clone(), Loud);
        id.set(Some(callbacks::append(move |_, _| {
            let _ = &loud;
            if let Some(id) = own.take() {
                callbacks::remove(id);
            }
        })));
        gc::collect();
        assert_eq!(reports.take().len(), 1);
        let node = Cellar::new(1, None);
        node.set_inner(Some(node.clone()));
        drop(node);
        assert_eq!(gc::collect(), 1);
    });
}
