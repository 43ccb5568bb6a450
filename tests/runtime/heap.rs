//! Where objects live: sizes, alignments, enumeration, threads and their ends.

use std::cell::{Cell, RefCell};
use std::mem::size_of;
use std::rc::Rc;
use std::sync::mpsc;
use std::thread;

use refcycle::{Gc, Trace, Tracer, gc, inspect, unsize};

use crate::support::{Del, Node, OnDrop, alive, events, fresh, log, ring};

/// An object of a size and an alignment, with a pointer to itself.
struct Sized_<A, const N: usize> {
    me: RefCell<Option<Gc<Sized_<A, N>>>>,
    align: [A; 0],
    bytes: [u8; N],
}

// SAFETY: reports its reference.
unsafe impl<A: 'static, const N: usize> Trace for Sized_<A, N> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.me.trace(tracer);
    }
}

/// Makes many objects of a size, fills them, and checks that none lies over another; then collects them as cycles.
fn sizes<A: 'static, const N: usize>() {
    let objects: Vec<_> = (0..200)
        .map(|number: usize| Gc::new(Sized_::<A, N> { me: RefCell::default(), align: [], bytes: [number as u8; N] }))
        .collect();
    for (number, object) in objects.iter().enumerate() {
        assert!(Gc::as_ptr(object).is_aligned() && object.align.as_ptr().is_aligned());
        assert!(object.bytes.iter().all(|&byte| byte == number as u8), "object {number} was overwritten");
        *object.me.borrow_mut() = Some(object.clone());
    }
    let shown = gc::get_objects(None);
    assert_eq!(shown.len(), 200);
    assert!(shown.iter().all(|object| object.is::<Sized_<A, N>>()));
    drop(shown);
    drop(objects);
    assert_eq!(gc::collect(), 200);
}

#[test]
fn objects_of_all_size_classes_and_beyond() {
    fresh(|| {
        sizes::<u8, 0>();
        sizes::<u8, 1>();
        sizes::<u8, 15>();
        sizes::<u8, 16>();
        sizes::<u8, 17>();
        sizes::<u8, 100>();
        sizes::<u8, 500>();
        sizes::<u8, 967>();
        sizes::<u8, 968>();
        sizes::<u8, 984>();
        sizes::<u8, 985>();
        sizes::<u8, 1_008>();
        sizes::<u8, 1_009>();
        sizes::<u8, 1_024>();
        sizes::<u8, 4_096>();
        sizes::<u8, 100_000>();
    });
}

#[test]
fn objects_of_all_alignments() {
    macro_rules! alignments {
        ($($align:literal)+) => {{$({
            #[repr(align($align))]
            struct Align;
            sizes::<Align, 1>();
            sizes::<Align, 333>();
        })+}};
    }
    fresh(|| alignments!(1 2 4 8 16 32 64 128 256 512 1024 2048 4096));
}

#[test]
fn objects_without_size() {
    fresh(|| {
        let objects: Vec<_> = (0..1_000).map(|_| Gc::new(())).collect();
        assert!(objects.windows(2).all(|pair| !Gc::ptr_eq(&pair[0], &pair[1])), "each is an object of its own");
        let empty: Gc<[String]> = Gc::from([]);
        assert!(empty.is_empty());
        let units: Gc<[()]> = Gc::from(vec![(); usize::MAX]);
        assert_eq!(units.len(), usize::MAX);
        let shown: Gc<dyn std::fmt::Debug> = unsize!(Gc::new(()) => dyn std::fmt::Debug);
        assert_eq!(format!("{shown:?}"), "()");
    });
}

#[test]
fn slices_of_all_sizes() {
    fresh(|| {
        for len in (0..300).chain([1_000, 10_000, 100_000]) {
            let slice: Gc<[u64]> = (0..len).collect();
            assert!(slice.iter().copied().eq(0..len));
            let text: Gc<str> = Gc::from("x".repeat(len as usize));
            assert_eq!(text.len(), len as usize);
            let nodes: Gc<[Gc<Node>]> = (0..len % 7).map(|_| Node::new()).collect();
            assert_eq!(nodes.len(), alive());
        }
        assert_eq!(alive(), 0);
    });
}

