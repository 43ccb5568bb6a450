//! Code of users inside deaths and collections: it collects, allocates, asks the collector, defers deaths.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use refcycle::gc::{self, callbacks};
use refcycle::private::defer_deaths;
use refcycle::{Gc, Trace, Tracer, Weak, WeakRef};

use crate::support::{Del, Node, alive, events, fresh, keep, kept, log, ring};

#[test]
fn a_finalizer_that_counting_runs_collects_other_garbage() {
    fresh(|| {
        drop(ring(5));
        drop(Del::logged_with("a", |this| {
            log(format!("collected {}", gc::collect()));
            assert_eq!(Gc::strong_count(this), 1);
        }));
        assert_eq!(events(), ["del a", "collected 5", "drop a"]);
        assert_eq!(alive(), 0);
    });
}

#[test]
fn a_finalizer_that_a_collection_runs_cannot_collect() {
    fresh(|| {
        Del::into_cycle(Del::logged_with("a", |_| {
            drop(ring(5));
            log(format!("collected {}", gc::collect() + gc::collect_generation(0)));
        }));
        assert_eq!(gc::collect(), 1);
        assert_eq!(events(), ["del a", "collected 0", "drop a"]);
        assert_eq!(gc::collect(), 5);
    });
}

#[test]
fn weak_callbacks_collect_like_what_calls_them() {
    fresh(|| {
        drop(ring(5));
        let collect = |(), _: &WeakRef<Del>| log(format!("collected {}", gc::collect()));
        let object = Del::new(|_| {});
        let by_count = WeakRef::with_callback(&object, (), collect);
        drop(object);
        assert_eq!(events(), ["collected 5"]);

        let object = Del::new(|_| {});
        let in_collection = WeakRef::with_callback(&object, (), collect);
        Del::into_cycle(object);
        drop(ring(5));
        assert_eq!(gc::collect(), 6);
        assert_eq!(events(), ["collected 0"]);
        drop((by_count, in_collection));
    });
}

#[test]
fn a_value_that_collects_when_it_is_dropped() {
    fresh(|| {
        drop(ring(5));
        let parent = Node::on_drop(|| log(format!("collected {}", gc::collect())));
        parent.link(&Node::new());
        drop(parent);
        assert_eq!(events(), ["collected 5"]);

        let in_cycle = Node::on_drop(|| log(format!("collected {}", gc::collect())));
        in_cycle.link(&in_cycle);
        drop(in_cycle);
        assert_eq!(gc::collect(), 1);
        assert_eq!(events(), ["collected 0"]);
        assert_eq!(alive(), 0);
    });
}

#[test]
fn gc_callbacks_cannot_collect_but_may_do_all_else() {
    fresh(|| {
        let kept_by_callback = Rc::new(RefCell::new(Vec::new()));
        let sink = kept_by_callback.clone();
        let id = callbacks::append(move |phase, info| {
            assert_eq!(gc::collect(), 0);
            drop(ring(1));
            sink.borrow_mut().push(Node::new());
            log(format!("{phase:?} {} {} sees {}", info.generation, info.collected, gc::get_objects(None).len()));
        });
        drop(ring(2));
        gc::collect();
        // At the start: the garbage, and the two new ones. At the end the garbage is gone, the cycle of the start too.
        assert_eq!(events(), ["Start 2 0 sees 4", "Stop 2 3 sees 3"]);
        assert!(callbacks::remove(id) && !callbacks::remove(id));
        kept_by_callback.take();
        assert_eq!(gc::collect(), 1);
    });
}

