//! An immutable search tree with structural sharing: versions share nodes and release only what is theirs.

use super::python::*;
use std::cmp::Ordering;
use std::iter;

golden!("515_prog_persistent_map");

thread_local! {
    static MADE: Cell<usize> = const { Cell::new(0) };
    static ALIVE: Cell<usize> = const { Cell::new(0) };
}

type Tree = Option<Gc<Node>>;

#[managed(new = from_fields)]
struct Node {
    key: usize,
    value: String,
    left: Tree,
    right: Tree,
}

impl Node {
    fn new(key: usize, value: &str, left: Tree, right: Tree) -> Tree {
        MADE.set(MADE.get() + 1);
        ALIVE.set(ALIVE.get() + 1);
        Some(Node::from_fields(key, value.to_owned(), left, right))
    }
}

#[managed]
impl Node {
    fn __del__(&self) {
        ALIVE.set(ALIVE.get() - 1);
    }
}

fn put(n: &Tree, key: usize, value: &str) -> Tree {
    let Some(n) = n else { return Node::new(key, value, None, None) };
    match key.cmp(&n.key) {
        Ordering::Less => Node::new(n.key, &n.value, put(&n.left, key, value), n.right.clone()),
        Ordering::Greater => Node::new(n.key, &n.value, n.left.clone(), put(&n.right, key, value)),
        Ordering::Equal => Node::new(key, value, n.left.clone(), n.right.clone()),
    }
}

fn get(mut n: &Tree, key: usize) -> &str {
    while let Some(node) = n {
        if key == node.key {
            return &node.value;
        }
        n = if key < node.key { &node.left } else { &node.right };
    }
    "-"
}

/// Goes into a subtree when it gets there, and holds the node above meanwhile.
fn items(n: Tree) -> Box<dyn Iterator<Item = String>> {
    let Some(n) = n else { return Box::new(iter::empty()) };
    let (left, right) = (n.clone(), n.clone());
    let before = iter::once_with(move || items(left.left.clone())).flatten();
    let itself = iter::once_with(move || format!("{}{}", n.key, n.value));
    let after = iter::once_with(move || items(right.right.clone())).flatten();
    Box::new(before.chain(itself).chain(after))
}

#[managed]
struct Map {
    root: Tree,
}

impl Map {
    fn with_item(&self, key: usize, value: &str) -> Gc<Map> {
        Map::new(put(&self.root, key, value))
    }

    fn at(&self, key: usize) -> &str {
        get(&self.root, key)
    }

    fn items(&self) -> String {
        repr(&items(self.root.clone()).collect::<Vec<_>>())
    }
}

fn main() {
    let mut versions = vec![Map::new(None)];
    for k in [50, 25, 75, 10, 30, 60, 90] {
        versions.push(versions.last().unwrap().with_item(k, "a"));
    }
    out!("versions {} made {} alive {}", versions.len(), MADE.get(), ALIVE.get());
    let base = versions[7].clone();
    versions.clear();
    out!("only the last kept, alive {} {}", ALIVE.get(), base.items());
    let left = base.with_item(10, "b");
    let right = base.with_item(90, "c");
    let mut both = left.with_item(90, "c");
    out!("three branches, alive {}", ALIVE.get());
    let found = [base.at(10), left.at(10), right.at(10), both.at(10), base.at(90), right.at(90), both.at(90)];
    out!("{}", found.join(" "));
    let is_same = |a: &Tree, b: &Tree| repr(&Gc::ptr_eq(a.as_ref().unwrap(), b.as_ref().unwrap()));
    let root = |map: &Gc<Map>| map.root.clone().unwrap();
    let right_is_shared = is_same(&root(&base).right, &root(&left).right);
    let left_is_shared = is_same(&root(&base).left, &root(&right).left);
    out!("shared right subtree {right_is_shared} {left_is_shared}");
    drop(base);
    out!("base gone, alive {}", ALIVE.get());
    drop((left, right));
    out!("branches gone, alive {} {}", ALIVE.get(), both.items());
    for i in 0..100 {
        both = both.with_item(i % 7 * 10, &i.to_string());
    }
    out!("after 100 updates, alive {} made {}", ALIVE.get(), MADE.get());
    let mut walk = items(both.root.clone());
    out!("{}", walk.next().unwrap());
    drop(both);
    out!("walk keeps the version, alive {}", ALIVE.get());
    drop(walk);
    out!("alive {}", ALIVE.get());
}