#[test]
fn strictly_aligned_slices() {
    #[repr(align(256))]
    struct Aligned(u8);
    // SAFETY: it owns no reference.
    unsafe impl Trace for Aligned {
        fn trace(&self, _: &mut Tracer<'_>) {}
    }
    fresh(|| {
        let slice: Gc<[Aligned]> = (0..100).map(Aligned).collect();
        assert!(slice.iter().all(|item| (&raw const *item).is_aligned()));
        assert!(slice.iter().map(|item| item.0).eq(0..100));
        assert_eq!(size_of::<Aligned>(), 256);
    });
}

#[test]
fn every_live_object_is_shown_once() {
    fresh(|| {
        let nodes: Vec<_> = (0..20_000).map(|_| Node::new()).collect();
        let large: Vec<_> = (0..50).map(|_| Gc::new([const { RefCell::new(None::<Gc<Node>>) }; 200])).collect();
        let untracked = Gc::new(5);
        // Holes of all lengths, and new objects in some of them.
        let nodes: Vec<_> = nodes.into_iter().enumerate().filter(|(n, _)| n % 7 > 2).map(|(_, node)| node).collect();
        gc::collect_generation(0);
        let more: Vec<_> = (0..1_000).map(|_| Node::new()).collect();
        for generation in [None, Some(0), Some(1), Some(2)] {
            let shown = gc::get_objects(generation);
            let mut addresses: Vec<_> = shown.iter().map(|object| format!("{object:?}")).collect();
            addresses.sort_unstable();
            addresses.dedup();
            assert_eq!(addresses.len(), shown.len());
        }
        let count = |generation| gc::get_objects(generation).len();
        assert_eq!(count(None), nodes.len() + large.len() + more.len());
        assert_eq!(count(Some(0)) + count(Some(1)) + count(Some(2)), count(None));
        assert!(!gc::is_tracked(&untracked) && gc::is_tracked(&nodes[0]));
        drop((nodes, large));
        assert_eq!(count(None), more.len());
    });
}

#[test]
fn the_young_count_is_that_of_tracked_young_objects() {
    fresh(|| {
        assert_eq!(gc::get_count(), (0, 0, 0));
        let nodes: Vec<_> = (0..5).map(|_| Node::new()).collect();
        let number = Gc::new(1);
        assert_eq!(gc::get_count(), (5, 0, 0));
        // Tracked because of its callback; another object, which is not, takes its slot.
        drop(refcycle::WeakRef::with_callback(&number, (), |(), _| {}));
        assert_eq!(gc::get_count().0, 6);
        drop(number);
        let number = Gc::new(2);
        assert_eq!(gc::get_count().0, 5);
        gc::collect_generation(0);
        assert_eq!(gc::get_count(), (0, 1, 0));
        gc::collect_generation(1);
        assert_eq!(gc::get_count(), (0, 0, 1));
        gc::collect();
        assert_eq!(gc::get_count(), (0, 0, 0));
        drop((nodes, number));
    });
}

#[test]
fn objects_move_up_one_generation_for_each_collection_that_they_survive() {
    fresh(|| {
        let nodes: Vec<_> = (0..3).map(|_| Node::new()).collect();
        let count = |generation| gc::get_objects(Some(generation)).len();
        assert_eq!([count(0), count(1), count(2)], [3, 0, 0]);
        gc::collect_generation(0);
        assert_eq!([count(0), count(1), count(2)], [0, 3, 0]);
        gc::collect_generation(0);
        assert_eq!([count(0), count(1), count(2)], [0, 3, 0]);
        gc::collect_generation(1);
        assert_eq!([count(0), count(1), count(2)], [0, 0, 3]);
        drop(nodes);
    });
}

#[test]
fn fixed_thresholds_have_cpython_s_meaning() {
    fresh(|| {
        let log = Rc::new(RefCell::new(Vec::new()));
        let sink = log.clone();
        gc::callbacks::append(move |phase, info| {
            if phase == gc::callbacks::Phase::Start {
                sink.borrow_mut().push((alive(), info.generation));
            }
        });
        gc::set_threshold(5, 2, 2);
        assert_eq!(gc::get_threshold(), (5, 2, 2));
        let nodes: Vec<_> = (0..60).map(|_| Node::new()).collect();
        // More than five new objects each, then more than two young collections, as CPython 3.11 does.
        let generations: Vec<_> = log.borrow().iter().map(|(_, generation)| *generation).collect();
        assert_eq!(generations, [0, 0, 0, 1, 0, 0, 0, 1, 0]);
        let distances: Vec<_> = log.borrow().windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
        assert_eq!(distances, [6; 8]);
        gc::set_threshold(0, 2, 2);
        let more: Vec<_> = (0..2_000).map(|_| Node::new()).collect();
        assert_eq!(log.borrow().len(), generations.len(), "a threshold of zero turns them off");
        assert!(gc::is_enabled());
        drop((nodes, more));
    });
}

#[test]
fn no_collection_begins_by_itself_when_the_collector_is_disabled() {
    fresh(|| {
        gc::disable();
        assert!(!gc::is_enabled());
        (0..5_000).for_each(|_| drop(ring(1)));
        assert_eq!(alive(), 5_000);
        gc::enable();
        drop(ring(1));
        drop(ring(1));
        assert!(alive() < 10);
    });
}

#[test]
fn frozen_objects_are_out_of_sight() {
    fresh(|| {
        let counted = Node::on_drop(|| log("counted"));
        drop(ring(3));
        gc::freeze();
        assert_eq!((gc::get_freeze_count(), gc::collect(), gc::get_objects(None).len()), (4, 0, 0));
        drop(counted);
        assert_eq!((events(), gc::get_freeze_count()), (vec![String::from("counted")], 3));
        gc::unfreeze();
        assert_eq!((gc::get_freeze_count(), gc::get_objects(Some(2)).len()), (0, 3));
        assert_eq!(gc::collect(), 3);
    });
}

#[test]
fn a_young_collection_does_not_find_a_cycle_through_an_old_object() {
    fresh(|| {
        let old = Node::new();
        gc::collect();
        let young = Node::new();
        old.link(&young);
        young.link(&old);
        drop((old, young));
        assert_eq!((gc::collect_generation(0), gc::collect_generation(1)), (0, 0));
        assert_eq!(gc::collect(), 2);
    });
}

#[test]
fn a_thread_that_ends_finalizes_its_cycles() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let finalized = sender.clone();
        Del::into_cycle(Del::new(move |_| finalized.send("finalized").unwrap()));
        let node = Node::on_drop(move || sender.send("dropped").unwrap());
        node.link(&node);
    })
    .join()
    .unwrap();
    let mut events: Vec<_> = receiver.iter().collect();
    events.sort_unstable();
    assert_eq!(events, ["dropped", "finalized"]);
}

