use refcycle::{Gc, WeakSet};

use super::{Item, item, sorted};

fn names(set: &WeakSet<Item>) -> Vec<String> {
    sorted(set.iter().map(|item| item.name.clone()))
}

#[test]
fn members_go_as_they_die() {
    let set = WeakSet::new();
    let (a, b, c) = (item("a"), item("b"), item("c"));
    set.extend([&a, &b, &c, &a]);
    assert!(set.insert(&item("temporary")));
    assert!(!set.insert(&a));
    assert_eq!((set.len(), names(&set), set.contains(&a)), (3, vec!["a".into(), "b".into(), "c".into()], true));
    drop(b);
    assert_eq!(names(&set), ["a", "c"]);
    assert!(set.remove(&c) && !set.remove(&c) && !set.contains(&c));
    drop(a);
    assert!(set.is_empty());
    assert!(set.pop().is_none());
}

#[test]
fn what_is_inserted_during_an_iteration_is_not_seen() {
    let items = ["a", "b", "c", "d"].map(item);
    let set = WeakSet::new();
    set.extend(&items[..3]);
    let mut rest = set.iter();
    assert_eq!(rest.next().unwrap().name, "a");
    set.remove(&items[2]);
    set.insert(&items[3]);
    assert_eq!(rest.map(|item| item.name.clone()).collect::<Vec<_>>(), ["b"]);
    assert_eq!(names(&set), ["a", "b", "d"]);
}

/// To look at all places of removed members again and again would take hours.
#[test]
fn members_that_were_removed_do_not_slow_down_the_removal_of_others() {
    let numbers: Vec<_> = (0..400_000).map(Gc::new).collect();
    let set = WeakSet::new();
    set.extend(&numbers);
    numbers[200_000..].iter().for_each(|number| assert!(set.remove(number)));
    for number in numbers[..200_000].iter().rev() {
        assert!(Gc::ptr_eq(&set.pop().unwrap(), number));
    }
    assert!(set.is_empty());
}

#[test]
fn operators_give_weak_sets() {
    let (left, right) = (WeakSet::new(), WeakSet::new());
    let (a, b, c) = (item("a"), item("b"), item("c"));
    left.extend([&a, &b]);
    right.extend([&b, &c]);
    let (union, both, only, one) = (&left | &right, &left & &right, &left - &right, &left ^ &right);
    assert_eq!([&union, &both, &only, &one].map(|set| set.len()), [3, 1, 1, 2]);
    assert!(both.is_subset(&left) && union.is_superset(&right) && only.is_disjoint(&right));
    drop(b);
    assert_eq!([&union, &both, &only, &left, &right].map(names).map(|names| names.concat()), ["ac", "", "a", "a", "c"]);
    drop(a);
    assert_eq!([&union, &both, &only, &left, &right].map(|set| set.len()), [1, 0, 0, 0, 1]);
}

#[test]
fn equality_decides_in_a_set_by_value() {
    let set = WeakSet::by_value();
    let (one, same) = (Gc::new(String::from("x")), Gc::new(String::from("x")));
    assert!(set.insert(&one));
    assert!(!set.insert(&same));
    assert!(set.contains(&same) && set.contains(&String::from("x")));
    drop(one);
    assert!(!set.contains(&same));
}

#[test]
fn members_may_be_of_any_size() {
    let set: WeakSet<str> = WeakSet::new();
    let text = Gc::<str>::from("text");
    set.insert(&text);
    assert!(set.contains(&text));
    drop(text);
    assert_eq!(set.len(), 0);
}
