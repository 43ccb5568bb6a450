use refcycle::{Gc, WeakValueMap, gc};

use super::{item, looped, saved};
use crate::support::{events, log};

#[test]
fn entries_are_as_in_a_map_while_values_live() {
    let map = WeakValueMap::new();
    let (one, two) = (item("1"), item("2"));
    map.insert("k", &one);
    assert!(map.get("missing").is_none());
    assert_eq!(map.get_or_insert_with("k", || two.clone()).name, "1");
    assert_eq!(map.get_or_insert_with("m", || two.clone()).name, "2");
    assert_eq!(map.insert("k", &two).unwrap().name, "1");
    assert_eq!(map.get("k").unwrap().name, "2");
    drop(one);
    assert_eq!(map.keys(), ["k", "m"]);
    let popped = map.remove("m").unwrap();
    assert_eq!(map.keys(), ["k"]);
    assert!(map.remove("k").is_some());
    assert!(!map.contains_key("k") && map.is_empty());
    drop((popped, two));
    assert_eq!(events(), ["del 1", "del 2"]);
}

#[test]
fn a_value_may_have_several_keys() {
    let map = WeakValueMap::new();
    let (a, b) = (item("a"), item("b"));
    map.insert(1, &a);
    map.insert(2, &b);
    map.insert(3, &a);
    drop(a);
    assert_eq!(map.keys(), [2]);
    map.insert(1, &b);
    assert_eq!(map.len(), 2);
    drop(b);
    assert_eq!(map.len(), 0);
}

#[test]
fn values_in_cycles_stay_until_collected() {
    let map = WeakValueMap::new();
    map.insert("x", &looped("x"));
    map.insert("y", &looped("y"));
    let keep = map.get("y").unwrap();
    gc::collect();
    assert_eq!(map.keys(), ["y"]);
    drop(keep);
    gc::collect();
    assert!(map.is_empty());
}

#[test]
fn values_are_strong_while_held() {
    let map = WeakValueMap::new();
    let mut snapshot = {
        let (a, b) = (item("1"), item("2"));
        map.insert("a", &a);
        map.insert("b", &b);
        map.values()
    };
    assert_eq!(map.len(), 2);
    snapshot.remove(0);
    assert_eq!(map.keys(), ["b"]);
    snapshot.clear();
    assert_eq!(map.len(), 0);
}

#[test]
fn a_value_that_comes_back_keeps_its_entry_unless_collected() {
    let map = WeakValueMap::new();
    for (name, value) in [("a", item("a")), ("b", looped("b"))] {
        value.set_comes_back(true);
        map.insert(name, &value);
    }
    assert_eq!(map.keys(), ["a", "b"]);
    gc::collect();
    assert_eq!(map.keys(), ["a"]);
    let back = saved();
    assert_eq!(back.len(), 2);
    back[1].set_me(None);
    drop(back);
    assert!(map.is_empty());
}

#[test]
fn values_may_die_while_it_is_iterated_over() {
    let map = WeakValueMap::new();
    let mut values: Vec<_> = (0..100).map(|n| item(&n.to_string())).collect();
    for (n, value) in values.iter().enumerate() {
        map.insert(n, value);
    }
    let mut seen = Vec::new();
    for (n, value) in &map {
        seen.push(n);
        drop(value);
        // Those before, this one, and the next one.
        values.retain(|value| value.name.parse::<usize>().unwrap() > n + 1);
        // More than the iteration should see.
        map.insert(1000 + n, &item("new"));
    }
    assert_eq!(seen, (0..100).step_by(2).collect::<Vec<_>>());
    assert!(map.is_empty());
}

#[test]
fn a_map_stays_small_and_ordered() {
    let map = WeakValueMap::new();
    let kept: Vec<_> = (0..10).map(|n| item(&n.to_string())).collect();
    for round in 0..1000 {
        for (n, value) in kept.iter().enumerate() {
            map.remove(&(n, round));
            map.insert((n, round + 1), value);
        }
        map.insert((0, 0), &item("temporary"));
    }
    assert_eq!(map.keys(), (0..10).map(|n| (n, 1000)).collect::<Vec<_>>());
    drop(kept);
    assert!(map.is_empty());
}

#[test]
fn dead_maps_leave_nothing_behind() {
    let value = item("value");
    let map = WeakValueMap::new();
    map.insert(String::from("key"), &value);
    assert_eq!(Gc::weak_count(&value), 1);
    drop(map);
    assert_eq!(Gc::weak_count(&value), 0);
    drop(value);
    assert_eq!(events(), ["del value"]);
}

#[test]
fn keys_that_are_dropped_may_use_the_map() {
    thread_local! {
        static MAP: WeakValueMap<Key, super::Item> = WeakValueMap::new();
    }
    #[derive(PartialEq, Eq, Hash, refcycle::Trace)]
    struct Key(#[managed(untraced)] Dropped);
    #[derive(PartialEq, Eq, Hash)]
    struct Dropped(u32);
    impl Drop for Dropped {
        fn drop(&mut self) {
            let left = MAP.with(|map| map.len());
            log(format!("key {} goes, {left} left", self.0));
        }
    }
    let (a, b) = (item("a"), item("b"));
    MAP.with(|map| {
        map.insert(Key(Dropped(1)), &a);
        map.insert(Key(Dropped(2)), &b);
    });
    drop(a);
    drop(b);
    assert_eq!(events(), ["del a", "key 1 goes, 1 left", "del b", "key 2 goes, 0 left"]);
}
