//! List, dict, tuple and set membership each hold exactly one reference per slot.

use super::python::*;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

golden!("012_rc_containers");

#[managed]
struct Boxed {
    value: i64,
}

/// Python's classes compare by identity.
impl PartialEq for Boxed {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Boxed {}

impl Hash for Boxed {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self).hash(state);
    }
}

fn main() {
    let a = Boxed::new(1);
    let base = gc::getrefcount(&a);
    let items = List::of([a.clone(), a.clone(), a.clone()]);
    out!("list of three: {}", gc::getrefcount(&a) - base);
    items.pop();
    out!("after pop: {}", gc::getrefcount(&a) - base);
    items.clear();
    out!("after clear: {}", gc::getrefcount(&a) - base);

    let mut table = HashMap::from([("x", a.clone()), ("y", a.clone())]);
    out!("dict of two: {}", gc::getrefcount(&a) - base);
    table.remove("x");
    out!("after del key: {}", gc::getrefcount(&a) - base);
    table.insert("y", Boxed::new(2));
    out!("after overwrite: {}", gc::getrefcount(&a) - base);

    let pair = Gc::new([a.clone(), a.clone()]);
    out!("tuple: {} {}", gc::getrefcount(&a) - base, pair.len());
    drop(pair);
    out!("tuple gone: {}", gc::getrefcount(&a) - base);

    let mut bag = HashSet::from([a.clone(), a.clone()]);
    out!("set holds one: {} {}", gc::getrefcount(&a) - base, bag.len());
    bag.remove(&a);
    out!("discarded: {}", gc::getrefcount(&a) - base);

    let mut keys = HashMap::new();
    keys.insert(a.clone(), a.clone());
    out!("key and value: {}", gc::getrefcount(&a) - base);
    keys.clear();
    out!("cleared: {}", gc::getrefcount(&a) - base);
}
