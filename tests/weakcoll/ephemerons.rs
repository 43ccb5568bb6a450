use refcycle::{Gc, Weak, WeakKeyMap, gc, managed};

use super::{Item, item, looped, saved};
use crate::support::{events, fresh};

/// A type that can't be part of a cycle, so that its objects are not tracked.
#[managed]
struct Holder {
    key: Gc<Key>,
}

#[managed]
pub struct Key {
    pub number: u32,
}

fn key(number: u32) -> Gc<Key> {
    Key::new(number)
}

#[test]
fn a_value_that_leads_to_its_key_does_not_keep_it() {
    let map = WeakKeyMap::new();
    let k = item("k");
    let value = item("value");
    value.set_me(Some(k.clone()));
    map.insert(&k, value);
    drop(k);
    assert_eq!(map.len(), 1);
    assert_eq!(gc::collect(), 2);
    assert!(map.is_empty());
    assert_eq!(events(), ["del value", "del k"]);
}

#[test]
fn a_live_key_keeps_its_value() {
    let map = WeakKeyMap::new();
    let k = item("k");
    map.insert(&k, looped("value"));
    gc::collect();
    assert_eq!(map.get(&k).unwrap().name, "value");
    assert!(events().is_empty());
    drop(map);
    gc::collect();
    assert_eq!(events(), ["del value"]);
}

#[test]
fn types_that_cannot_be_part_of_a_cycle_can_be_here() {
    let map = WeakKeyMap::new();
    let k = key(1);
    let weak = Gc::downgrade(&k);
    map.insert(&k, (3, Holder::new(k.clone())));
    gc::collect();
    assert_eq!(map.len(), 1);
    drop(k);
    gc::collect();
    assert!(map.is_empty() && weak.upgrade().is_none());
}

#[test]
fn an_untracked_object_met_later_is_followed() {
    #[managed]
    struct Slot {
        #[managed(mut)]
        holder: Option<Gc<Holder>>,
    }
    let map = WeakKeyMap::new();
    let k = key(1);
    let slot = Slot::new(None);
    map.insert(&k, slot.clone());
    gc::collect();
    let holder = Holder::new(k.clone());
    drop(k);
    gc::collect();
    slot.set_holder(Some(holder.clone()));
    drop(slot);
    gc::collect();
    assert_eq!(map.len(), 1);
    drop(holder);
    gc::collect();
    assert!(map.is_empty());
}

/// `keys[i]` leads to `keys[i + 1]` by way of a map.
fn chain(map: &WeakKeyMap<Item, Gc<Item>>, length: usize) -> Vec<Gc<Item>> {
    let keys: Vec<_> = (0..length).map(|_| item("key")).collect();
    for pair in keys.windows(2) {
        let value = item("value");
        value.set_me(Some(pair[1].clone()));
        map.insert(&pair[0], value);
    }
    keys
}

#[test]
fn chains_live_by_their_first_key_and_die_with_it() {
    let map = WeakKeyMap::new();
    let mut keys = chain(&map, 100);
    let last = keys[99].clone();
    keys.truncate(1);
    gc::collect();
    assert_eq!(map.len(), 99);
    // Closes the chain to a ring through the map.
    let value = item("value");
    value.set_me(Some(keys[0].clone()));
    map.insert(&last, value);
    drop((keys, last));
    gc::collect();
    assert_eq!(map.len(), 0);
    assert_eq!(events().len(), 200);
}

#[test]
fn chains_over_several_maps() {
    let (left, right) = (WeakKeyMap::new(), WeakKeyMap::new());
    let (a, b) = (item("a"), item("b"));
    let (va, vb) = (item("va"), item("vb"));
    va.set_me(Some(b.clone()));
    vb.set_me(Some(a.clone()));
    left.insert(&a, va);
    right.insert(&b, vb);
    drop(b);
    gc::collect();
    assert_eq!((left.len(), right.len()), (1, 1));
    drop(a);
    gc::collect();
    assert_eq!((left.len(), right.len()), (0, 0));
    assert_eq!(events().len(), 4);
}

