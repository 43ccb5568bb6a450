//! Garbage stays below a factor of the live heap, and the collector's work below a factor of the program's, whatever the
//! program does. All of it in counts: objects that exist, and objects that were looked at.

use std::cell::RefCell;

use refcycle::{Gc, Trace, Tracer, gc};

use crate::support::{Node, OnDrop, alive, fresh, ring};

/// Fewer objects than this are never too much garbage: collections begin when some hundreds are young, and a thousand
/// old ones have lost a reference.
const FLOOR: usize = 25_000;

/// Objects whose references were followed, in all collections so far.
fn looked_at() -> usize {
    gc::get_stats().iter().map(|row| row.candidates).sum()
}

fn collected() -> usize {
    gc::get_stats().iter().map(|row| row.collected).sum()
}

#[test]
fn a_loop_that_makes_a_cycle_each_turn_keeps_a_thousand() {
    fresh(|| {
        let mut most = 0;
        for _ in 0..100_000 {
            drop(ring(1));
            most = most.max(alive());
        }
        assert!(most <= 1_000, "{most} objects existed at a time");
        assert!(looked_at() <= 110_000, "{} objects were looked at", looked_at());
        assert_eq!(collected() + alive(), 100_000);
    });
}

#[test]
fn a_loop_beside_a_live_heap_does_not_look_at_it_again_and_again() {
    fresh(|| {
        let live: Vec<_> = (0..5_000).map(|_| ring(4)).collect();
        let before = looked_at();
        let mut most = 0;
        for _ in 0..100_000 {
            drop(ring(1));
            most = most.max(alive());
        }
        assert!(most <= 20_000 + 20_000, "{most} objects existed at a time");
        let looked_at = looked_at() - before;
        assert!(looked_at <= 400_000, "{looked_at} objects were looked at");
        assert_eq!(live.len(), 5_000);
    });
}

/// A tree of nodes that refer to their parents: two levels below the root, three children each.
fn tree() -> Gc<Node> {
    fn children(parent: &Gc<Node>) -> Vec<Gc<Node>> {
        let children: Vec<_> = (0..3).map(|_| Node::new()).collect();
        for child in &children {
            parent.link(child);
            child.link(parent);
        }
        children
    }
    let root = Node::new();
    for child in children(&root) {
        children(&child);
    }
    root
}

const TREE: usize = 1 + 3 + 9;

/// Drops one structure after the other; garbage must stay below the live heap and the floor.
fn only_drops(mut structures: Vec<Gc<Node>>, size: usize) {
    while let Some(structure) = structures.pop() {
        drop(structure);
        let live = structures.len() * size;
        let garbage = alive() - live;
        assert!(garbage <= live + FLOOR, "{garbage} dead objects beside {live} live ones");
    }
}

/// How the objects of a phase that only drops have come to be old.
fn in_all_ways(build: fn() -> Vec<Gc<Node>>, size: usize) {
    // As collections that began by themselves left them.
    fresh(move || only_drops(build(), size));
    // Proved alive by a collection of everything.
    fresh(move || {
        let structures = build();
        gc::collect();
        only_drops(structures, size);
    });
    // Moved there step by step.
    fresh(move || {
        gc::disable();
        let structures = build();
        gc::collect_generation(0);
        gc::collect_generation(1);
        gc::enable();
        only_drops(structures, size);
    });
    // Middle-aged.
    fresh(move || {
        gc::disable();
        let structures = build();
        gc::collect_generation(0);
        gc::enable();
        only_drops(structures, size);
    });
}

#[test]
fn dropping_old_pairs_without_allocating_collects_them() {
    in_all_ways(|| (0..60_000).map(|_| ring(2)).collect(), 2);
}

#[test]
fn dropping_old_rings_without_allocating_collects_them() {
    in_all_ways(|| (0..12_000).map(|_| ring(10)).collect(), 10);
}

#[test]
fn dropping_old_trees_with_parents_without_allocating_collects_them() {
    in_all_ways(|| (0..9_000).map(|_| tree()).collect(), TREE);
}

