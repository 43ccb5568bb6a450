//! Objects that may refer to others are tracked, atomic values are not.
//!
//! A Python list can hold anything, and a Python instance gets fields at any time; so the lists here are lists of objects
//! of any type, and `Node` has a field for another node. Without it `Node` could not be part of a cycle, and would not be
//! tracked.

use super::python::*;
use std::cell::RefCell;

golden!("215_api_is_tracked");

#[managed]
struct Node {
    value: i64,
    #[managed(mut, default)]
    any: Option<Object>,
}

fn show<T: Trace>(class: &str, x: T) {
    out!("{class} {}", repr(&gc::is_tracked(&Gc::new(x))));
}

fn any<T: Trace>(x: T) -> Object {
    Gc::new(x).into()
}

fn main() {
    out!("Node {}", repr(&gc::is_tracked(&Node::new(1))));
    show("list", RefCell::new(vec![any(1), any(2)]));
    show("list", RefCell::new(vec![Object::from(Node::new(2))]));
    show("set", RefCell::new(vec![any(1), any(2)]));
    show("int", 1);
    show("float", 1.5);
    show("str", "text");
    show("NoneType", ());
    show("bool", true);
}
