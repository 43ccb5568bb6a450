//! `#[managed]` types of Rust in scripts.

use std::fmt;

use refcycle::builtins::capture;
use refcycle::{Gc, gc_script, managed};

#[managed]
struct Node {
    name: String,
    #[managed(mut)]
    next: Option<Gc<Node>>,
}

/// Knows what scripts ask for, by Rust's traits.
#[managed]
#[derive(PartialEq, PartialOrd, Eq, Ord, Hash)]
struct Version {
    major: i64,
    minor: i64,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

#[managed]
#[derive(Debug, PartialEq)]
struct Point {
    x: i64,
}

#[managed]
struct Pair<T> {
    left: T,
}

gc_script! {
    use class Node;
    use class Version;
    use class Point;
    use class Pair;

    def identity(a: Node, b: Node) {
        print(a == a, a == b, a is a, a is b, a is not b, hash(a) == hash(a), id(a) == id(b));
        nodes = {a, b, a};
        names = {a: "a", b: "b"};
        print(len(nodes), names[a], names[b], a in nodes, [a, b].index(b), True if a else False);
    }

    def shown(node: Node) -> str { return repr(node); }

    def dynamic(node: Node, version: Version) {
        things: list[any] = [node, version, 1];
        for thing in things {
            if isinstance(thing, Node) { print("a node", thing is node); }
            elif isinstance(thing, Version) { print("version", thing); }
            else { print(type(thing).__name__); }
        }
        print(isinstance(node, Node), things[0] == node, things[1] == version);
    }

    def versions(old: Version, new: Version, same: Version) {
        print(old, f "{new}", str(same), [old, new]);
        print(old < new, old > new, old <= same, old >= same, old == same, old != new, hash(old) == hash(same));
        print({old: 1, same: 2}[old], max([old, new, same]), sorted([new, old])[0]);
    }

    def points(a: Point, b: Point) -> str {
        print(a, [b], a == b);
        try { print({a: 1}); } except TypeError as e { return str(e); }
        return "";
    }

    def unordered(a: Node, b: Node) -> str {
        try { print(a < b); } except TypeError as e { return str(e); }
        return "";
    }

    def generic(pair: Pair[int]) -> bool { return pair == pair and str(pair).startswith("<Pair object at 0x"); }
}

fn node(name: &str) -> Gc<Node> {
    Node::new(name.into(), None)
}

#[test]
fn objects_are_the_same_or_not() {
    let printed = capture(|| identity(node("a"), node("b")));
    assert_eq!(printed, "True False True False True True False\n2 a b True 1 True\n");
}

#[test]
fn an_object_is_shown_by_its_type_and_address() {
    let node = node("a");
    assert_eq!(node.name, "a");
    assert!(node.next().is_none());
    assert_eq!(shown(node.clone()), format!("<Node object at {:#x}>", Gc::as_ptr(&node).addr()));
}

#[test]
fn an_any_holds_them() {
    let printed = capture(|| dynamic(node("a"), Version::new(1, 2)));
    assert_eq!(printed, "a node True\nversion 1.2\nint\nTrue True True\n");
}

#[test]
fn traits_of_rust_are_special_methods() {
    let printed = capture(|| versions(Version::new(1, 9), Version::new(1, 10), Version::new(1, 9)));
    let shown = printed.lines().next().unwrap_or_default();
    assert!(shown.starts_with("1.9 1.10 1.9 [<Version object at 0x"), "{shown}");
    let others: Vec<&str> = printed.lines().skip(1).collect();
    assert_eq!(others, ["True False True True True True True", "2 1.10 1.9"]);
}

#[test]
fn what_is_compared_by_value_without_a_hash_is_no_key() {
    let mut message = None;
    let printed = capture(|| message = Some(points(Point::new(1), Point::new(1))));
    assert_eq!(printed, "Point { x: 1 } [Point { x: 1 }] True\n");
    assert_eq!(message.unwrap(), "unhashable type: 'Point'");
}

#[test]
fn what_has_no_order_raises() {
    assert_eq!(unordered(node("a"), node("b")), "'<' not supported between instances of 'Node' and 'Node'");
}

#[test]
fn generic_types_are_objects_too() {
    let pair = Pair::new(1);
    assert_eq!(pair.left, 1);
    assert!(generic(pair));
}
