//! What is counted: each program prepares something, and gives the step that counts.

use std::cell::RefCell;
use std::hint::black_box;

use refcycle::{Gc, WeakKeyMap, WeakRef, WeakSet, WeakValueMap, finalize, gc, managed};

/// The step that counts. It owns what was prepared, and leaks what it does not end itself.
pub type Last = Box<dyn FnOnce()>;

pub struct Program {
    pub name: &'static str,
    pub prepare: fn(usize) -> Last,
}

macro_rules! programs {
    ($($name:literal $function:ident;)+) => {
        pub const PROGRAMS: &[Program] = &[$(Program { name: $name, prepare: $function }),+];
    };
}

programs! {
    "collect a live chain, first key first" collect_live_chain;
    "collect a live chain, last key first" collect_live_chain_backwards;
    "collect a live chain, a map for each key" collect_live_chain_of_maps;
    "collect a dead chain, first key first" collect_dead_chain;
    "collect a dead chain, last key first" collect_dead_chain_backwards;
    "collect a dead chain, a map for each key" collect_dead_chain_of_maps;
    "collect as many keys without a map" collect_without_map;
    "WeakKeyMap: insert" key_map_insert;
    "WeakKeyMap: look up" key_map_get;
    "WeakKeyMap: entries go with their keys" key_map_deaths;
    "WeakValueMap: insert" value_map_insert;
    "WeakValueMap: look up" value_map_get;
    "WeakValueMap: entries go with their values" value_map_deaths;
    "WeakSet: insert" set_insert;
    "WeakSet: iterate" set_iterate;
    "Weak: make and drop, one of each object" weak_of_each;
    "WeakRef with a callback: make, of one object" callbacks_make;
    "WeakRef with a callback: drop, newest first" callbacks_drop_newest_first;
    "WeakRef with a callback: drop, oldest first" callbacks_drop_oldest_first;
    "WeakRef with a callback: called" callbacks_called;
    "finalize: promise" finalize_promise;
    "finalize: called" finalize_called;
}

#[managed]
struct Key {
    number: usize,
    #[managed(mut)]
    next: Option<Gc<Key>>,
}

type Map = WeakKeyMap<Key, Gc<Key>>;

fn keys(count: usize) -> Vec<Gc<Key>> {
    (0..count).map(|number| Key::new(number, None)).collect()
}

/// Collections of the preparation are over: what they would have done is not counted.
fn settled<T>(prepared: T) -> T {
    gc::collect();
    gc::disable();
    prepared
}

/// A chain of keys, the value of each being the next, entered in this order of places; all maps in use.
fn chain(count: usize, order: impl Iterator<Item = usize>, map_of: impl Fn(usize) -> Map) -> (Vec<Gc<Key>>, Vec<Map>) {
    let keys = keys(count);
    let mut maps = Vec::new();
    for place in order {
        let map = map_of(place);
        if let Some(next) = keys.get(place + 1) {
            map.insert(&keys[place], next.clone());
        }
        maps.push(map);
    }
    (keys, maps)
}

fn live(keys: Vec<Gc<Key>>, maps: Vec<Map>) -> Last {
    let first = keys[0].clone();
    drop(keys);
    let kept = settled((first, maps));
    Box::new(move || {
        assert_eq!(gc::collect(), 0);
        std::mem::forget(kept);
    })
}

/// The last key leads to the first.
fn dead(keys: Vec<Gc<Key>>, maps: Vec<Map>) -> Last {
    if let (Some(first), Some(last)) = (keys.first(), keys.last()) {
        last.set_next(Some(first.clone()));
    }
    let (keys, maps) = settled((keys, maps));
    drop(keys);
    Box::new(move || {
        gc::collect();
        assert!(maps.iter().all(Map::is_empty));
        std::mem::forget(maps);
    })
}

fn shared_map() -> impl Fn(usize) -> Map {
    let map = Map::new();
    move |_| map.clone()
}

fn collect_live_chain(count: usize) -> Last {
    let (keys, maps) = chain(count, 0..count, shared_map());
    live(keys, maps)
}

fn collect_live_chain_backwards(count: usize) -> Last {
    let (keys, maps) = chain(count, (0..count).rev(), shared_map());
    live(keys, maps)
}

fn collect_live_chain_of_maps(count: usize) -> Last {
    let (keys, maps) = chain(count, (0..count).rev(), |_| Map::new());
    live(keys, maps)
}

fn collect_dead_chain(count: usize) -> Last {
    let (keys, maps) = chain(count, 0..count, shared_map());
    dead(keys, maps)
}

fn collect_dead_chain_backwards(count: usize) -> Last {
    let (keys, maps) = chain(count, (0..count).rev(), shared_map());
    dead(keys, maps)
}

fn collect_dead_chain_of_maps(count: usize) -> Last {
    let (keys, maps) = chain(count, (0..count).rev(), |_| Map::new());
    dead(keys, maps)
}

/// For comparison: a ring of as many objects.
fn collect_without_map(count: usize) -> Last {
    let keys = keys(count);
    for (place, key) in keys.iter().enumerate() {
        key.set_next(Some(keys[(place + 1) % count].clone()));
    }
    drop(settled(keys));
    Box::new(move || assert_eq!(gc::collect(), count))
}

