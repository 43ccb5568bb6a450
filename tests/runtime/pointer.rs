//! The pointers' API, one behaviour each: as `Rc` has it, but for what says otherwise.

use std::any::Any;
use std::borrow::{Borrow, Cow};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::error::Error;
use std::ffi::{CString, OsStr, OsString};
use std::fmt;
use std::marker::PhantomData;
use std::mem::size_of;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use refcycle::{Gc, Object, Trace, Tracer, Weak, WeakRef, gc, unsize};

use crate::support::{Del, Node, OnDrop, alive, events, fresh, keep, kept, log};

#[test]
fn a_pointer_is_one_word_and_so_is_an_optional_one() {
    assert_eq!(size_of::<Gc<[u64; 9]>>(), size_of::<usize>());
    assert_eq!(size_of::<Option<Gc<String>>>(), size_of::<usize>());
    assert_eq!(size_of::<Gc<str>>(), 2 * size_of::<usize>());
    assert_eq!(size_of::<Option<Gc<[u8]>>>(), 2 * size_of::<usize>());
    assert_eq!(size_of::<Option<Gc<dyn Any>>>(), 2 * size_of::<usize>());
    assert_eq!(size_of::<Option<WeakRef<u8>>>(), size_of::<usize>());
    assert_eq!(size_of::<Option<Object>>(), size_of::<usize>());
}

