//! Large old generations are walked over in slices: between allocations, and where old objects lose references.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use refcycle::gc::{self, callbacks};
use refcycle::private::{WalkLimits, set_walk_limits, walk};
use refcycle::{Gc, WeakRef};

use crate::support::{Del, Node, alive, events, fresh, log, ring};

/// From now on walks begin only when the test asks for them, and check so many suspects at once.
fn by_hand(batch: usize) {
    // A slice only for more new objects than there ever are.
    set_walk_limits(WalkLimits { least: usize::MAX, step: 1 << 40, pace: 1, batch });
}

/// Walks to the end; how many slices that took.
fn walk_in_slices(work: usize) -> usize {
    (1..).find(|_| !walk(work)).unwrap()
}

fn full_collections() -> usize {
    gc::get_stats()[2].collections
}

#[test]
fn garbage_from_before_a_walk_is_gone_after_it() {
    for work in [1, 7, 100, 1_000_000] {
        fresh(move || {
            by_hand(10);
            let live: Vec<_> = (0..50).map(|_| ring(10)).collect();
            gc::collect();
            (0..30).for_each(|_| drop(ring(10)));
            let slices = walk_in_slices(work);
            assert_eq!(alive(), live.len() * 10);
            assert!(work > 1 || slices > 1_000, "{slices} slices of one step");
        });
    }
}

#[test]
fn a_walk_goes_on_while_the_program_changes_what_it_walks_over() {
    for seed in 0..20 {
        fresh(move || {
            by_hand(10);
            let mut random = fastrand::Rng::with_seed(seed);
            let live: Vec<_> = (0..500).map(|_| Node::new()).collect();
            let rings: Vec<_> = (0..30).map(|_| ring(10)).collect();
            gc::collect();
            drop(rings);
            let mut moving = Vec::new();
            while walk(1 + random.usize(..200)) {
                // References are copied, dropped, and moved between objects, to new objects and out of all of them.
                let [a, b] = [(); 2].map(|_| &live[random.usize(..live.len())]);
                match random.u8(..5) {
                    0 => a.link(b),
                    1 => drop(a.links.borrow_mut().pop()),
                    2 => moving.extend(a.links.borrow_mut().pop()),
                    3 => b.links.borrow_mut().extend(moving.pop()),
                    _ => {
                        let new = Node::new();
                        new.links.borrow_mut().extend(moving.pop());
                        b.link(&new);
                    }
                }
            }
            let dead_members =
                live.iter().filter(|node| node.links.borrow().iter().any(|to| Gc::strong_count(to) == 0));
            assert_eq!(dead_members.count(), 0);
            // Nothing that was garbage at the beginning is left: all that is there is alive, or became garbage since.
            let before = alive();
            assert!(before - gc::collect() >= live.len());
            assert_eq!(gc::get_objects(None).len(), alive());
            let reachable = alive();
            drop((live, moving));
            gc::collect();
            assert_eq!((alive(), reachable <= before), (0, true));
        });
    }
}

#[test]
fn garbage_made_during_a_walk_is_found_by_the_next() {
    fresh(|| {
        by_hand(10);
        for work in [5, 50, 500] {
            for slices in 0..200 {
                let rings: Vec<_> = (0..5).map(|_| ring(4)).collect();
                gc::collect();
                let mut left = slices;
                while left > 0 && walk(work) {
                    left -= 1;
                }
                drop(rings);
                walk_in_slices(work);
                walk_in_slices(work);
                assert_eq!(alive(), 0, "dropped after {slices} slices of {work}");
            }
        }
    });
}

#[test]
fn a_cycle_of_old_and_new_objects_is_found_though_it_came_about_during_a_walk() {
    fresh(|| {
        by_hand(10);
        for slices in 0..300 {
            let old = Node::new();
            let others: Vec<_> = (0..20).map(|_| ring(2)).collect();
            gc::collect();
            let mut left = slices;
            while left > 0 && walk(3) {
                left -= 1;
            }
            let new = Node::new();
            new.link(&old);
            old.link(&new);
            drop((old, new));
            walk_in_slices(3);
            walk_in_slices(3);
            assert_eq!(alive(), others.len() * 2, "after {slices} slices");
        }
    });
}