fn enter(map: &WeakKeyMap<Key, usize>, keys: &[Gc<Key>]) {
    for key in keys {
        map.insert(key, key.number);
    }
}

fn key_map_insert(count: usize) -> Last {
    let (keys, map) = settled((keys(count), WeakKeyMap::new()));
    Box::new(move || {
        enter(&map, &keys);
        std::mem::forget((keys, map));
    })
}

/// Keys that have an entry each.
fn entered(count: usize) -> (Vec<Gc<Key>>, WeakKeyMap<Key, usize>) {
    let (keys, map) = (keys(count), WeakKeyMap::new());
    enter(&map, &keys);
    settled((keys, map))
}

fn key_map_get(count: usize) -> Last {
    let (keys, map) = entered(count);
    Box::new(move || {
        let sum: usize = keys.iter().filter_map(|key| map.get(key)).sum();
        black_box(sum);
        std::mem::forget((keys, map));
    })
}

fn key_map_deaths(count: usize) -> Last {
    let (keys, map) = entered(count);
    Box::new(move || {
        drop(keys);
        assert!(map.is_empty());
        std::mem::forget(map);
    })
}

fn value_map_insert(count: usize) -> Last {
    let (values, map) = settled((keys(count), WeakValueMap::new()));
    Box::new(move || {
        values.iter().for_each(|value| drop(map.insert(value.number, value)));
        std::mem::forget((values, map));
    })
}

/// Values that have an entry each.
fn cached(count: usize) -> (Vec<Gc<Key>>, WeakValueMap<usize, Key>) {
    let (values, map) = (keys(count), WeakValueMap::new());
    values.iter().for_each(|value| drop(map.insert(value.number, value)));
    settled((values, map))
}

fn value_map_get(count: usize) -> Last {
    let (values, map) = cached(count);
    Box::new(move || {
        assert!((0..count).all(|number| map.get(&number).is_some()));
        std::mem::forget((values, map));
    })
}

fn value_map_deaths(count: usize) -> Last {
    let (values, map) = cached(count);
    Box::new(move || {
        drop(values);
        assert!(map.is_empty());
        std::mem::forget(map);
    })
}

fn set_insert(count: usize) -> Last {
    let (members, set) = settled((keys(count), WeakSet::new()));
    Box::new(move || {
        set.extend(&members);
        std::mem::forget((members, set));
    })
}

fn set_iterate(count: usize) -> Last {
    let (members, set) = (keys(count), WeakSet::new());
    set.extend(&members);
    let (members, set) = settled((members, set));
    Box::new(move || {
        assert_eq!(set.iter().count(), count);
        std::mem::forget((members, set));
    })
}

fn weak_of_each(count: usize) -> Last {
    let objects = settled(keys(count));
    Box::new(move || {
        objects.iter().for_each(|object| drop(black_box(Gc::downgrade(object))));
        std::mem::forget(objects);
    })
}

type Calls = Gc<RefCell<usize>>;

fn reference(object: &Gc<Key>, calls: &Calls) -> WeakRef<Key> {
    WeakRef::with_callback(object, calls.clone(), |calls, _| *calls.borrow_mut() += 1)
}

/// As many references to one object, oldest first.
fn references(count: usize) -> (Gc<Key>, Calls, Vec<WeakRef<Key>>) {
    let (object, calls) = (Key::new(0, None), Calls::default());
    let references = (0..count).map(|_| reference(&object, &calls)).collect();
    settled((object, calls, references))
}

fn callbacks_make(count: usize) -> Last {
    let (object, calls) = settled((Key::new(0, None), Calls::default()));
    Box::new(move || {
        let mut references = Vec::with_capacity(count);
        references.extend((0..count).map(|_| reference(&object, &calls)));
        std::mem::forget((object, references));
    })
}

fn callbacks_drop_newest_first(count: usize) -> Last {
    let (object, _, mut references) = references(count);
    Box::new(move || {
        while references.pop().is_some() {}
        std::mem::forget(object);
    })
}

fn callbacks_drop_oldest_first(count: usize) -> Last {
    let (object, _, references) = references(count);
    Box::new(move || {
        drop(references);
        std::mem::forget(object);
    })
}

fn callbacks_called(count: usize) -> Last {
    let (object, calls, references) = references(count);
    Box::new(move || {
        drop(object);
        assert_eq!(*calls.borrow(), count);
        std::mem::forget(references);
    })
}

fn promise(object: &Gc<Key>, calls: &Calls) {
    finalize(object, calls.clone(), |calls| *calls.borrow_mut() += 1);
}

fn finalize_promise(count: usize) -> Last {
    let (objects, calls) = settled((keys(count), Calls::default()));
    Box::new(move || {
        objects.iter().for_each(|object| promise(object, &calls));
        std::mem::forget(objects);
    })
}

fn finalize_called(count: usize) -> Last {
    let (objects, calls) = (keys(count), Calls::default());
    objects.iter().for_each(|object| promise(object, &calls));
    let (objects, calls) = settled((objects, calls));
    Box::new(move || {
        drop(objects);
        assert_eq!(*calls.borrow(), count);
    })
}
