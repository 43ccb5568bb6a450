//! Objects that were borrowed mutably: the collector doesn't look at them while a borrow may last, but finds them later.

use refcycle::{Gc, gc};

use crate::support::{Node, alive, fresh, ring};

fn borrowed() -> Gc<Node> {
    let mut node = Node::new();
    assert!(Gc::get_mut(&mut node).is_some());
    node
}

/// Live objects, so that only what lost a reference is looked at.
fn crowd() -> Vec<Gc<Node>> {
    (0..1000).map(|_| Node::new()).collect()
}

#[test]
fn a_cycle_of_one_that_was_borrowed_is_collected() {
    fresh(|| {
        let node = borrowed();
        node.link(&node);
        drop(node);
        assert_eq!(gc::collect(), 1);
    });
}

#[test]
fn a_cycle_of_ones_that_were_borrowed_is_collected_among_many() {
    fresh(|| {
        let others = crowd();
        let (a, b) = (borrowed(), borrowed());
        a.link(&b);
        b.link(&a);
        drop((a, b));
        assert_eq!(gc::collect(), 2);
        assert_eq!(alive(), others.len());
    });
}

#[test]
fn one_that_lost_a_reference_before_it_was_borrowed_is_found_later() {
    fresh(|| {
        let others = crowd();
        let mut node = Node::new();
        drop(node.clone());
        assert!(Gc::get_mut(&mut node).is_some());
        node.link(&node);
        drop(node);
        assert_eq!(gc::collect(), 1);
        assert_eq!(alive(), others.len());
    });
}

#[test]
fn the_references_of_what_is_shared_after_a_borrow_are_counted_once() {
    fresh(|| {
        let target = Node::new();
        let mut shared = borrowed();
        Gc::get_mut(&mut shared).unwrap().links.get_mut().push(target.clone());
        for owner in [ring(1), ring(1)] {
            owner.link(&shared);
        }
        drop(shared);
        // Two references to `shared` are met, but `shared` refers to `target` once: the other reference is ours.
        assert_eq!(gc::collect(), 3);
        assert_eq!((Gc::strong_count(&target), alive()), (1, 1));
    });
}

#[test]
fn a_borrowed_object_is_not_looked_at() {
    fresh(|| {
        let mut node = Node::new();
        let value = Gc::get_mut(&mut node).unwrap();
        let links = value.links.get_mut();
        links.push(Node::new());
        gc::collect();
        assert!(gc::get_objects(None).iter().all(|object| object.strong_count() == 2), "one of ours, one of the list");
        links.push(Node::new());
        assert_eq!(gc::collect(), 0);
        drop(node);
        assert_eq!(alive(), 0);
    });
}