#[test]
fn finalizers_allocate_thousands_of_objects() {
    fresh(|| {
        let born = Rc::new(Cell::new(0));
        for _ in 0..3 {
            let count = born.clone();
            Del::into_cycle(Del::new(move |this| {
                for _ in 0..5_000 {
                    drop(ring(1));
                    count.set(count.get() + 1);
                }
                this.link(&Del::new(|_| log("attached")));
            }));
        }
        assert_eq!(gc::collect(), 3);
        // What was attached to garbage dies in the teardown, after all finalizers.
        assert_eq!(events(), ["attached"; 3]);
        assert_eq!((born.get(), alive()), (15_000, 15_000));
        assert_eq!(gc::collect(), 15_000);
    });
}

#[test]
fn what_is_attached_to_garbage_and_refers_back_postpones_it() {
    fresh(|| {
        Del::into_cycle(Del::logged_with("a", |this| {
            let newcomer = Del::logged("newcomer");
            newcomer.link(this);
            this.link(&newcomer);
        }));
        assert_eq!(gc::collect(), 0);
        assert_eq!(events(), ["del a"]);
        assert_eq!(gc::collect(), 2);
        assert_eq!(events()[0], "del newcomer");
        assert_eq!(alive(), 0);
    });
}

#[test]
fn finalizers_of_a_cycle_may_break_it() {
    fresh(|| {
        let [a, b, c] = [Del::logged_with("a", |this| drop(this.links.take())), Del::logged("b"), Del::logged("c")];
        a.link(&b);
        b.link(&c);
        c.link(&a);
        drop((a, b, c));
        assert_eq!(gc::collect(), 0, "they died by count");
        assert_eq!(events(), ["del a", "del b", "del c", "drop c", "drop b", "drop a"]);
        assert_eq!(alive(), 0);
    });
}

#[test]
fn one_that_is_resurrected_keeps_what_it_reaches_and_nothing_else() {
    fresh(|| {
        let resurrected = Del::logged_with("resurrected", keep);
        let reached = Del::logged("reached");
        resurrected.link(&reached);
        let other = Del::logged("other");
        other.link(&resurrected);
        other.link(&other);
        Del::into_cycle(resurrected);
        drop((reached, other));
        assert_eq!(gc::collect(), 1);
        assert_eq!(events(), ["del resurrected", "del reached", "del other", "drop other"]);
        let objects = kept();
        assert_eq!((Gc::strong_count(&objects[0]), alive()), (2, 2));
        assert!(gc::is_finalized(&objects[0]));
        drop(objects);
        assert_eq!(gc::collect(), 2);
        assert_eq!(events(), ["drop resurrected", "drop reached"], "nobody is finalized again");
    });
}

#[test]
fn the_collector_is_asked_in_the_finalizers_of_a_collection() {
    fresh(|| {
        let live = Node::new();
        let live_count = alive();
        let partner = Del::logged("partner");
        let asking = Del::new(move |this| {
            let shown = gc::get_objects(None);
            assert!(shown.iter().all(|object| object.type_name() == "Node"), "{shown:?}");
            assert_eq!(gc::get_referrers(this).len(), 0, "those in the dead set are not shown");
            assert!(gc::get_referents(this).is_empty());
            assert!(gc::is_tracked(this) && gc::is_finalized(this));
            assert_eq!(gc::get_freeze_count(), 0);
            log(format!("{} {:?}", shown.len(), gc::get_count().0));
        });
        asking.link(&partner);
        partner.link(&asking);
        drop((asking, partner));
        assert_eq!(gc::collect(), 2);
        assert_eq!(events()[..2], ["del partner", "1 0"]);
        assert_eq!(alive(), live_count);
        drop(live);
    });
}

#[test]
fn the_collector_is_asked_while_values_are_dropped() {
    fresh(|| {
        let live = Node::new();
        let ask = || {
            let shown = gc::get_objects(None);
            log(format!("{}", shown.len()));
            gc::freeze();
            gc::unfreeze();
        };
        let [a, b] = [Node::on_drop(ask), Node::on_drop(ask)];
        a.link(&b);
        b.link(&a);
        let acyclic = Node::on_drop(ask);
        a.link(&acyclic);
        drop((a, b, acyclic));
        assert_eq!(gc::collect(), 3);
        assert_eq!(events(), ["1", "1", "1"]);
        drop(live);
        assert_eq!(gc::get_objects(None).len(), 0);
    });
}

