//! Weak references as objects: many of one object, compared, hashed.

use std::cell::Cell;
use std::collections::HashSet;
use std::rc::Rc;

use refcycle::{Gc, Weak, WeakRef};

const MANY: usize = 100_000;

fn counting(object: &Gc<u8>, calls: &Rc<Cell<usize>>) -> WeakRef<u8> {
    WeakRef::with_callback(object, Gc::new(Counter(calls.clone())), |counter, _| {
        counter.0.set(counter.0.get() + 1);
    })
}

#[derive(refcycle::Trace)]
struct Counter(#[managed(untraced)] Rc<Cell<usize>>);

/// Quadratic time in any order would make this test hang.
#[test]
fn many_callbacks_of_one_object_come_and_go_in_any_order() {
    let calls = Rc::new(Cell::new(0));
    let object = Gc::new(1_u8);
    let mut references: Vec<_> = (0..MANY).map(|_| counting(&object, &calls)).collect();
    assert_eq!(Gc::weak_count(&object), MANY);
    while references.pop().is_some() {}
    assert_eq!(Gc::weak_count(&object), 0);

    let references: Vec<_> = (0..MANY).map(|_| counting(&object, &calls)).collect();
    let mut oldest_first = references.into_iter();
    oldest_first.by_ref().take(MANY / 2).for_each(drop);
    assert_eq!(Gc::weak_count(&object), MANY / 2);
    drop(object);
    assert_eq!(calls.get(), MANY / 2);
}

#[test]
fn living_ones_compare_as_their_objects() {
    let (a, b) = (Gc::new(String::from("x")), Gc::new(String::from("x")));
    let (weak_a, weak_b) = (Gc::downgrade(&a), Gc::downgrade(&b));
    let (reference_a, reference_b) = (WeakRef::new(&a), WeakRef::new(&b));
    assert!(weak_a == weak_b && reference_a == reference_b);
    drop(b);
    assert!(weak_a != weak_b && reference_a != reference_b);
    assert!(weak_b == weak_b.clone() && reference_b == reference_b.clone());
    assert!(Weak::<String>::new() == Weak::new() && weak_b != Weak::new());
}

#[test]
fn a_hash_outlives_the_object() {
    let a = Gc::new(String::from("x"));
    let (weak, reference) = (Gc::downgrade(&a), WeakRef::new(&a));
    let weaks = HashSet::from([weak.clone(), Weak::new()]);
    let references = HashSet::from([reference.clone()]);
    let same = Gc::new(String::from("x"));
    assert!(weaks.contains(&Gc::downgrade(&same)) && references.contains(&WeakRef::new(&same)));
    drop(a);
    assert!(weaks.contains(&weak) && references.contains(&reference));
    assert!(!weaks.contains(&Gc::downgrade(&same)));
}

#[test]
#[should_panic = "weak object has gone away"]
fn a_dead_object_can_not_be_hashed_for_the_first_time() {
    let weak = Gc::downgrade(&Gc::new(1_u8));
    HashSet::new().insert(weak);
}
