use std::cell::RefCell;
use std::collections::BTreeMap;

use refcycle::{Gc, Trace, WeakKeyMap, WeakValueMap, inspect, managed};

use super::{add, tree};

#[derive(Trace)]
struct Pair(Gc<u8>, Option<Gc<u8>>);

#[derive(Trace)]
enum Choice {
    Named {
        target: Gc<u8>,
    },
    Unnamed(Gc<u8>),
    #[allow(dead_code)]
    Empty,
}

#[managed]
struct All {
    plain: Gc<u8>,
    list: Vec<Gc<u8>>,
    map: BTreeMap<u8, Gc<u8>>,
    #[managed(mut)]
    cell: Option<Gc<u8>>,
    parts: [Pair; 1],
    choices: Vec<Choice>,
    nested: RefCell<Box<(u8, Gc<u8>)>>,
    slice: Gc<[Gc<u8>]>,
}

#[test]
fn every_reference_has_a_name() {
    let n = |number: u8| Gc::new(number);
    let all = All::new(
        n(0),
        vec![n(1), n(2)],
        BTreeMap::from([(7, n(3))]),
        Some(n(4)),
        [Pair(n(5), Some(n(6)))],
        vec![Choice::Named { target: n(7) }, Choice::Unnamed(n(8)), Choice::Empty],
        RefCell::new(Box::new((0, n(9)))),
        Gc::from(vec![n(10)]),
    );
    let names: Vec<_> = inspect::referents(&all).iter().map(ToString::to_string).collect();
    assert_eq!(
        names,
        [
            ".plain: u8",
            ".list[0]: u8",
            ".list[1]: u8",
            ".map[0]: u8",
            ".cell: u8",
            ".parts[0].0: u8",
            ".parts[0].1: u8",
            ".choices[0].target: u8",
            ".choices[1].0: u8",
            ".nested.1: u8",
            ".slice: [refcycle::pointer::Gc<u8>]",
        ]
    );
    let slice = inspect::referents(&all).pop().unwrap().object;
    assert_eq!(inspect::referents(&slice)[0].field, "[0]");
}

#[test]
fn referrers_are_named_and_weak_ones_told_apart() {
    let (root, child, friend) = (tree("root"), tree("child"), tree("friend"));
    add(&root, &child);
    friend.set_friend(Some(child.clone()));
    let mut referrers: Vec<_> =
        inspect::referrers(&child).iter().map(|referrer| (referrer.to_string(), referrer.is_weak)).collect();
    referrers.sort();
    assert_eq!(referrers, [("Tree.children[0]".into(), false), ("Tree.friend".into(), true)]);
}

#[test]
fn weak_maps_show_keys_and_values() {
    let (key, value) = (tree("key"), tree("value"));
    let (by_key, by_name) = (WeakKeyMap::new(), WeakValueMap::new());
    by_key.insert(&key, value.clone());
    by_name.insert(0, &value);
    let mut keys: Vec<_> = inspect::referrers(&key).iter().map(ToString::to_string).collect();
    let mut values: Vec<_> = inspect::referrers(&value).iter().map(ToString::to_string).collect();
    keys.sort();
    values.sort();
    assert_eq!(keys, ["WeakKeyMap[key 0]"]);
    assert_eq!(values, ["WeakKeyMap[0]", "WeakValueMap[0]"]);
}
