//! What the heap takes from the global allocator, and gives back.

use std::cell::RefCell;
use std::thread;

use super::*;
use crate::pointer::Gc;

fn bytes() -> usize {
    with(Heap::bytes)
}

/// Runs a test on a heap of its own.
fn fresh(test: impl FnOnce() + Send + 'static) {
    thread::spawn(test).join().unwrap();
}

#[cfg(not(feature = "system-alloc"))]
mod in_blocks {
    use super::*;
    use crate::gc;

    type Tracked = RefCell<Option<Gc<RefCell<u8>>>>;

    /// Blocks that the heap has, those in no class included.
    fn blocks() -> usize {
        with(|heap| heap.blocks.len() + heap.spare.len())
    }

    #[test]
    fn empty_blocks_are_given_back() {
        fresh(|| {
            let objects: Vec<_> = (0..100_000_usize).map(|n| Gc::new([n; 30])).collect();
            let most = blocks();
            assert!(most > 380, "{most} blocks for 26 MB");
            drop(objects);
            assert!(blocks() <= 2 * SPARE_BLOCKS, "{} blocks for nothing", blocks());
        });
    }

    #[test]
    fn blocks_of_tracked_objects_are_given_back_though_their_slots_are_listed() {
        fresh(|| {
            gc::disable();
            let objects: Vec<_> = (0..500_000).map(|_| Gc::new(Tracked::default())).collect();
            let most = blocks();
            assert!(most > 200, "{most} blocks for 24 MB");
            drop(objects);
            assert!(blocks() <= 2 * SPARE_BLOCKS, "{} blocks for nothing", blocks());
            // The lists forgot the slots that are gone.
            assert_eq!(gc::get_count().0, 0);
            assert_eq!(gc::collect(), 0);
        });
    }

    #[test]
    fn blocks_are_given_back_though_their_objects_died_during_a_walk() {
        fresh(|| {
            let objects: Vec<_> = (0..500_000).map(|_| Gc::new(Tracked::default())).collect();
            gc::collect();
            crate::private::walk(1_000);
            assert!(with(|heap| heap.collector.walks.is_active()));
            drop(objects);
            assert!(!with(|heap| heap.collector.walks.is_active()), "nobody waits for more objects");
            assert!(blocks() <= 2 * SPARE_BLOCKS, "{} blocks for nothing", blocks());
        });
    }

    #[test]
    fn one_object_keeps_one_block() {
        fresh(|| {
            let mut objects: Vec<_> = (0..100_000_usize).map(|n| Gc::new([n; 30])).collect();
            let kept: Vec<_> = objects.iter().step_by(1_000).cloned().collect();
            objects.clear();
            let used = blocks();
            assert!(used <= 2 * (kept.len() + SPARE_BLOCKS), "{used} blocks for {} objects", kept.len());
            assert!(kept.iter().enumerate().all(|(n, object)| object[29] == n * 1_000));
        });
    }

    #[test]
    fn blocks_go_from_one_size_to_another() {
        fresh(|| {
            for _ in 0..10 {
                drop((0..20_000).map(|n| Gc::new([n; 10])).collect::<Vec<_>>());
                drop((0..10_000).map(|n| Gc::new([n; 20])).collect::<Vec<_>>());
                drop((0..5_000).map(|n| Gc::new([n; 40])).collect::<Vec<_>>());
                drop((0..20_000).map(|_| Gc::new(Tracked::default())).collect::<Vec<_>>());
            }
            assert!(blocks() <= 2 * SPARE_BLOCKS, "{} blocks for nothing", blocks());
        });
    }

    #[test]
    fn a_loop_that_allocates_and_drops_stays_in_one_block() {
        fresh(|| {
            for n in 0..100_000 {
                drop(Gc::new([n; 10]));
            }
            assert_eq!(blocks(), 1);
        });
    }

    #[test]
    fn a_closed_heap_gives_back_each_block_at_once() {
        fresh(|| {
            let objects: Vec<_> = (0..10_000).map(|n| Gc::new([n; 10])).collect();
            let tracked: Vec<_> = (0..10_000).map(|_| Gc::new(Tracked::default())).collect();
            with(Heap::close);
            let before = blocks();
            drop(objects);
            assert!(blocks() < before);
            drop(tracked);
            assert_eq!((blocks(), bytes()), (0, 0));
            // It goes on working.
            let object = Gc::new([1; 10]);
            assert_eq!(blocks(), 1);
            drop(object);
            assert_eq!((blocks(), bytes()), (0, 0));
        });
    }
}

#[test]
fn large_objects_that_die_during_a_walk_are_given_back_soon() {
    fresh(|| {
        type Large = RefCell<[Option<Gc<u8>>; 1000]>;
        let objects: Vec<_> = (0..1_000).map(|_| Gc::new(Large::new([const { None }; 1000]))).collect();
        crate::gc::collect();
        crate::private::walk(100);
        drop(objects);
        assert!(bytes() < 1 << 20, "{} bytes for nothing", bytes());
    });
}

#[test]
fn large_objects_are_given_back_at_once() {
    fresh(|| {
        let before = bytes();
        let objects: Vec<_> = (0..100).map(|_| Gc::new([0_u8; 100_000])).collect();
        assert!(bytes() - before >= 100 * 100_000);
        let [first, .., last] = &objects[..] else { unreachable!("there are a hundred") };
        assert!(first.iter().chain(last.iter()).all(|&byte| byte == 0));
        drop(objects);
        assert_eq!(bytes(), before);
        assert_eq!(with(|heap| heap.large.len()), 0);
    });
}

#[test]
fn every_object_is_visited_once() {
    fresh(|| {
        let small: Vec<_> = (0..3_000).map(|n| Gc::new([n; 3])).collect();
        let tracked: Vec<_> = (0..3_000).map(|_| Gc::new(RefCell::new(None::<Gc<RefCell<u8>>>))).collect();
        let large: Vec<_> = (0..30).map(|_| Gc::new([0_u8; 5_000])).collect();
        drop(small.iter().step_by(3).cloned().collect::<Vec<_>>());
        let mut visited = Vec::new();
        with(|heap| heap.for_each_object(Which::All, |header| visited.push(header)));
        let mut unique = visited.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(visited.len(), small.len() + tracked.len() + large.len());
        assert_eq!(unique.len(), visited.len());
    });
}