#[test]
fn a_finalizer_frozen_and_unfrozen_in_the_middle_of_a_collection() {
    fresh(|| {
        for _ in 0..3 {
            Del::into_cycle(Del::logged_with("a", |_| gc::freeze()));
        }
        assert_eq!(gc::collect(), 3);
        let live = Node::new();
        gc::freeze();
        assert_eq!(gc::get_freeze_count(), 1);
        gc::unfreeze();
        assert_eq!((gc::get_freeze_count(), alive()), (0, 1));
        drop(live);
    });
}

#[test]
fn references_kept_from_get_objects_keep_alive() {
    fresh(|| {
        drop(ring(3));
        let shown = gc::get_objects(None);
        assert_eq!(shown.len(), 3);
        assert_eq!(gc::collect(), 0);
        drop(shown);
        assert_eq!(gc::collect(), 3);
    });
}

#[test]
fn deaths_wait_while_they_are_deferred() {
    fresh(|| {
        let outer = defer_deaths();
        drop(Del::logged("a"));
        let inner = defer_deaths();
        drop(Del::logged("b"));
        drop(inner);
        assert_eq!(events().len(), 0, "the outer guard lives");
        drop(outer);
        assert_eq!(events().len(), 4);
        assert_eq!(alive(), 0);
    });
}

#[test]
fn no_collection_begins_by_itself_while_deaths_are_deferred() {
    fresh(|| {
        let guard = defer_deaths();
        for _ in 0..5_000 {
            drop(ring(1));
        }
        assert_eq!(gc::get_stats()[0].collections, 0);
        assert_eq!(alive(), 5_000);
        drop(guard);
        drop(ring(1));
        assert!(alive() <= 1);
    });
}

#[test]
fn what_waits_is_dead_for_everybody() {
    fresh(|| {
        let object = Del::logged("a");
        let weak = Gc::downgrade(&object);
        let watch = WeakRef::with_callback(&object, (), |(), _| log("called back"));
        let guard = defer_deaths();
        drop(object);
        assert!(weak.upgrade().is_none());
        assert_eq!((weak.strong_count(), weak.weak_count()), (0, 0));
        assert!(watch.upgrade().is_none());
        assert_eq!(gc::get_objects(None).len(), 1, "the watch");
        assert_eq!(gc::collect(), 0);
        drop(guard);
        assert_eq!(events(), ["del a", "called back", "drop a"]);
    });
}

#[test]
fn a_collection_asked_for_while_deaths_are_deferred() {
    fresh(|| {
        let [a, b] = [Del::logged_with("a", |this| drop(this.links.take())), Del::logged("b")];
        a.link(&b);
        b.link(&a);
        drop((a, b));
        let guard = defer_deaths();
        assert_eq!(gc::collect(), 0, "the finalizer broke the cycle, and the deaths wait");
        assert_eq!((events(), alive()), (vec![String::from("del a")], 2));
        drop(guard);
        assert_eq!(events(), ["del b", "drop a", "drop b"]);
        assert_eq!(alive(), 0);
    });
}

#[test]
fn deaths_deferred_in_a_finalizer_are_over_before_it_goes_on() {
    fresh(|| {
        let child = Del::logged("child");
        let parent = Del::logged_with("parent", |this| {
            let guard = defer_deaths();
            this.links.take();
            log("before");
            drop(guard);
            log("after");
        });
        parent.link(&child);
        drop(child);
        drop(parent);
        assert_eq!(events(), ["del parent", "before", "del child", "drop child", "after", "drop parent"]);
    });
}

