//! Fields of `#[managed]` types of Rust in scripts: read and assigned as attributes.

use refcycle::builtins::capture;
use refcycle::{Gc, gc, gc_script};

mod shapes {
    use refcycle::{Gc, managed};

    #[managed]
    pub struct Node {
        pub name: String,
        pub size: usize,
        pub twin: Option<Gc<Self>>,
        #[managed(mut)]
        pub next: Option<Gc<Node>>,
        #[managed(mut)]
        pub children: Vec<Gc<Node>>,
        #[managed(weak)]
        pub owner: Option<Gc<Node>>,
        #[managed(mut)]
        pub count: i32,
        #[managed(mut)]
        pub label: Option<String>,
        #[managed(mut)]
        pub ratio: f32,
    }

    #[managed]
    impl Node {
        pub fn named(name: &str) -> Gc<Node> {
            Node::new(name.to_owned(), 1, None, None, Vec::new(), None, 0, None, 0.5)
        }

        /// A method, not the field of this name.
        pub fn name(&self) -> String {
            format!("<{}>", self.name)
        }
    }

    #[managed]
    pub struct Pair<T: Clone> {
        pub left: T,
        #[managed(mut)]
        pub right: T,
    }

    pub fn find(name: &str) -> Option<Gc<Node>> {
        (!name.is_empty()).then(|| Node::named(name))
    }
}

gc_script! {
    use class shapes::{Node, Pair};

    def plain(node: Node) {
        print(node.name, node.name + "!", node.name == "a", node.name.upper(), len(node.name));
        print(node.size + 1, node.twin, node.twin is None, node.name());
    }

    def assigned(node: Node) {
        node.count = 4;
        node.count += 1;
        node.label = "new";
        node.ratio = 2;
        print(node.count, node.label, node.ratio);
        node.label = None;
        print(node.label is None, node.label);
    }

    def optional(a: Node, b: Node) {
        print(a.next, a.next is None);
        a.next = b;
        b.owner = a;
        print(a.next is b, b is a.next, a.next == b, a.next is not None, b.owner is a, a.next is a.next);
        a.next.count = 7;
        print(a.next.count, a.next.name, a.next.name(), a.next.owner.name);
        next = a.next;
        if next is not None { print(next.name, next.name()); }
        a.next = None;
        try { print(a.next.name); } except AttributeError as e { print(e); }
        try { print(a.next.name()); } except AttributeError as e { print(e); }
        try { a.next.count = 1; } except AttributeError as e { print(e); }
    }

    def containers(node: Node, child: Node) {
        node.children = [child];
        for each in node.children { print(each.name); }
        print(len(node.children), node.children[0] is child);
    }

    def too_large(node: Node) { node.count = 1 << 40; }

    def found() {
        node = shapes::find("a".as_str());
        if node is not None { print(node.name, node.next is None); }
        print(shapes::find("".as_str()) is None);
    }

    def pairs(pair: Pair[int]) {
        pair.right = pair.left + 1;
        print(pair.left, pair.right);
    }

    class Holder {
        node: Node;
        spare: Node? = None;
    }

    def held(node: Node) {
        holder = Holder(node);
        holder.spare = node.next;
        holder.node.count = 3;
        print(holder.node.count, holder.spare, holder.node.name);
    }
}

fn node(name: &str) -> Gc<shapes::Node> {
    shapes::Node::named(name)
}

#[test]
fn plain_fields_are_read_even_if_a_method_has_their_name() {
    assert_eq!(capture(|| plain(node("a"))), "a a! True A 1\n2 None True <a>\n");
}

#[test]
fn what_is_assigned_fits_the_type_of_the_field() {
    assert_eq!(capture(|| assigned(node("a"))), "5 new 2.0\nTrue None\n");
}

#[test]
fn an_option_is_a_value_or_none() {
    let none = "'NoneType' object has no attribute";
    let expected = format!(
        "None True\nTrue True True True True True\n7 b <b> a\nb <b>\n{none} 'name'\n{none} 'name'\n{none} 'count'\n"
    );
    assert_eq!(capture(|| optional(node("a"), node("b"))), expected);
}

#[test]
fn a_list_becomes_a_vector() {
    assert_eq!(capture(|| containers(node("a"), node("b"))), "b\n1 True\n");
}

#[test]
#[should_panic(expected = "OverflowError")]
fn a_number_that_does_not_fit_raises() {
    too_large(node("a"));
}

#[test]
fn what_only_rustc_knows_may_be_none() {
    assert_eq!(capture(found), "a True\nTrue\n");
}

#[test]
fn fields_of_generic_types() {
    assert_eq!(capture(|| pairs(shapes::Pair::new(1, 0))), "1 2\n");
}

#[test]
fn objects_of_rust_lie_in_fields_of_scripts() {
    assert_eq!(capture(|| held(node("a"))), "3 None a\n");
}

#[test]
fn a_cycle_through_both_is_collected() {
    mod ring {
        use refcycle::{Gc, gc_script, managed};

        gc_script! {
            use class Link;
            pub class Knot { link: Link? = None; }
        }

        #[managed]
        pub struct Link {
            pub knot: Gc<Knot>,
        }
    }
    gc::collect();
    gc_script! {
        use class ring::{Knot, Link};
        knot = Knot();
        link = Link(knot);
        knot.link = link;
        print(knot.link is link, link.knot is knot);
    }
    assert_eq!(gc::collect(), 2);
}