#[test]
fn dropping_cycles_after_a_larger_acyclic_heap_has_died_by_count_collects_them() {
    fresh(|| {
        let others: Vec<_> = (0..200_000).map(|_| Node::new()).collect();
        gc::collect();
        let cycles: Vec<_> = (0..40_000).map(|_| ring(2)).collect();
        drop(others);
        only_drops(cycles, 2);
    });
}

#[test]
fn allocating_after_a_larger_heap_has_died_by_count_keeps_garbage_small() {
    fresh(|| {
        let others: Vec<_> = (0..200_000).map(|_| Node::new()).collect();
        gc::collect();
        drop(others);
        // Each ring gets old before it becomes garbage.
        let mut most = 0;
        let mut queue = std::collections::VecDeque::new();
        for _ in 0..20_000 {
            queue.push_back(ring(10));
            if queue.len() > 2_000 {
                queue.pop_front();
            }
            most = most.max(alive());
        }
        assert!(most <= 2 * 20_000 + FLOOR, "{most} objects existed at a time, of which 20,000 were alive");
    });
}

#[test]
fn a_growing_live_heap_is_looked_at_a_fixed_number_of_times() {
    fresh(|| {
        let mut lists = Vec::new();
        let mut before = 0;
        for objects in [50_000, 100_000, 200_000] {
            while alive() < objects {
                lists.push(ring(10));
            }
            let looked_at = looked_at();
            assert!(looked_at <= 5 * objects, "{looked_at} objects were looked at while {objects} were made");
            assert!(looked_at - before <= 5 * objects, "not linear");
            before = looked_at;
        }
        assert_eq!(collected(), 0);
    });
}

#[test]
fn a_growing_live_heap_whose_objects_are_used_is_looked_at_a_fixed_number_of_times() {
    fresh(|| {
        let mut lists = Vec::new();
        let mut uses = 0;
        while alive() < 100_000 {
            lists.push(ring(10));
            for step in 1..5 {
                drop(lists[lists.len() * 7 * step / 41 % lists.len()].clone());
                uses += 1;
            }
        }
        let work = alive() + uses;
        assert!(looked_at() <= 8 * work, "{} objects were looked at for {work} steps", looked_at());
    });
}

/// An object that the collector does not know.
struct Leaf(#[allow(dead_code, reason = "counts")] OnDrop);

// SAFETY: it owns no reference.
unsafe impl Trace for Leaf {
    fn trace(&self, _: &mut Tracer<'_>) {}

    fn acyclic() -> bool {
        true
    }
}

/// A cycle of one, with others that hang off it.
struct Owner<T> {
    me: RefCell<Option<Gc<Owner<T>>>>,
    parts: Vec<Gc<T>>,
}

// SAFETY: the pointers are all that it owns.
unsafe impl<T: Trace> Trace for Owner<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.me.trace(tracer);
        self.parts.trace(tracer);
    }
}

fn make_owner<T: Trace>(parts: Vec<Gc<T>>) {
    let owner = Gc::new(Owner { me: RefCell::default(), parts });
    *owner.me.borrow_mut() = Some(owner.clone());
    assert!(!owner.parts.is_empty());
}

#[test]
fn a_flood_of_acyclic_objects_on_cycles_is_collected() {
    fresh(|| {
        let mut most = 0;
        for _ in 0..2_000 {
            make_owner((0..100).map(|_| Node::new()).collect());
            most = most.max(alive());
        }
        assert!(most <= 2_000, "{most} objects existed at a time");
    });
}

#[test]
fn a_flood_of_untracked_objects_on_cycles_is_collected() {
    fresh(|| {
        let mut most = 0;
        for _ in 0..5_000 {
            make_owner((0..100).map(|_| Gc::new(Leaf(OnDrop::nothing()))).collect());
            most = most.max(alive());
        }
        assert!(most <= 80_000, "{most} objects existed at a time, on cycles of which 700 may be young");
    });
}

