//! Objects whose value is written after they are made.

use std::mem::MaybeUninit;

use refcycle::{Gc, Trace, Tracer, gc};

use crate::support::{Del, Node, OnDrop, alive, events, fresh, log, ring};

#[test]
fn a_value_written_later_is_like_any_other() {
    fresh(|| {
        let mut object = Gc::<String>::new_uninit();
        Gc::get_mut(&mut object).unwrap().write(String::from("late"));
        let weak = Gc::downgrade(&object);
        // SAFETY: just written.
        let object = unsafe { object.assume_init() };
        assert_eq!(*object, "late");
        assert!(weak.upgrade().is_none(), "a weak reference to an unwritten value is not one to the value");
        assert_eq!((Gc::strong_count(&object), Gc::weak_count(&object)), (1, 0));
    });
}

#[test]
fn what_was_never_written_is_not_dropped() {
    fresh(|| {
        drop(Gc::<Node>::new_uninit());
        assert_eq!(alive(), 0);
        // SAFETY: zero bytes are a number.
        assert_eq!(*unsafe { Gc::<u64>::new_zeroed().assume_init() }, 0);
    });
}

/// Large, with a finalizer and a drop.
struct Large {
    me: std::cell::RefCell<Option<Gc<Large>>>,
    _space: [u64; 500],
    _on_drop: OnDrop,
}

// SAFETY: the pointer is all that it owns.
unsafe impl Trace for Large {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.me.trace(tracer);
    }

    fn finalizer() -> Option<fn(&Gc<Self>)> {
        Some(|_| log("del large"))
    }
}

/// # Safety
/// As for `assume_init`.
unsafe fn write(mut object: Gc<MaybeUninit<Large>>) -> Gc<Large> {
    let value = Large { me: Default::default(), _space: [0; 500], _on_drop: OnDrop::nothing() };
    Gc::get_mut(&mut object).unwrap().write(value);
    // SAFETY: just written.
    unsafe { object.assume_init() }
}

#[test]
fn an_object_that_got_older_before_its_value_was_written_dies_like_any_other() {
    fresh(|| {
        let objects: Vec<_> = (0..10).map(|_| Gc::<Large>::new_uninit()).collect();
        gc::collect_generation(0);
        let more: Vec<_> = (0..100).map(|_| Node::new()).collect();
        // SAFETY: `write` writes before it assumes.
        let mut objects: Vec<_> = objects.into_iter().map(|object| unsafe { write(object) }).collect();
        while !objects.is_empty() {
            drop(objects.swap_remove(objects.len() / 2));
            assert_eq!(alive(), objects.len() + more.len());
        }
        assert_eq!(events(), ["del large"; 10]);
        gc::collect_generation(1);
        drop(more);
        assert_eq!(alive(), 0);
    });
}

#[test]
fn a_value_written_later_is_collected_and_finalized() {
    fresh(|| {
        // SAFETY: `write` writes before it assumes.
        let object = unsafe { write(Gc::<Large>::new_uninit()) };
        *object.me.borrow_mut() = Some(object.clone());
        drop(object);
        assert_eq!(gc::collect(), 1);
        assert_eq!((events(), alive()), (vec![String::from("del large")], 0));
    });
}

#[test]
fn other_references_that_a_collection_drops_meanwhile_are_not_counted_again() {
    fresh(|| {
        let mut object = Gc::<[Option<Gc<Node>>; 1]>::new_uninit();
        Gc::get_mut(&mut object).unwrap().write([None]);
        let holder = object.clone();
        gc::collect();
        // The next object to be listed as young starts a collection, which drops the other reference.
        gc::set_threshold(1, 100, 100);
        Del::into_cycle(Del::new(move |_| log(Gc::strong_count(&holder).to_string())));
        drop(ring(1));
        // SAFETY: it was written; the other reference is dropped only.
        let object = unsafe { object.assume_init() };
        gc::collect();
        assert_eq!(events(), ["2"]);
        assert_eq!((object.len(), Gc::strong_count(&object)), (1, 1));
    });
}
