//! A panic at each place where the runtime calls code of a user: it goes to the unraisable hook with the type's name, the
//! rest goes on, nothing leaks, nothing runs twice, and the collector works as before.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use refcycle::gc::{self, Origin, callbacks};
use refcycle::{Gc, Trace, Tracer, Weak, WeakRef, unsize};

use crate::support::{Del, Node, OnDrop, Unraisables, alive, events, fresh, keep, kept, log, panic_quietly, ring};

/// Runs a test on a fresh heap and checks that nothing is left and the collector still works.
fn survives(test: impl FnOnce(&Unraisables) + Send + 'static) {
    fresh(|| {
        let unraisables = Unraisables::record();
        test(&unraisables);
        gc::collect();
        assert_eq!(alive(), 0, "something leaked");
        drop(ring(3));
        assert_eq!(gc::collect(), 3, "the collector still works");
        assert_eq!(gc::collect(), 0);
        assert_eq!(gc::get_objects(None).len(), 0);
        assert_eq!(unraisables.take(), [], "nothing is reported twice");
    });
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_finalizer_that_panics_when_the_last_reference_goes() {
    survives(|unraisables| {
        let object = Del::logged_with("a", |_| panic_quietly("no luck"));
        object.link(&Del::logged("b"));
        drop(object);
        assert_eq!(unraisables.take(), [(Origin::Finalizer, "Del", text("no luck"))]);
        assert_eq!(events(), ["del a", "del b", "drop b", "drop a"]);
    });
}

#[test]
fn a_finalizer_that_panics_in_a_collection() {
    survives(|unraisables| {
        let [a, b, c] = [Del::logged("a"), Del::logged_with("b", |_| panic_quietly("no luck")), Del::logged("c")];
        a.link(&b);
        b.link(&c);
        c.link(&a);
        drop((a, b, c));
        assert_eq!(gc::collect(), 3);
        assert_eq!(unraisables.take(), [(Origin::Finalizer, "Del", text("no luck"))]);
        let events = events();
        assert_eq!(events[..3], ["del a", "del b", "del c"]);
        assert_eq!(events.len(), 6);
    });
}

#[test]
fn a_finalizer_that_panics_after_it_has_resurrected() {
    survives(|unraisables| {
        let resurrect = |this: &Gc<Del>| {
            keep(this);
            panic_quietly("back again")
        };
        let by_count = Del::logged_with("a", resurrect);
        let in_cycle = Del::logged_with("b", resurrect);
        Del::into_cycle(in_cycle);
        drop(by_count);
        assert_eq!(gc::collect(), 0);
        assert_eq!(events(), ["del a", "del b"]);
        assert_eq!(unraisables.take().len(), 2);
        let objects = kept();
        assert_eq!(objects.len(), 2);
        drop(objects);
        assert_eq!(events(), ["drop a"]);
        assert_eq!(gc::collect(), 1);
        assert_eq!(events(), ["drop b"]);
    });
}

#[test]
fn weak_callbacks_that_panic_when_the_last_reference_goes() {
    survives(|unraisables| {
        let node = Node::new();
        let watch = |name| {
            WeakRef::with_callback(&node, OnDrop::run(move || log(name)), move |_, _| panic_quietly("called back"))
        };
        let watches = [watch("first"), watch("second")];
        drop(node);
        assert_eq!(events(), ["second", "first"], "newest first, and what they hold is dropped");
        let expected = (Origin::WeakCallback, "Node", text("called back"));
        assert_eq!(unraisables.take(), [expected.clone(), expected]);
        assert!(watches.iter().all(|watch| watch.upgrade().is_none() && !watch.has_callback()));
    });
}

#[test]
fn weak_callbacks_that_panic_in_a_collection() {
    survives(|unraisables| {
        let [a, b] = [Del::logged("a"), Del::logged("b")];
        a.link(&b);
        b.link(&a);
        let watches = [&a, &b].map(|object| {
            WeakRef::with_callback(object, (), |(), _| {
                log("called back");
                panic_quietly("no luck")
            })
        });
        drop((a, b));
        assert_eq!(gc::collect(), 2);
        assert_eq!(events()[..4], ["called back", "called back", "del a", "del b"]);
        let expected = (Origin::WeakCallback, "Del", text("no luck"));
        assert_eq!(unraisables.take(), [expected.clone(), expected]);
        drop(watches);
    });
}

#[test]
fn what_a_weak_callback_holds_panics_when_it_is_dropped() {
    survives(|unraisables| {
        let node = Node::new();
        let called = WeakRef::with_callback(&node, OnDrop::run(|| panic_quietly("state")), |_, _| log("called"));
        let never_called = WeakRef::with_callback(&node, OnDrop::run(|| panic_quietly("state")), |_, _| log("never"));
        drop(never_called);
        assert_eq!(unraisables.take(), [(Origin::Drop, "WeakRef", text("state"))]);
        drop(node);
        assert_eq!(events(), ["called"]);
        assert_eq!(unraisables.take(), [(Origin::WeakCallback, "Node", text("state"))]);
        drop(called);
    });
}

#[test]
fn a_weak_callback_that_panics_while_a_value_is_taken_out() {
    survives(|unraisables| {
        let text_object = Gc::new(String::from("kept"));
        let watch = WeakRef::with_callback(&text_object, (), |(), _| panic_quietly("no luck"));
        assert_eq!(Gc::try_unwrap(text_object).unwrap(), "kept");
        assert_eq!(unraisables.take().len(), 1);
        drop(watch);

        let mut text_object = Gc::new(String::from("kept"));
        let watch = WeakRef::with_callback(&text_object, (), |(), _| panic_quietly("no luck"));
        Gc::make_mut(&mut text_object).push('!');
        assert_eq!(*text_object, "kept!");
        assert_eq!(unraisables.take(), [(Origin::WeakCallback, "alloc::string::String", text("no luck"))]);
        assert!(watch.upgrade().is_none());
    });
}

#[test]
fn a_value_whose_drop_panics_when_the_last_reference_goes() {
    survives(|unraisables| {
        let parent = Node::on_drop(|| panic_quietly("no luck"));
        parent.link(&Node::on_drop(|| log("child")));
        drop(parent);
        assert_eq!(events(), ["child"]);
        assert_eq!(unraisables.take(), [(Origin::Drop, "Node", text("no luck"))]);
    });
}

#[test]
fn values_whose_drop_panics_in_a_dead_cycle() {
    survives(|unraisables| {
        let nodes: Vec<_> = (0..10).map(|_| Node::on_drop(|| panic_quietly("no luck"))).collect();
        for (index, node) in nodes.iter().enumerate() {
            node.link(&nodes[(index + 1) % 10]);
            node.link(&Node::on_drop(|| log("leaf")));
        }
        drop(nodes);
        assert_eq!(gc::collect(), 20);
        assert_eq!(events(), ["leaf"; 10]);
        assert_eq!(unraisables.take(), vec![(Origin::Drop, "Node", text("no luck")); 10]);
    });
}

#[test]
fn values_whose_drop_panics_while_they_wait() {
    survives(|unraisables| {
        let mut list = Node::new();
        for _ in 0..1_000 {
            let node = Node::on_drop(|| panic_quietly("no luck"));
            node.link(&list);
            list = node;
        }
        drop(list);
        assert_eq!(alive(), 0);
        assert_eq!(unraisables.take(), vec![(Origin::Drop, "Node", text("no luck")); 1_000]);
    });
}

#[test]
fn finalizers_that_panic_while_they_wait() {
    survives(|unraisables| {
        let mut list = Del::new(|_| {});
        for _ in 0..1_000 {
            let object = Del::new(|_| panic_quietly("no luck"));
            object.link(&list);
            list = object;
        }
        drop(list);
        assert_eq!(alive(), 0);
        assert_eq!(unraisables.take().len(), 1_000);
    });
}

#[test]
fn a_slice_and_a_trait_object_whose_drop_panics() {
    survives(|unraisables| {
        struct Faulty(#[allow(dead_code, reason = "its Drop panics")] OnDrop);
        // SAFETY: it owns no reference.
        unsafe impl Trace for Faulty {
            fn trace(&self, _: &mut Tracer<'_>) {}

            fn type_name() -> &'static str {
                "Faulty"
            }
        }
        trait Thing: Trace {}
        impl Thing for Faulty {}
        let faulty = || Faulty(OnDrop::run(|| panic_quietly("no luck")));

        let thing: Gc<dyn Thing> = unsize!(Gc::new(faulty()) => dyn Thing);
        drop(thing);
        assert_eq!(unraisables.take(), [(Origin::Drop, "Faulty", text("no luck"))]);

        let slice: Gc<[Faulty]> = Gc::from([faulty(), Faulty(OnDrop::nothing())]);
        drop(slice);
        let [(Origin::Drop, name, _)] = unraisables.take()[..] else { panic!("one report") };
        assert!(name.ends_with("Faulty]"), "{name}");
    });
}

#[test]
fn gc_callbacks_that_panic() {
    survives(|unraisables| {
        let faulty = callbacks::append(|phase, _| {
            log(format!("first {phase:?}"));
            panic_quietly("no luck")
        });
        let second = callbacks::append(|phase, info| log(format!("second {phase:?} {}", info.collected)));
        drop(ring(2));
        assert_eq!(gc::collect(), 2);
        assert_eq!(events(), ["first Start", "second Start 0", "first Stop", "second Stop 2"]);
        let expected = (Origin::GcCallback, "", text("no luck"));
        assert_eq!(unraisables.take(), [expected.clone(), expected]);
        assert!(callbacks::remove(faulty) && callbacks::remove(second));
    });
}

#[test]
fn an_unraisable_hook_that_panics() {
    survives(|_| {
        let calls = Rc::new(Cell::new(0));
        let count = calls.clone();
        let former = gc::set_unraisable_hook(Some(Rc::new(move |_| {
            count.set(count.get() + 1);
            panic_quietly("the hook")
        })));
        drop(Del::new(|_| panic_quietly("by count")));
        Del::into_cycle(Del::new(|_| panic_quietly("by collection")));
        assert_eq!(gc::collect(), 1);
        drop(Node::on_drop(|| panic_quietly("by drop")));
        let node = Node::new();
        let watch = WeakRef::with_callback(&node, (), |(), _| panic_quietly("by callback"));
        drop(node);
        let faulty = callbacks::append(|_, _| panic_quietly("by gc callback"));
        gc::collect();
        callbacks::remove(faulty);
        assert_eq!(calls.get(), 6);
        drop(watch);
        gc::set_unraisable_hook(former);
    });
}

#[test]
fn an_unraisable_hook_that_replaces_itself() {
    survives(|unraisables| {
        gc::set_unraisable_hook(Some(Rc::new(|_| drop(gc::set_unraisable_hook(None)))));
        drop(Del::new(|_| panic_quietly("to the first hook")));
        assert!(gc::unraisable_hook().is_none());
        assert_eq!(unraisables.take(), []);
    });
}

/// A panic's payload whose own drop panics.
struct Bomb(Rc<Cell<usize>>);

impl Drop for Bomb {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
        resume_unwind(Box::new(()));
    }
}

// SAFETY: used by one thread only; `resume_unwind` asks for it.
unsafe impl Send for Bomb {}

#[test]
fn a_panic_whose_payload_panics_when_it_is_dropped() {
    survives(|unraisables| {
        let drops = Rc::new(Cell::new(0));
        let explode = |drops: &Rc<Cell<usize>>| {
            let drops = drops.clone();
            move || -> () { resume_unwind(Box::new(Bomb(drops.clone()))) }
        };
        let code = explode(&drops);
        drop(Del::new(move |_| code()));
        let code = explode(&drops);
        Del::into_cycle(Del::new(move |_| code()));
        assert_eq!(gc::collect(), 1);
        drop(Node::on_drop(explode(&drops)));
        let node = Node::on_drop(explode(&drops));
        node.link(&node);
        drop(node);
        assert_eq!(gc::collect(), 1);
        let code = explode(&drops);
        let faulty = callbacks::append(move |_, _| code());
        gc::collect();
        callbacks::remove(faulty);
        assert_eq!(drops.get(), 6);
        assert_eq!(unraisables.take().len(), 6);

        let code = explode(&drops);
        let former = gc::set_unraisable_hook(Some(Rc::new(move |_| code())));
        drop(Del::new(|_| panic_quietly("to a hook with a bomb")));
        assert_eq!(drops.get(), 7);
        gc::set_unraisable_hook(former);
    });
}

#[test]
fn a_cyclic_constructor_that_panics() {
    survives(|unraisables| {
        let escaped = Rc::new(RefCell::new(Weak::<Node>::new()));
        let sink = escaped.clone();
        let result = catch_unwind(AssertUnwindSafe(|| {
            Gc::<Node>::new_cyclic(|me| {
                assert!(me.upgrade().is_none(), "it is being built");
                *sink.borrow_mut() = me.clone();
                let _part = Node::new();
                gc::collect();
                panic_quietly("no luck")
            })
        }));
        assert_eq!(*result.err().unwrap().downcast::<&str>().unwrap(), "no luck");
        assert!(escaped.borrow().upgrade().is_none());
        assert_eq!((escaped.borrow().strong_count(), escaped.borrow().weak_count()), (0, 0));
        assert_eq!(unraisables.take(), []);
        // The memory is free again: the next object may take it without becoming what the reference refers to.
        let node = Node::new();
        assert!(escaped.borrow().upgrade().is_none());
        drop(node);
    });
}

#[test]
fn a_clone_that_panics_in_make_mut_and_unwrap_or_clone() {
    struct Stubborn(#[allow(dead_code, reason = "counts")] OnDrop);
    // SAFETY: it owns no reference.
    unsafe impl Trace for Stubborn {
        fn trace(&self, _: &mut Tracer<'_>) {}
    }
    impl Clone for Stubborn {
        fn clone(&self) -> Self {
            panic_quietly("not me")
        }
    }
    survives(|_| {
        let mut object = Gc::new(Stubborn(OnDrop::nothing()));
        let other = object.clone();
        assert!(catch_unwind(AssertUnwindSafe(|| _ = Gc::make_mut(&mut object))).is_err());
        assert_eq!(Gc::strong_count(&object), 2);
        assert!(catch_unwind(AssertUnwindSafe(|| Gc::unwrap_or_clone(object))).is_err());
        assert_eq!(Gc::strong_count(&other), 1);
    });
}

#[test]
fn panics_while_another_panic_unwinds() {
    survives(|unraisables| {
        let result = catch_unwind(|| {
            let object = Del::logged_with("a", |_| panic_quietly("in the finalizer"));
            object.link(&Del::logged("b"));
            let _node = Node::on_drop(|| panic_quietly("in the drop"));
            let _object = object;
            panic_quietly("the first")
        });
        assert_eq!(*result.unwrap_err().downcast::<&str>().unwrap(), "the first");
        assert_eq!(events(), ["del a", "del b", "drop b", "drop a"]);
        let expected =
            [(Origin::Finalizer, "Del", text("in the finalizer")), (Origin::Drop, "Node", text("in the drop"))];
        assert_eq!(unraisables.take(), expected);
    });
}

#[test]
fn panics_in_automatic_collections_do_not_reach_who_allocates() {
    survives(|unraisables| {
        for _ in 0..5_000 {
            Del::into_cycle(Del::new(|_| panic_quietly("no luck")));
        }
        gc::collect();
        assert_eq!(unraisables.take().len(), 5_000);
    });
}

#[test]
fn a_panic_in_a_finalizer_at_the_end_of_a_thread() {
    let (sender, receiver) = std::sync::mpsc::channel();
    fresh(move || {
        for number in 0..3 {
            let sender = sender.clone();
            Del::into_cycle(Del::new(move |_| {
                sender.send(number).unwrap();
                panic_quietly("at the end")
            }));
        }
    });
    assert_eq!(receiver.iter().collect::<Vec<_>>(), [0, 1, 2]);
}