/// A kilobyte that the collector does not know.
struct Page(#[allow(dead_code, reason = "takes space")] [u64; 128], #[allow(dead_code, reason = "counts")] OnDrop);

// SAFETY: it owns no reference.
unsafe impl Trace for Page {
    fn trace(&self, _: &mut Tracer<'_>) {}

    fn acyclic() -> bool {
        true
    }
}

#[test]
fn memory_on_cycles_starts_a_collection_before_the_young_are_many() {
    fresh(|| {
        let mut most = 0;
        for _ in 0..2_000 {
            make_owner((0..100).map(|_| Gc::new(Page([0; 128], OnDrop::nothing()))).collect());
            most = most.max(alive());
        }
        assert!(most <= 20_000, "{most} KiB existed at a time, with nothing alive");
    });
}

#[test]
fn memory_that_is_free_again_starts_no_collection() {
    fresh(|| {
        let mut arrays: Vec<_> = (0..60_000).map(|_| Gc::new([0_u64; 60])).collect();
        arrays.truncate(26_500);
        gc::collect();
        let collections = || gc::get_stats().iter().map(|row| row.collections).sum::<usize>();
        let before = collections();
        let more: Vec<_> = (0..5_000).map(|_| Gc::new([0_u64; 60])).collect();
        assert_eq!(collections() - before, 0);
        drop((arrays, more));
    });
}

#[test]
fn a_hub_that_everything_refers_to_is_not_looked_at_each_time() {
    fresh(|| {
        let hub = Node::new();
        let mut most = 0;
        for _ in 0..100_000 {
            let node = ring(1);
            node.link(&hub);
            drop(node);
            most = most.max(alive());
        }
        assert!(most <= 1_000, "{most} objects existed at a time");
        assert!(looked_at() <= 120_000, "{} objects were looked at", looked_at());
    });
}

#[test]
fn a_hub_that_refers_to_everything_is_looked_at_a_fixed_number_of_times() {
    fresh(|| {
        let hub = Node::new();
        for made in 1..=100_000 {
            let node = Node::new();
            node.link(&hub);
            hub.link(&node);
            drop(hub.clone());
            if made % 2 == 0 {
                let removed = hub.links.borrow_mut().swap_remove(made / 4);
                removed.links.take();
            }
        }
        assert!(looked_at() <= 800_000, "{} objects were looked at", looked_at());
        assert_eq!(alive(), 50_001);
        drop(hub);
        assert_eq!(gc::collect(), 50_001);
    });
}

/// An object with `count` references from others, as a part of a cycle or not.
fn many_references(count: usize) {
    fresh(move || {
        let target = Node::new();
        let owner = Node::new();
        owner.links.borrow_mut().extend((0..count).map(|_| target.clone()));
        target.link(&owner);
        assert_eq!(gc::collect(), 0);
        assert_eq!(Gc::strong_count(&target), count + 1);
        drop(owner);
        assert_eq!(gc::collect(), 0, "one reference from outside keeps it");
        assert_eq!((Gc::strong_count(&target), alive()), (count + 1, 2));
        drop(target);
        assert_eq!(gc::collect(), 2);
        assert_eq!(alive(), 0);
    });
}

#[test]
fn sixteen_thousand_references_to_one_object() {
    (16_382..=16_386).for_each(many_references);
}

#[test]
fn references_around_the_powers_of_two_that_counters_end_at() {
    for bits in 15..=18 {
        (-2..=2).for_each(|offset: isize| many_references((1_usize << bits).strict_add_signed(offset)));
    }
}

#[test]
fn a_million_references_to_each_of_three_objects() {
    fresh(|| {
        let targets = [Node::new(), Node::new(), Node::new()];
        let owner = Node::new();
        for target in &targets {
            owner.links.borrow_mut().extend((0..1_000_000).map(|_| target.clone()));
            target.link(&owner);
        }
        let [kept, second, third] = targets;
        drop((owner, second, third));
        assert_eq!(gc::collect(), 0);
        kept.links.take();
        drop(kept);
        assert_eq!(gc::collect(), 4);
    });
}