#[test]
fn a_dead_ring_larger_than_a_step_is_found() {
    fresh(|| {
        by_hand(2);
        drop(ring(1_000));
        walk_in_slices(100);
        assert_eq!(alive(), 0);
    });
}

#[test]
fn an_object_with_very_many_references_is_looked_at_in_many_slices() {
    fresh(|| {
        by_hand(10);
        let hub = Node::new();
        for _ in 0..100_000 {
            let node = Node::new();
            hub.link(&node);
            node.link(&hub);
        }
        gc::collect();
        for (work, least) in [(100_000, 15), (1, 300_000)] {
            // So that the walk looks at what the hub refers to.
            drop(hub.clone());
            let slices = walk_in_slices(work);
            assert!(slices > least, "{slices} slices of {work}");
        }
        drop(hub);
        walk_in_slices(10_000);
        assert_eq!(alive(), 0);
    });
}

/// Rings that refer to each other one after the other; the first one, and the last one.
fn chain_of_rings(rings: usize, forwards: bool) -> Gc<Node> {
    let rings: Vec<_> = (0..rings).map(|_| ring(3)).collect();
    for pair in rings.windows(2) {
        if forwards { pair[0].link(&pair[1]) } else { pair[1].link(&pair[0]) }
    }
    rings[0].clone()
}

#[test]
fn steps_stay_small_when_dead_cycles_refer_to_each_other() {
    for forwards in [true, false] {
        fresh(move || {
            by_hand(8);
            drop(chain_of_rings(500, forwards));
            let most = Rc::new(Cell::new(0));
            let noted = most.clone();
            callbacks::append(move |_, info| noted.set(noted.get().max(info.collected)));
            walk_in_slices(100);
            callbacks::clear();
            assert_eq!(alive(), 0);
            assert!(most.get() <= 40, "{} objects in one step", most.get());
        });
    }
}

#[test]
fn each_step_is_a_collection_of_the_old_generation() {
    fresh(|| {
        by_hand(10);
        let before = full_collections();
        let log = Rc::new(RefCell::new(Vec::new()));
        let sink = log.clone();
        callbacks::append(move |phase, info| sink.borrow_mut().push((phase, info.generation, info.collected)));
        (0..6).for_each(|_| drop(ring(5)));
        walk_in_slices(50);
        let step = [(callbacks::Phase::Start, 2, 0), (callbacks::Phase::Stop, 2, 10)];
        assert_eq!(*log.borrow(), [step; 3].concat());
        assert_eq!(full_collections() - before, 3);
        assert_eq!(gc::get_stats()[2].collected, 30);
        callbacks::clear();
    });
}

#[test]
fn a_walk_that_finds_nothing_is_a_collection_too() {
    fresh(|| {
        by_hand(10);
        let live = ring(5);
        gc::collect();
        let before = full_collections();
        walk_in_slices(10);
        assert_eq!((full_collections() - before, alive()), (1, 5));
        drop(live);
    });
}

#[test]
fn finalizers_run_in_creation_order_and_may_revive() {
    fresh(|| {
        by_hand(10);
        let kept = Rc::new(RefCell::new(None));
        let last = kept.clone();
        let nodes = [
            Del::new(|_| log("first")),
            Del::new(|_| log("second")),
            Del::new(move |this| {
                log("third");
                *last.borrow_mut() = Some(this.clone());
            }),
        ];
        for (from, to) in [(0, 2), (2, 1), (1, 0)] {
            nodes[from].links.borrow_mut().push(nodes[to].clone());
        }
        drop(nodes);
        walk_in_slices(5);
        assert_eq!(events(), ["first", "second", "third"]);
        assert_eq!(alive(), 3, "all can be reached from the revived");
        let revived = kept.take().unwrap();
        assert_eq!(revived.links.borrow()[0].links.borrow().len(), 1);
        drop(revived);
        walk_in_slices(5);
        assert_eq!((alive(), events().len()), (0, 0));
    });
}

#[test]
fn weak_references_call_back_and_upgrade_until_their_objects_are_found_dead() {
    fresh(|| {
        by_hand(10);
        let object = ring(3);
        let weak = Gc::downgrade(&object);
        let watch = WeakRef::with_callback(&object, (), |_, _| log("gone"));
        gc::collect();
        drop(object);
        walk(20);
        drop(weak.upgrade().expect("it is not found yet"));
        walk_in_slices(20);
        walk_in_slices(20);
        assert!(weak.upgrade().is_none() && watch.upgrade().is_none());
        assert_eq!((alive(), events()), (0, vec!["gone".to_owned()]));
    });
}

