use std::cell::RefCell;

use refcycle::{Gc, WeakKeyMap, WeakRef, gc};

use super::{Item, item};
use crate::support::{events, log};

#[test]
fn entry_and_value_go_when_the_key_dies() {
    let map = WeakKeyMap::new();
    let (a, b) = (item("a"), item("b"));
    map.insert(&a, item("va"));
    map.insert(&b, item("vb"));
    assert_eq!((map.len(), map.get(&a).unwrap().name.as_str(), map.contains_key(&b)), (2, "va", true));
    drop(a);
    assert_eq!(events(), ["del a", "del va"]);
    map.insert(&b, item("vb2"));
    assert_eq!(events(), ["del vb"]);
    assert_eq!(map.remove(&b).unwrap().name, "vb2");
    assert!(map.is_empty() && !map.contains_key(&b));
    map.insert(&b, item("vb3"));
    events();
    drop(b);
    assert_eq!(events(), ["del b", "del vb3"]);
    assert_eq!(map.len(), 0);
}

#[test]
fn equal_keys_share_an_entry_of_the_first() {
    let map = WeakKeyMap::by_value();
    let (first, second) = (Gc::new(String::from("k")), Gc::new(String::from("k")));
    map.insert(&first, 1);
    assert_eq!(map.insert(&second, 2), Some(1));
    assert!(Gc::ptr_eq(&map.keys()[0], &first));
    drop(second);
    assert_eq!(map.get(&String::from("k")), Some(2));
    drop(first);
    assert!(map.is_empty());
}

#[test]
fn deaths_and_changes_while_it_is_iterated_over() {
    let map = WeakKeyMap::new();
    let mut keys: Vec<_> = (0..50).map(|n| item(&n.to_string())).collect();
    for (n, key) in keys.iter().enumerate() {
        map.insert(key, n);
    }
    let mut seen = 0;
    for (key, n) in &map {
        assert_eq!(key.name, n.to_string());
        keys.truncate(25);
        if n == 3 {
            map.remove(&keys[4]);
        }
        seen += 1;
    }
    assert_eq!((seen, map.len()), (24, 24));
    let mut iterator = map.iter();
    let held = iterator.next().unwrap().0;
    map.clear();
    assert!(iterator.next().is_none());
    assert_eq!(Gc::weak_count(&held), 0);
}

#[test]
fn a_lookup_that_kills_leaves_the_map_in_order() {
    thread_local! {
        static VICTIM: RefCell<Option<Gc<Evil>>> = const { RefCell::new(None) };
    }
    #[derive(refcycle::Trace)]
    struct Evil(u32);
    impl PartialEq for Evil {
        fn eq(&self, other: &Self) -> bool {
            VICTIM.take();
            self.0 == other.0
        }
    }
    impl Eq for Evil {}
    impl std::hash::Hash for Evil {
        fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
            state.write_u32(7);
        }
    }
    let map = WeakKeyMap::by_value();
    let (a, b) = (Gc::new(Evil(1)), Gc::new(Evil(2)));
    map.insert(&a, item("a"));
    map.insert(&b, item("b"));
    VICTIM.set(Some(b));
    assert_eq!(map.get(&Evil(1)).unwrap().name, "a");
    assert_eq!(events(), ["del b"]);
    assert_eq!(map.len(), 1);
}

#[test]
fn values_may_use_the_map_when_they_die() {
    thread_local! {
        static MAP: WeakKeyMap<Item, Gc<Evil>> = WeakKeyMap::new();
    }
    #[refcycle::managed]
    struct Evil {
        calls_back: bool,
    }
    #[refcycle::managed]
    impl Evil {
        fn __del__(&self) {
            if self.calls_back {
                MAP.with(|map| {
                    log(format!("{} left", map.len()));
                    map.insert(&item("temporary"), Evil::new(false));
                    map.clear();
                });
            }
        }
    }
    let keys: Vec<_> = (0..3).map(|n| item(&n.to_string())).collect();
    MAP.with(|map| {
        for key in &keys {
            map.insert(key, Evil::new(true));
        }
    });
    events();
    drop(keys);
    let log = events();
    assert_eq!(log.iter().filter(|event| event.ends_with("left")).count(), 3);
    MAP.with(|map| assert!(map.is_empty()));
}

#[test]
fn callbacks_find_the_entry_gone_or_there_by_age() {
    let map: WeakKeyMap<Item, u8> = WeakKeyMap::new();
    let a = item("a");
    let state = map.clone();
    let older = WeakRef::with_callback(&a, state.clone(), |map, _| log(format!("older: {}", map.len())));
    map.insert(&a, 1);
    let newer = WeakRef::with_callback(&a, state, |map, _| {
        log(format!("newer: {} with {} keys", map.len(), map.keys().len()));
    });
    drop(a);
    assert_eq!(events(), ["del a", "newer: 1 with 0 keys", "older: 0"]);
    drop((older, newer));
}

#[test]
fn a_map_in_the_garbage_goes_with_it() {
    #[refcycle::managed]
    struct Owner {
        map: WeakKeyMap<Item, Gc<Item>>,
        #[managed(mut)]
        me: Option<Gc<Owner>>,
    }
    let owner = Owner::new(WeakKeyMap::new(), None);
    owner.set_me(Some(owner.clone()));
    let outside = item("outside");
    owner.map.insert(&outside, item("value"));
    drop(owner);
    gc::collect();
    assert_eq!(events(), ["del value"]);
    assert_eq!(Gc::weak_count(&outside), 0);
}
