use super::Set;
use crate::builtins::protocol::*;
use crate::builtins::{List, Str};

fn set(items: &[i64]) -> Set<i64> {
    Set::from_items(items.iter().copied()).unwrap()
}

fn shown(value: &impl Show) -> String {
    value.repr().unwrap().to_string()
}

#[test]
fn printing() {
    assert_eq!(shown(&set(&[])), "set()");
    assert_eq!(shown(&set(&[3, 1, 3])), "{3, 1}");
    assert_eq!(shown(&Set::from_items([Str::lit("a")]).unwrap()), "{'a'}");
}

#[test]
fn changing() {
    let s = set(&[1, 2]);
    s.add(3).unwrap();
    s.remove(&2).unwrap();
    s.discard(&9).unwrap();
    s.update(&List::from([7, 1])).unwrap();
    assert_eq!(shown(&s), "{1, 3, 7}");
    assert_eq!(format!("{:?}", s.remove(&2).unwrap_err()), "KeyError: 2");
    assert_eq!(s.pop().unwrap(), 1);
    s.clear();
    assert_eq!(s.pop().unwrap_err().to_string(), "'pop from an empty set'");
}

#[test]
fn algebra() {
    let (a, b) = (set(&[1, 2, 3]), set(&[2, 3, 4]));
    assert_eq!(shown(&a.or(&b).unwrap()), "{1, 2, 3, 4}");
    assert_eq!(shown(&a.and(&b).unwrap()), "{2, 3}");
    assert_eq!(shown(&a.sub(&b).unwrap()), "{1}");
    assert_eq!(shown(&a.xor(&b).unwrap()), "{1, 4}");
    assert!(a.iand(&b).unwrap().is(&a));
    assert_eq!(shown(&a), "{2, 3}");
    a.ixor(&b).unwrap();
    assert_eq!(shown(&a), "{4}");
    a.isub(&a).unwrap();
    assert_eq!(shown(&a), "set()");
}

#[test]
fn inclusion() {
    let (a, b) = (set(&[1, 2]), set(&[2, 1, 3]));
    assert!(Compare::lt(&a, &b).unwrap() && Compare::ge(&b, &a).unwrap() && !Compare::lt(&a, &a).unwrap());
    assert!(Equal::eq(&a, &set(&[2, 1])).unwrap() && Equal::ne(&a, &b).unwrap());
    assert!(a.issubset(&List::from([1, 2, 5])).unwrap() && b.issuperset(&a).unwrap());
    assert!(a.isdisjoint(&[7]).unwrap() && !a.isdisjoint(&[1]).unwrap());
    assert!(a.contains(&1).unwrap());
}

#[test]
fn a_change_of_size_ends_an_iteration() {
    let s = set(&[1, 2]);
    let mut items = s.iter().unwrap();
    items.next().unwrap();
    s.add(3).unwrap();
    assert_eq!(format!("{:?}", items.next().unwrap_err()), "RuntimeError: Set changed size during iteration");
}