/// Does a type implement an auto trait? The inherent constant shadows the trait's where it applies.
macro_rules! implements {
    ($type:ty: $($bound:tt)+) => {{
        struct Probe<T: ?Sized>(#[allow(dead_code, reason = "only the type is used")] PhantomData<T>);
        #[allow(dead_code, reason = "used if it is not shadowed")]
        trait Otherwise {
            const YES: bool = false;
        }
        impl<T: ?Sized> Otherwise for Probe<T> {}
        #[allow(dead_code, reason = "shadows the other if it applies")]
        impl<T: ?Sized + $($bound)+> Probe<T> {
            const YES: bool = true;
        }
        Probe::<$type>::YES
    }};
}

#[test]
fn pointers_stay_on_their_thread() {
    assert!(implements!(u8: Send) && implements!(u8: Sync), "the probe works");
    assert!(!implements!(Gc<u8>: Send) && !implements!(Gc<u8>: Sync));
    assert!(!implements!(Weak<u8>: Send) && !implements!(Weak<u8>: Sync));
    assert!(!implements!(WeakRef<u8>: Send) && !implements!(Object: Send) && !implements!(Object: Sync));
}

#[test]
fn pointers_move_freely_and_cross_unwinding_as_rc_does() {
    assert!(implements!(Gc<std::marker::PhantomPinned>: Unpin));
    assert!(implements!(Gc<u8>: std::panic::UnwindSafe) && implements!(Gc<u8>: std::panic::RefUnwindSafe));
    assert!(!implements!(Gc<Cell<u8>>: std::panic::UnwindSafe));
}

#[test]
fn new_dereferences_to_its_value() {
    let text = Gc::new(String::from("five"));
    assert_eq!(text.len(), 4);
    assert_eq!(&*text, "five");
}

#[test]
fn clone_refers_to_the_same_object() {
    let a = Gc::new(Cell::new(1));
    let b = a.clone();
    b.set(2);
    assert_eq!(a.get(), 2);
    assert!(Gc::ptr_eq(&a, &b));
    assert!(!Gc::ptr_eq(&a, &Gc::new(Cell::new(2))));
}

#[test]
fn strong_count_is_exact() {
    let a = Gc::new(0);
    assert_eq!(Gc::strong_count(&a), 1);
    let others = [a.clone(), a.clone()];
    assert_eq!(Gc::strong_count(&a), 3);
    assert_eq!(gc::getrefcount(&a), 4, "as CPython counts, with the argument");
    drop(others);
    assert_eq!(Gc::strong_count(&a), 1);
}

#[test]
fn weak_count_is_exact() {
    let a = Gc::new(0);
    assert_eq!(Gc::weak_count(&a), 0);
    let weak = Gc::downgrade(&a);
    let other = weak.clone();
    assert_eq!((Gc::weak_count(&a), weak.weak_count(), weak.strong_count()), (2, 2, 1));
    drop(weak);
    assert_eq!(Gc::weak_count(&a), 1);
    drop(a);
    assert_eq!((other.weak_count(), other.strong_count()), (0, 0));
}

#[test]
fn the_value_is_dropped_with_the_last_reference() {
    fresh(|| {
        let a = Node::on_drop(|| log("dropped"));
        let b = a.clone();
        drop(a);
        assert_eq!(events().len(), 0);
        drop(b);
        assert_eq!(events(), ["dropped"]);
    });
}

#[test]
fn try_unwrap_moves_the_value_out_of_a_sole_reference() {
    fresh(|| {
        let a = Node::new();
        let b = a.clone();
        let a = Gc::try_unwrap(a).err().expect("there are two");
        drop(b);
        let value = Gc::try_unwrap(a).ok().expect("there is one");
        assert_eq!((alive(), gc::get_objects(None).len()), (1, 0));
        drop(value);
        assert_eq!(alive(), 0);
    });
}

#[test]
fn try_unwrap_clears_weak_references_and_calls_back() {
    let a = Gc::new(String::from("x"));
    let weak = Gc::downgrade(&a);
    let watch = WeakRef::with_callback(&a, (), |(), watch| {
        assert!(watch.upgrade().is_none());
        log("called");
    });
    assert_eq!(Gc::try_unwrap(a).unwrap(), "x");
    assert!(weak.upgrade().is_none() && watch.upgrade().is_none());
    assert_eq!(events(), ["called"]);
}

#[test]
fn try_unwrap_refuses_a_type_with_a_finalizer() {
    fresh(|| {
        let a = Gc::try_unwrap(Del::logged("a")).err().expect("it dies as a whole");
        assert!(Gc::into_inner(a).is_none());
        assert_eq!(events(), ["del a", "drop a"]);
    });
}

#[test]
fn into_inner_gives_the_value_to_the_last() {
    let a = Gc::new(3);
    let b = a.clone();
    assert_eq!(Gc::into_inner(a), None);
    assert_eq!(Gc::into_inner(b), Some(3));
}

#[test]
fn unwrap_or_clone_clones_only_what_is_shared() {
    let a = Gc::new(vec![1]);
    let address = a.as_ptr();
    let b = a.clone();
    let clone = Gc::unwrap_or_clone(b);
    let moved = Gc::unwrap_or_clone(a);
    assert_ne!(clone.as_ptr(), address);
    assert_eq!(moved.as_ptr(), address);
}

#[test]
fn get_mut_lends_the_value_of_a_sole_reference() {
    let mut a = Gc::new(1);
    *Gc::get_mut(&mut a).unwrap() = 2;
    let b = a.clone();
    assert!(Gc::get_mut(&mut a).is_none());
    drop(b);
    let weak = Gc::downgrade(&a);
    assert!(Gc::get_mut(&mut a).is_none(), "a weak reference could become another");
    drop(weak);
    assert_eq!(Gc::get_mut(&mut a).copied(), Some(2));
}

#[test]
fn get_mut_of_slices_and_trait_objects() {
    let mut slice: Gc<[i32]> = Gc::from([1, 2]);
    Gc::get_mut(&mut slice).unwrap()[0] = 9;
    assert_eq!(*slice, [9, 2]);
    let mut any: Gc<dyn Any> = unsize!(Gc::new(1_i32) => dyn Any);
    *Gc::get_mut(&mut any).unwrap().downcast_mut::<i32>().unwrap() = 5;
    assert_eq!(any.downcast_ref(), Some(&5));
}

#[test]
fn make_mut_copies_what_is_shared() {
    let mut a = Gc::new(1);
    let address = Gc::as_ptr(&a);
    *Gc::make_mut(&mut a) += 1;
    assert_eq!(Gc::as_ptr(&a), address, "a sole reference keeps its object");
    let b = a.clone();
    *Gc::make_mut(&mut a) += 1;
    assert_eq!((*a, *b), (3, 2));
    assert_eq!((Gc::strong_count(&a), Gc::strong_count(&b)), (1, 1));
}

#[test]
fn make_mut_clears_weak_references() {
    let mut a = Gc::new(1);
    let weak = Gc::downgrade(&a);
    *Gc::make_mut(&mut a) += 1;
    assert!(weak.upgrade().is_none());
    assert_eq!((*a, Gc::weak_count(&a)), (2, 0));
}

#[test]
fn new_cyclic_gives_an_object_its_own_weak_reference() {
    let a = Gc::new_cyclic(|me: &Weak<(u8, Weak<u8>)>| {
        assert!(me.upgrade().is_none());
        assert_eq!((me.strong_count(), me.weak_count()), (0, 0));
        (1, Weak::new())
    });
    assert_eq!((a.0, Gc::strong_count(&a), Gc::weak_count(&a)), (1, 1, 0));
}

#[test]
fn raw_pointers_keep_their_count() {
    let a = Gc::new(String::from("x"));
    let raw = Gc::into_raw(a.clone());
    assert_eq!((Gc::strong_count(&a), raw), (2, Gc::as_ptr(&a)));
    // SAFETY: from `into_raw`; what is counted is given up again.
    let b = unsafe {
        Gc::increment_strong_count(raw);
        assert_eq!(Gc::strong_count(&a), 3);
        Gc::decrement_strong_count(raw);
        Gc::from_raw(raw)
    };
    assert!(Gc::ptr_eq(&a, &b));
    drop(a);
    assert_eq!(*b, "x");
}

#[test]
fn raw_pointers_of_slices_and_trait_objects() {
    let slice: Gc<[u8]> = Gc::from([1, 2, 3]);
    // SAFETY: from `into_raw`, once.
    let slice = unsafe { Gc::from_raw(Gc::into_raw(slice)) };
    assert_eq!(*slice, [1, 2, 3]);
    let any: Gc<dyn Any> = unsize!(slice_holder() => dyn Any);
    // SAFETY: as above.
    let any = unsafe { Gc::from_raw(Gc::into_raw(any)) };
    assert!(any.is::<Holder>());
}

struct Holder(#[allow(dead_code, reason = "owned")] Gc<[u8]>);

// SAFETY: reports its reference.
unsafe impl Trace for Holder {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

fn slice_holder() -> Gc<Holder> {
    Gc::new(Holder(Gc::from([1])))
}

#[test]
fn pin_gives_a_pinned_object() {
    let pinned: Pin<Gc<u8>> = Gc::pin(5);
    assert_eq!(*pinned, 5);
    assert_eq!(*pinned.clone(), 5);
}

#[test]
fn a_weak_reference_to_nothing() {
    let weak = Weak::<String>::new();
    assert!(weak.upgrade().is_none());
    assert_eq!((weak.strong_count(), weak.weak_count()), (0, 0));
    assert!(weak.ptr_eq(&Weak::default()));
    assert_eq!(format!("{weak:?}"), "(Weak)");
}

#[test]
fn weak_references_compare_by_object() {
    let (a, b) = (Gc::new(1), Gc::new(1));
    let (weak, other) = (Gc::downgrade(&a), Gc::downgrade(&b));
    assert!(weak.ptr_eq(&Gc::downgrade(&a)) && weak.ptr_eq(&weak.clone()));
    assert!(!weak.ptr_eq(&other) && !weak.ptr_eq(&Weak::new()));
    assert_eq!(weak.as_ptr(), Gc::as_ptr(&a));
    drop(a);
    assert!(weak.ptr_eq(&weak.clone()), "also when it is dead");
}

#[test]
fn a_slot_that_is_used_again_does_not_revive_weak_references() {
    fresh(|| {
        let a = Gc::new(1_u64);
        let (weak, address) = (Gc::downgrade(&a), Gc::as_ptr(&a));
        drop(a);
        let others: Vec<_> = (0..100).map(Gc::new).collect();
        let reused = others.iter().any(|other: &Gc<u64>| Gc::as_ptr(other) == address);
        assert!(reused || cfg!(feature = "system-alloc"));
        assert!(weak.upgrade().is_none());
    });
}

#[test]
fn new_weak_references_after_the_last_was_dropped() {
    let a = Gc::new(1);
    drop(Gc::downgrade(&a));
    assert_eq!(Gc::weak_count(&a), 0);
    let weak = Gc::downgrade(&a);
    assert!(Gc::ptr_eq(&weak.upgrade().unwrap(), &a));
}

#[test]
fn weak_references_of_slices_and_trait_objects() {
    let slice: Gc<[u8]> = Gc::from([1, 2, 3]);
    let weak = Gc::downgrade(&slice);
    assert_eq!(*weak.upgrade().unwrap(), [1, 2, 3]);
    drop(slice);
    assert!(weak.upgrade().is_none());
    let any: Gc<dyn Any> = unsize!(Gc::new(1_u8) => dyn Any);
    let weak = Gc::downgrade(&any);
    assert!(weak.upgrade().unwrap().is::<u8>());
    drop(any);
    assert!(weak.upgrade().is_none());
}

#[test]
fn a_resurrected_object_keeps_its_weak_references_if_counting_ended_it() {
    fresh(|| {
        let a = Del::logged_with("a", keep);
        let weak = Gc::downgrade(&a);
        drop(a);
        let objects = kept();
        assert!(Gc::ptr_eq(&weak.upgrade().unwrap(), &objects[0]));
        drop(objects);
        assert!(weak.upgrade().is_none());
    });
}

#[test]
fn a_resurrected_object_has_lost_its_weak_references_if_a_collection_ended_it() {
    fresh(|| {
        let a = Del::logged_with("a", keep);
        let weak = Gc::downgrade(&a);
        let watch = WeakRef::with_callback(&a, (), |(), _| log("called"));
        Del::into_cycle(a);
        gc::collect();
        assert_eq!(events(), ["called", "del a"]);
        let objects = kept();
        assert!(weak.upgrade().is_none() && watch.upgrade().is_none());
        assert_eq!(Gc::weak_count(&objects[0]), 0);
        assert!(Gc::downgrade(&objects[0]).upgrade().is_some(), "new ones work");
        objects[0].links.take();
    });
}

#[test]
fn a_dead_cycle_is_reached_by_weak_references_until_it_is_collected() {
    fresh(|| {
        let a = Del::logged("a");
        let weak = Gc::downgrade(&a);
        Del::into_cycle(a);
        let again = weak.upgrade().expect("nobody has collected");
        gc::collect();
        assert_eq!(events().len(), 0);
        drop(again);
        gc::collect();
        assert!(weak.upgrade().is_none());
    });
}

#[test]
fn callbacks_run_newest_first_when_all_references_are_dead() {
    fresh(|| {
        let a = Gc::new(0);
        let weak = Gc::downgrade(&a);
        let watches = ["first", "second", "third"].map(|name| {
            WeakRef::with_callback(&a, (name, weak.clone()), |(name, weak), watch| {
                assert!(weak.upgrade().is_none() && watch.upgrade().is_none());
                log(name);
            })
        });
        assert!(watches.iter().all(WeakRef::has_callback));
        drop(a);
        assert_eq!(events(), ["third", "second", "first"]);
        assert!(!watches.iter().any(WeakRef::has_callback));
    });
}

#[test]
fn a_watch_that_dies_first_never_calls_back() {
    fresh(|| {
        let a = Gc::new(0);
        let watch = WeakRef::with_callback(&a, (), |(), _| log("called"));
        let copy = watch.clone();
        assert!(WeakRef::ptr_eq(&watch, &copy));
        drop((watch, copy));
        drop(a);
        assert_eq!(events().len(), 0);
    });
}

#[test]
fn a_watch_that_is_garbage_with_its_object_does_not_call_back() {
    struct Pair(RefCell<Option<Gc<Pair>>>, RefCell<Option<WeakRef<Pair>>>);
    // SAFETY: reports both.
    unsafe impl Trace for Pair {
        fn trace(&self, tracer: &mut Tracer<'_>) {
            self.0.trace(tracer);
            self.1.trace(tracer);
        }
    }
    fresh(|| {
        let a = Gc::new(Pair(RefCell::default(), RefCell::default()));
        *a.0.borrow_mut() = Some(a.clone());
        *a.1.borrow_mut() = Some(WeakRef::with_callback(&a, (), |(), _| log("inside")));
        let outside = WeakRef::with_callback(&a, (), |(), _| log("outside"));
        drop(a);
        assert_eq!(gc::collect(), 2);
        assert_eq!(events(), ["outside"]);
        drop(outside);
    });
}

#[test]
fn a_cycle_through_a_callback_is_collected() {
    fresh(|| {
        let target = Gc::new(0);
        let slot: Gc<RefCell<Option<WeakRef<i32>>>> = Gc::default();
        *slot.borrow_mut() = Some(WeakRef::with_callback(&target, slot.clone(), |_, _| log("called")));
        drop(slot);
        assert_eq!(gc::collect(), 2);
        drop(target);
        assert_eq!(events().len(), 0);
    });
}

#[test]
fn a_callback_holds_what_it_needs_until_it_has_run() {
    fresh(|| {
        let (target, needed) = (Gc::new(0), Node::new());
        let watch =
            WeakRef::with_callback(&target, needed.clone(), |needed, _| log(format!("{}", Gc::strong_count(&needed))));
        assert_eq!(Gc::strong_count(&needed), 2);
        drop(target);
        assert_eq!((events(), Gc::strong_count(&needed)), (vec![String::from("2")], 1));
        drop(watch);
    });
}

#[test]
fn equality_order_and_hash_are_the_value_s() {
    let (a, b, c) = (Gc::new(1), Gc::new(1), Gc::new(2));
    assert!(a == b && a != c && a < c && c >= b);
    assert_eq!(a.cmp(&c), std::cmp::Ordering::Less);
    assert_eq!(a.partial_cmp(&b), Some(std::cmp::Ordering::Equal));
    assert_eq!(HashSet::from([a.clone(), b.clone(), c.clone()]).len(), 2);
    assert_eq!(BTreeSet::from([c, b, a]).into_iter().map(|n| *n).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn what_is_not_equal_to_itself_is_not_equal_behind_a_pointer() {
    let a = Gc::new(f64::NAN);
    assert_ne!(a, a.clone());
}

#[test]
fn a_map_with_pointers_as_keys_is_asked_by_value() {
    let map = HashMap::from([(Gc::<str>::from("a"), 1)]);
    assert_eq!(map.get("a"), Some(&1));
}

#[test]
fn text_shows_the_value_and_a_pointer_its_address() {
    let a = Gc::new(5);
    assert_eq!(format!("{a} {a:?}"), "5 5");
    assert_eq!(format!("{a:p}"), format!("{:p}", Gc::as_ptr(&a)));
}

#[test]
fn borrow_and_as_ref_give_the_value() {
    fn length(text: impl AsRef<str>) -> usize {
        text.as_ref().len()
    }
    assert_eq!(length(Gc::<str>::from("abc")), 3);
    assert_eq!(Borrow::<str>::borrow(&Gc::<str>::from("abc")), "abc");
}

#[test]
fn an_error_behind_a_pointer_is_an_error() {
    #[derive(Debug)]
    struct Outer(fmt::Error);
    impl fmt::Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("outer")
        }
    }
    impl Error for Outer {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }
    // SAFETY: it owns no reference.
    unsafe impl Trace for Outer {
        fn trace(&self, _: &mut Tracer<'_>) {}
    }
    let error: Box<dyn Error> = Box::new(Gc::new(Outer(fmt::Error)));
    assert_eq!(error.to_string(), "outer");
    assert!(error.source().unwrap().is::<fmt::Error>());
}

#[test]
fn defaults() {
    assert_eq!(*Gc::<u8>::default(), 0);
    assert_eq!(&*Gc::<str>::default(), "");
    assert!(Gc::<[String]>::default().is_empty());
}

#[test]
fn conversions_into_one_value() {
    assert_eq!(*Gc::from(5), 5);
    assert_eq!(*Gc::<u8>::from(Box::new(5)), 5);
    assert_eq!(**Gc::<CString>::from(c"text"), *c"text");
    assert_eq!(**Gc::<OsString>::from(OsStr::new("text")), *OsStr::new("text"));
    assert_eq!(**Gc::<PathBuf>::from(Path::new("a/b")), *Path::new("a/b"));
}

#[test]
fn conversions_into_slices_move_the_items() {
    fresh(|| {
        let items = || (0..3).map(|_| OnDrop::nothing());
        let slices: [Gc<[OnDrop]>; 4] =
            [Gc::from(items().collect::<Vec<_>>()), items().collect(), Gc::from(items().collect::<Box<[_]>>()), {
                let [a, b, c] = std::array::from_fn(|_| OnDrop::nothing());
                Gc::from([a, b, c])
            }];
        assert_eq!(alive(), 12);
        drop(slices);
        assert_eq!(alive(), 0);
    });
    assert_eq!(*Gc::<[u8]>::from(&[1, 2][..]), [1, 2]);
    assert_eq!(*Gc::<[u8]>::from(Cow::Borrowed(&[1, 2][..])), [1, 2]);
    assert_eq!(*Gc::<[u8]>::from(Gc::<str>::from("ab")), *b"ab");
}

#[test]
fn conversions_into_text() {
    for text in [
        Gc::<str>::from("äöü"),
        Gc::from(String::from("äöü")),
        Gc::from(String::from("äöü").into_boxed_str()),
        Gc::from(Cow::Borrowed("äöü")),
    ] {
        assert_eq!(&*text, "äöü");
    }
}

#[test]
fn a_slice_becomes_an_array_if_the_length_fits() {
    let slice: Gc<[String]> = Gc::from([String::from("a"), String::from("b")]);
    let slice = <Gc<[String; 3]>>::try_from(slice).unwrap_err();
    let array: Gc<[String; 2]> = slice.try_into().unwrap();
    assert_eq!(array.join(""), "ab");
}

#[test]
fn an_array_becomes_a_slice() {
    fresh(|| {
        let slice: Gc<[OnDrop]> = unsize!(Gc::new([OnDrop::nothing(), OnDrop::nothing()]) => [OnDrop]);
        assert_eq!((slice.len(), alive()), (2, 2));
        drop(slice);
        assert_eq!(alive(), 0);
    });
}

#[test]
fn a_trait_object_runs_the_finalizer_and_the_drop_of_its_type() {
    trait Named: Trace {
        fn name(&self) -> String;
    }
    impl Named for Del {
        fn name(&self) -> String {
            format!("{} links", self.links.borrow().len())
        }
    }
    fresh(|| {
        let object = Del::logged("a");
        object.link(&object);
        let named: Gc<dyn Named> = unsize!(object => dyn Named);
        assert_eq!(named.name(), "1 links");
        drop(named);
        assert_eq!(gc::collect(), 1);
        assert_eq!(events(), ["del a", "drop a"]);
    });
}

#[test]
fn downcast_finds_the_concrete_type() {
    let any: Gc<dyn Any> = unsize!(Gc::new(5_i32) => dyn Any);
    let any = any.downcast::<u32>().unwrap_err();
    assert_eq!(*any.downcast::<i32>().unwrap(), 5);
}

#[test]
fn an_object_is_a_reference_of_any_type() {
    let text = Gc::new(String::from("x"));
    let object = Object::from(text.clone());
    assert!(object.is::<String>() && !object.is::<u8>());
    assert_eq!((object.strong_count(), object.clone().strong_count()), (2, 3));
    assert!(object.ptr_eq(&Object::from(text.clone())));
    let object = object.downcast::<u8>().unwrap_err();
    assert!(format!("{object:?}").starts_with("<alloc::string::String object at 0x"));
    assert!(Gc::ptr_eq(&object.downcast::<String>().unwrap(), &text));
}

#[test]
fn what_only_an_object_holds_dies_with_it() {
    fresh(|| {
        let object = Object::from(Del::logged("a"));
        drop(object);
        assert_eq!(events(), ["del a", "drop a"]);
    });
}

#[test]
fn a_method_may_drop_the_owner_of_its_receiver() {
    struct Owner(RefCell<Option<Gc<Part>>>);
    struct Part(Weak<Owner>, #[allow(dead_code, reason = "dropped")] OnDrop);
    // SAFETY: reports its reference.
    unsafe impl Trace for Owner {
        fn trace(&self, tracer: &mut Tracer<'_>) {
            self.0.trace(tracer);
        }
    }
    // SAFETY: it owns no counted reference.
    unsafe impl Trace for Part {
        fn trace(&self, _: &mut Tracer<'_>) {}
    }
    impl Part {
        fn leave(&self) {
            self.0.upgrade().unwrap().0.take();
            log("left");
        }
    }
    fresh(|| {
        let owner = Gc::new_cyclic(|me: &Weak<Owner>| {
            Owner(RefCell::new(Some(Gc::new(Part(me.clone(), OnDrop::run(|| log("part")))))))
        });
        let part = owner.0.borrow().clone().unwrap();
        part.leave();
        drop(part);
        assert_eq!(events(), ["left", "part"]);
    });
}

#[test]
fn a_slice_that_others_share_is_copied_before_it_is_changed() {
    let mut ours: Gc<[u8]> = Gc::from([1, 2, 3]);
    let theirs = ours.clone();
    Gc::make_mut(&mut ours)[0] = 9;
    assert_eq!((&*ours, &*theirs), (&[9, 2, 3][..], &[1, 2, 3][..]));
    let place = Gc::as_ptr(&ours);
    Gc::make_mut(&mut ours)[1] = 8;
    assert!(std::ptr::addr_eq(place, Gc::as_ptr(&ours)), "a slice of one's own is changed in place");
}

#[test]
fn text_is_copied_before_it_is_changed() {
    let mut ours: Gc<str> = Gc::from("abc");
    let theirs = ours.clone();
    Gc::make_mut(&mut ours).make_ascii_uppercase();
    assert_eq!((&*ours, &*theirs), ("ABC", "abc"));
}

#[test]
fn a_slice_is_copied_while_values_are_held() {
    let mut ours: Gc<[u8]> = Gc::from([1]);
    let hold = refcycle::gc::hold();
    Gc::make_mut(&mut ours)[0] = 2;
    drop(hold);
    assert_eq!(*ours, [2]);
}

#[test]
fn a_slice_can_be_written_after_it_was_made() {
    let mut texts = Gc::<[Gc<String>]>::new_uninit_slice(2);
    for place in Gc::get_mut(&mut texts).unwrap() {
        place.write(Gc::new(String::from("x")));
    }
    // SAFETY: all items were just written.
    let texts = unsafe { texts.assume_init() };
    let first = texts[0].clone();
    drop(texts);
    assert_eq!(Gc::strong_count(&first), 1, "the items are dropped with the slice");
}