#[test]
fn a_collection_of_everything_ends_a_walk() {
    fresh(|| {
        by_hand(10);
        for slices in 0..60 {
            let live = ring(20);
            gc::collect();
            drop(ring(10));
            (0..slices).for_each(|_| _ = walk(4));
            drop(ring(10));
            assert!(gc::collect() >= 10);
            assert_eq!(alive(), 20);
            drop(live);
            gc::collect();
        }
    });
}

#[test]
fn younger_collections_go_on_beside_a_walk() {
    fresh(|| {
        by_hand(10);
        let live = ring(50);
        gc::collect();
        // Several walks, which end here or there: the death of a node may be a slice of one.
        for _ in 0..500 {
            walk(7);
            let node = Node::new();
            node.link(&live);
            drop(ring(3));
            assert_eq!(gc::collect_generation(0), 3);
            assert_eq!(gc::collect_generation(1), 0);
        }
        assert_eq!(alive(), 50);
    });
}

#[test]
fn freezing_thawing_and_disabling_end_a_walk() {
    fresh(|| {
        by_hand(10);
        let live = ring(50);
        gc::collect();
        for end in [gc::freeze, gc::unfreeze, gc::disable, || gc::set_threshold(0, 10, 10)] {
            walk(30);
            end();
            gc::enable();
            gc::set_threshold(700, 10, 10);
        }
        drop(live);
        walk_in_slices(10);
        assert_eq!(alive(), 0);
    });
}

#[test]
fn user_code_in_a_step_may_end_the_walk() {
    fresh(|| {
        by_hand(1);
        for code in [gc::freeze, gc::disable, || assert_eq!(gc::collect(), 0)] {
            let node = Del::new(move |_| code());
            node.links.borrow_mut().push(node.clone());
            drop(node);
            (0..5).for_each(|_| drop(ring(2)));
            walk_in_slices(3);
            gc::unfreeze();
            gc::enable();
            gc::collect();
            assert_eq!(alive(), 0);
        }
    });
}

#[test]
fn what_dies_during_a_walk_may_be_followed_by_others_in_its_place() {
    fresh(|| {
        by_hand(4);
        let mut rings: Vec<_> = (0..40).map(|number| ring(number % 5 + 1)).collect();
        gc::collect();
        for round in 0..2_000 {
            walk(9);
            let old = std::mem::replace(&mut rings[round * 7 % 40], ring(round % 5 + 1));
            old.links.take();
        }
        gc::collect();
        assert_eq!(alive(), gc::get_objects(None).len());
        drop(rings);
        gc::collect();
        assert_eq!(alive(), 0);
    });
}

/// Too large for a block.
type Wide = RefCell<[Option<Gc<Node>>; 300]>;

#[test]
fn large_objects_that_die_during_a_walk_are_gone_at_once() {
    fresh(|| {
        by_hand(10);
        let values: Vec<Gc<Wide>> = (0..50).map(|_| Gc::new(RefCell::new([const { None }; 300]))).collect();
        for value in &values {
            value.borrow_mut()[7] = Some(Node::new());
        }
        gc::collect();
        (0..40).for_each(|_| _ = walk(8));
        drop(values);
        assert_eq!(alive(), 0);
        assert_eq!(gc::get_objects(None).len(), 0);
        walk_in_slices(8);
    });
}

#[test]
fn a_large_heap_is_walked_over_as_objects_are_made() {
    fresh(|| {
        let longest = Rc::new(Cell::new(0));
        let noted = longest.clone();
        callbacks::append(move |_, info| noted.set(noted.get().max(info.collected)));
        let mut rings: Vec<_> = (0..20_000).map(|_| ring(10)).collect();
        let before = gc::get_stats()[2].collected;
        for round in 0..200_000 {
            let place = round * 7_919 % rings.len();
            rings[place] = ring(10);
            assert!(alive() <= 600_000, "{} objects after {round} rounds", alive());
        }
        assert!(gc::get_stats()[2].collected - before > 1_000_000);
        assert!(longest.get() <= 20_000, "{} objects were freed in one step", longest.get());
        callbacks::clear();
    });
}