#[test]
fn a_thread_that_ends_finalizes_what_finalizers_leave() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        Del::into_cycle(Del::new(move |this| {
            this.links.take();
            let sender = sender.clone();
            Del::into_cycle(Del::new(move |_| sender.send("the second").unwrap()));
        }));
    })
    .join()
    .unwrap();
    assert_eq!(receiver.iter().collect::<Vec<_>>(), ["the second"]);
}

#[test]
fn a_thread_that_panics_finalizes_its_cycles() {
    let (sender, receiver) = mpsc::channel();
    let result = thread::spawn(move || {
        Del::into_cycle(Del::new(move |_| sender.send("finalized").unwrap()));
        crate::support::panic_quietly("the thread")
    })
    .join();
    assert!(result.is_err());
    assert_eq!(receiver.iter().collect::<Vec<_>>(), ["finalized"]);
}

/// A thread-local that owns objects and uses the heap in its destructor.
struct Owner {
    node: RefCell<Option<Gc<Node>>>,
    sender: Cell<Option<mpsc::Sender<AtEnd>>>,
}

impl Drop for Owner {
    fn drop(&mut self) {
        drop(self.node.take());
        // All of it works, whichever of the thread-locals goes first.
        let nodes: Vec<_> = (0..500).map(|_| Node::new()).collect();
        let young = gc::get_objects(Some(0)).len();
        let large = Gc::new([0_u8; 10_000]);
        let weak = Gc::downgrade(&large);
        assert_eq!(weak.upgrade().unwrap()[9_999], 0);
        drop((nodes, large));
        assert!(weak.upgrade().is_none());
        drop(ring(3));
        let collected = gc::collect();
        if let Some(sender) = self.sender.take() {
            sender.send(AtEnd { young, collected, left: gc::get_objects(None).len() }).unwrap();
        }
    }
}

/// What the destructor of a thread-local saw.
#[derive(Debug, PartialEq)]
struct AtEnd {
    /// Young objects: a heap that has ended makes none.
    young: usize,
    collected: usize,
    left: usize,
}

thread_local! {
    static OWNER: Owner = const { Owner { node: RefCell::new(None), sender: Cell::new(None) } };
}

fn own(node: Option<Gc<Node>>, sender: mpsc::Sender<AtEnd>) {
    OWNER.with(|owner| {
        owner.sender.set(Some(sender));
        owner.node.replace(node);
    });
}

#[test]
fn thread_locals_with_objects_that_go_before_the_heap() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let node = Node::on_drop(|| drop(Node::new()));
        own(Some(node), sender);
    })
    .join()
    .unwrap();
    assert_eq!(receiver.iter().collect::<Vec<_>>(), [AtEnd { young: 500, collected: 3, left: 0 }]);
}