#[test]
fn a_guard_that_a_finalizer_leaves_open_defers_what_follows() {
    fresh(|| {
        let open = Rc::new(RefCell::new(None));
        let slot = open.clone();
        drop(Del::logged_with("a", move |_| *slot.borrow_mut() = Some(defer_deaths())));
        assert_eq!(events(), ["del a", "drop a"]);
        drop(Del::logged("b"));
        assert_eq!(events().len(), 0);
        drop(open.take());
        assert_eq!(events(), ["del b", "drop b"]);
    });
}

/// Holds a weak reference to itself.
struct Own {
    me: Weak<Own>,
    seen: Rc<Cell<bool>>,
}

// SAFETY: it owns no counted reference.
unsafe impl Trace for Own {
    fn trace(&self, _: &mut Tracer<'_>) {}

    fn finalizer() -> Option<fn(&Gc<Self>)> {
        Some(|this| this.seen.set(this.me.upgrade().is_some()))
    }
}

#[test]
fn weak_references_live_in_finalizers_that_counting_runs() {
    fresh(|| {
        let seen = Rc::new(Cell::new(false));
        let own = Gc::new_cyclic(|me| Own { me: me.clone(), seen: seen.clone() });
        assert_eq!(Gc::weak_count(&own), 1);
        drop(own);
        assert!(seen.get());
    });
}

#[test]
fn weak_references_are_dead_in_finalizers_that_a_collection_runs() {
    fresh(|| {
        let object = Del::logged("a");
        let weak = Gc::downgrade(&object);
        let asking = Del::new(move |_| log(format!("alive: {}", weak.upgrade().is_some())));
        object.link(&asking);
        asking.link(&object);
        drop((object, asking));
        assert_eq!(gc::collect(), 2);
        assert_eq!(events()[..2], ["del a", "alive: false"]);
    });
}

#[test]
fn finalizers_run_in_the_order_of_creation() {
    fresh(|| {
        let [a, b, c] = [Del::logged("a"), Del::logged("b"), Del::logged("c")];
        c.link(&a);
        a.link(&b);
        b.link(&c);
        drop((c, b, a));
        gc::collect_generation(0);
        assert_eq!(events()[..3], ["del a", "del b", "del c"]);
    });
}

#[test]
fn an_object_is_created_before_what_its_cyclic_constructor_makes() {
    struct Whole(RefCell<Option<Gc<Whole>>>, #[allow(dead_code, reason = "owned")] Option<Gc<Del>>);
    // SAFETY: reports both.
    unsafe impl Trace for Whole {
        fn trace(&self, tracer: &mut Tracer<'_>) {
            self.0.trace(tracer);
            self.1.trace(tracer);
        }

        fn finalizer() -> Option<fn(&Gc<Self>)> {
            Some(|_| log("del whole"))
        }
    }
    fresh(|| {
        let whole = Gc::new_cyclic(|_| Whole(RefCell::default(), Some(Del::new(|_| log("del part")))));
        *whole.0.borrow_mut() = Some(whole.clone());
        drop(whole);
        assert_eq!(gc::collect(), 2);
        assert_eq!(events(), ["del whole", "del part"]);
    });
}

#[test]
fn shutdown_goes_on_while_finalizers_make_garbage() {
    fresh(|| {
        // The first breaks its own cycle, so that nothing is collected, and leaves another.
        Del::into_cycle(Del::logged_with("a", |this| {
            this.links.take();
            Del::into_cycle(Del::logged("b"));
        }));
        gc::shutdown();
        assert_eq!(events(), ["del a", "drop a", "del b", "drop b"]);
    });
}

#[test]
fn shutdown_ends_although_finalizers_make_garbage_for_ever() {
    fn forever() {
        Del::into_cycle(Del::logged_with("again", |_| forever()));
    }
    fresh(|| {
        forever();
        gc::shutdown();
        let rounds = events().iter().filter(|event| *event == "del again").count();
        assert!((2..=20).contains(&rounds), "{rounds} rounds");
        assert_eq!(alive(), 1);
        gc::disable();
    });
}
