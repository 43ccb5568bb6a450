use refcycle::{Gc, Trace, managed};

#[managed(this)]
#[derive(Clone, Default)]
struct Node {
    name: String,
    #[managed(weak)]
    parent: Option<Gc<Node>>,
    #[managed(mut)]
    children: Vec<Gc<Node>>,
}

trait Adopt {
    fn adopt_twice(&self, a: Gc<Node>, b: Gc<Node>);
}

#[managed]
impl Node {
    fn adopt(this: &Gc<Self>, child: Gc<Node>) -> usize {
        child.set_parent(Some(this.clone()));
        this.children_mut().push(child);
        this.children().len()
    }
}

#[managed]
impl Adopt for Node {
    fn adopt_twice(this: &Gc<Self>, a: Gc<Node>, b: Gc<Node>) {
        this.adopt(a);
        Node::adopt(this, b);
    }
}

#[managed(this)]
struct Tuple<T: Trace>(T);

#[managed]
impl<T: Trace> Tuple<T> {
    fn count(this: &Gc<Tuple<T>>) -> usize {
        Gc::strong_count(this)
    }
}

#[managed(this)]
struct Unit;

#[managed]
impl Unit {
    fn me(this: &Gc<Self>) -> Gc<Self> {
        this.clone()
    }

    fn plain(&self, this: u32) -> u32 {
        this
    }
}

fn node(name: &str) -> Gc<Node> {
    Node::new(name.to_owned(), None, vec![])
}

#[test]
fn methods_get_their_own_pointer() {
    let (root, a) = (node("root"), node("a"));
    assert_eq!(root.adopt(a.clone()), 1);
    assert_eq!(a.parent().unwrap().name, "root");
    root.adopt_twice(node("b"), node("c"));
    assert_eq!(root.children().len(), 3);
    assert_eq!(Gc::strong_count(&root), 1);
    assert_eq!(Tuple::new(1).count(), 1);
    let unit = Unit::new();
    assert!(Gc::ptr_eq(&unit.me(), &unit));
    assert_eq!(unit.plain(4), 4);
}

#[test]
fn the_value_stays_where_it_is() {
    let mut root = node("root");
    assert!(Gc::get_mut(&mut root).is_none());
    assert!(Gc::try_unwrap(root).is_err());
}

#[test]
#[should_panic(expected = "is not in a `Gc`")]
fn a_copy_on_the_stack_has_no_pointer() {
    let copy = Node::clone(&node("a"));
    copy.adopt(node("b"));
}