#[test]
fn thread_locals_with_objects_that_go_after_the_heap() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        own(None, sender.clone());
        own(Some(Node::on_drop(|| drop(Node::new()))), sender);
    })
    .join()
    .unwrap();
    assert_eq!(receiver.iter().collect::<Vec<_>>(), [AtEnd { young: 0, collected: 3, left: 0 }]);
}

#[test]
fn a_thread_whose_first_objects_are_made_in_a_destructor() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || own(None, sender)).join().unwrap();
    assert_eq!(receiver.iter().collect::<Vec<_>>(), [AtEnd { young: 500, collected: 3, left: 0 }]);
}

#[test]
fn a_thread_may_end_with_callbacks_and_saved_garbage() {
    thread::spawn(|| {
        let id = gc::callbacks::append(|_, _| drop(Node::new()));
        assert_eq!((gc::callbacks::len(), gc::callbacks::remove(id), gc::callbacks::is_empty()), (1, true, true));
        gc::callbacks::append(|_, _| drop(Node::new()));
        gc::garbage::append(refcycle::Object::from(ring(2)));
        drop(ring(2));
    })
    .join()
    .unwrap();
}

/// Asks and sets all that can be, in its destructor.
struct Curious;

impl Drop for Curious {
    fn drop(&mut self) {
        let id = gc::callbacks::append(|_, _| ());
        gc::collect();
        gc::callbacks::remove(id);
        gc::callbacks::clear();
        assert!(gc::callbacks::is_empty());
        gc::garbage::append(refcycle::Object::from(ring(2)));
        drop(gc::garbage::get());
        gc::garbage::clear();
        assert!(gc::garbage::is_empty());
        // After the last collection nobody else looks for cycles.
        gc::collect();
        gc::set_unraisable_hook(None);
        assert!(gc::unraisable_hook().is_none());
        gc::set_debug(gc::Debug::NONE);
        inspect::trace_allocations(true);
        let node = Node::new();
        drop((inspect::allocated_at(&node), inspect::Snapshot::take()));
        inspect::trace_allocations(false);
        assert!(inspect::allocated_at(&node).is_none());
    }
}

thread_local! {
    static CURIOUS: Curious = const { Curious };
}

#[test]
fn at_the_end_of_a_thread_all_questions_have_answers() {
    // Which thread-local goes first depends on which was used first.
    for is_first in [true, false] {
        thread::spawn(move || {
            if is_first {
                CURIOUS.with(|_| ());
            }
            inspect::trace_allocations(true);
            drop(Node::new());
            gc::callbacks::append(|_, _| ());
            gc::garbage::append(refcycle::Object::from(ring(2)));
            gc::set_unraisable_hook(Some(Rc::new(|_| ())));
            CURIOUS.with(|_| ());
        })
        .join()
        .unwrap();
    }
}

#[test]
fn saved_garbage_is_finalized_but_intact() {
    fresh(|| {
        gc::set_debug(gc::Debug::SAVEALL);
        let [a, b] = [Del::logged("a"), Del::logged("b")];
        a.link(&b);
        b.link(&a);
        drop((a, b));
        assert_eq!(gc::collect(), 2);
        assert_eq!(events(), ["del a", "del b"]);
        gc::set_debug(gc::Debug::NONE);
        assert_eq!((gc::garbage::len(), alive()), (2, 2));
        let saved = gc::garbage::get().remove(0).downcast::<Del>().unwrap();
        assert_eq!(saved.links.borrow().len(), 1);
        drop(saved);
        gc::garbage::clear();
        assert_eq!((gc::collect(), events().len()), (2, 2));
    });
}

#[test]
fn threads_have_heaps_of_their_own() {
    let threads: Vec<_> = (0..8)
        .map(|number: usize| {
            thread::spawn(move || {
                let mut live = Vec::new();
                for turn in 0..2_000 {
                    let node = ring(1 + (turn + number) % 5);
                    if turn % 10 == number {
                        live.push(node);
                    }
                }
                let kept: usize = live.len();
                gc::collect();
                let shown = gc::get_objects(None).len();
                assert_eq!(shown, alive());
                assert!(shown >= kept);
                drop(live);
                gc::collect();
                assert_eq!(alive(), 0);
                kept
            })
        })
        .collect();
    assert!(threads.into_iter().all(|thread| thread.join().unwrap() == 200));
}

#[test]
fn many_threads_come_and_go() {
    for _ in 0..200 {
        fresh(|| {
            log("x");
            drop(ring(10));
            let _large = Gc::new([0_u8; 5_000]);
            let _text: Gc<str> = Gc::from("text");
            let _on_drop = OnDrop::nothing();
        });
    }
}