#[test]
fn a_map_reached_only_by_its_own_value() {
    #[managed]
    struct Owner {
        map: WeakKeyMap<Item, Gc<Owner>>,
    }
    let owner = Owner::new(WeakKeyMap::new());
    let k = item("k");
    owner.map.insert(&k, owner.clone());
    let weak: Weak<Owner> = Gc::downgrade(&owner);
    gc::collect();
    assert!(weak.upgrade().is_some());
    drop(owner);
    gc::collect();
    assert!(weak.upgrade().is_none(), "nobody else refers to the map");
    assert_eq!(Gc::weak_count(&k), 0);
}

#[test]
fn a_key_in_a_dead_cycle_takes_its_value_along() {
    let map = WeakKeyMap::new();
    let k = looped("k");
    map.insert(&k, looped("value"));
    drop(k);
    assert_eq!(gc::collect(), 2);
    assert!(map.is_empty());
    assert_eq!(events(), ["del k", "del value"]);
}

#[test]
fn what_a_finalizer_brings_back_is_whole() {
    let map = WeakKeyMap::new();
    let k = item("k");
    let value = item("value");
    value.set_comes_back(true);
    value.set_me(Some(k.clone()));
    map.insert(&k, value);
    drop(k);
    gc::collect();
    assert!(map.is_empty());
    let back = saved();
    assert_eq!((back[0].name.as_str(), back[0].me().unwrap().name.as_str()), ("value", "k"));
    assert_eq!(events(), ["del value"]);
    drop(back);
    assert_eq!(events(), ["del k"]);
}

#[test]
fn a_map_that_comes_back_has_what_lives() {
    thread_local! {
        static SAVED: std::cell::RefCell<Option<Gc<Owner>>> = const { std::cell::RefCell::new(None) };
    }
    #[managed]
    struct Owner {
        map: WeakKeyMap<Item, Gc<Item>>,
        #[managed(mut)]
        me: Option<Gc<Owner>>,
    }
    #[managed]
    impl Owner {
        fn __del__(this: &Gc<Self>) {
            SAVED.set(Some(this.clone()));
        }
    }
    let owner = Owner::new(WeakKeyMap::new(), None);
    owner.set_me(Some(owner.clone()));
    let (dead, alive) = (looped("dead"), item("alive"));
    owner.map.insert(&dead, looped("value of dead"));
    owner.map.insert(&alive, looped("value of alive"));
    drop((owner, dead));
    gc::collect();
    let owner = SAVED.take().unwrap();
    assert_eq!(owner.map.len(), 1);
    assert_eq!(owner.map.get(&alive).unwrap().name, "value of alive");
    owner.set_me(None);
    drop(owner);
    SAVED.take();
    gc::collect();
    let mut log = events();
    log.sort();
    assert_eq!(log, ["del dead", "del value of alive", "del value of dead"]);
}

#[test]
fn young_collections_are_safe_and_full_ones_find_all() {
    let map = WeakKeyMap::new();
    for round in 0..200 {
        let k = item("k");
        let value = item("value");
        value.set_me(Some(k.clone()));
        map.insert(&k, value);
        drop(k);
        gc::collect_generation(round % 3);
    }
    gc::collect();
    assert!(map.is_empty());
    assert_eq!(events().len(), 400);
}

/// The time is linear in the length of a chain, whichever way its entries were inserted.
#[test]
fn each_object_of_a_long_chain_is_looked_at_once_or_twice() {
    const LENGTH: u32 = 40_000;
    for reversed in [false, true] {
        fresh(move || {
            let map: WeakKeyMap<Key, Gc<Holder>> = WeakKeyMap::new();
            let keys: Vec<_> = (0..=LENGTH).map(key).collect();
            let mut pairs: Vec<_> = keys.windows(2).collect();
            if reversed {
                pairs.reverse();
            }
            for pair in pairs {
                map.insert(&pair[0], Holder::new(pair[1].clone()));
            }
            let first = keys[0].clone();
            assert_eq!(first.number, 0);
            drop(keys);
            let before = gc::get_stats()[2].candidates;
            gc::collect();
            let looked_at = gc::get_stats()[2].candidates - before;
            // Keys and holders.
            assert!(looked_at <= 2 * 2 * LENGTH as usize + 100, "{looked_at}");
            assert_eq!(map.len(), LENGTH as usize);
            drop(first);
            assert_eq!(map.len(), 0, "each key dies by count when the entry before goes");
        });
    }
}
