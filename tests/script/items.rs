//! Items: classes and functions that Rust uses.

use refcycle::{Gc, gc_script};

gc_script! {
    /// A node of a ring.
    pub class Node {
        /// What it is called.
        name: str;
        next: Node? = None;
        weak owner: Node? = None;
        _visits: int = 0;

        def __init__(self, name: str) { self.name = name; }

        def visit(self, times: int = 1) -> int {
            self._visits += times;
            return self._visits;
        }

        def me(self) -> Node { return self; }

        @property
        def title(self) -> str { return self.name.title(); }

        @title.setter
        def title(self, value: str) { self.name = value.lower(); }

        @staticmethod
        def named(name: str) -> Node { return Node(name); }

        def __eq__(self, other: Node) -> bool { return self.name == other.name; }
        def __repr__(self) -> str { return f "Node({self.name!r})"; }
    }

    LIMIT: int = 3;

    pub def ring(names: list[str]) raises -> Node {
        if len(names) == 0 { raise ValueError("a ring needs a name"); }
        first = Node(names[0]);
        last = first;
        for name in names[1:] { last.next = Node(name); last = last.next; }
        last.next = first;
        return first;
    }

    pub def size(start: Node) -> int {
        count = 1;
        n = start.next;
        while n is not None and n is not start {
            count += 1;
            n = n.next;
        }
        return count;
    }

    /// A pair of the same.
    pub class Pair[T] {
        left: T;
        right: T;

        def swap(self) { self.left, self.right = self.right, self.left; }
        def both(self) -> list[T] { return [self.left, self.right]; }
    }

    pub def first[T](xs: list[T]) -> T? { return xs[0] if xs else None; }

    pub def sum_to(n: int) -> int {
        total = 0;
        i = 0;
        while i < n { i += 1; total += i; }
        return total;
    }

    pub def limited(n: int) -> bool { return n > LIMIT; }
}

#[test]
fn rust_makes_and_uses_objects() {
    let node: Gc<Node> = Node::new("ada".into());
    assert_eq!(node.name().to_string(), "ada");
    assert_eq!(node.visit(2), 2);
    assert_eq!(node.visit(1), 3);
    assert!(Gc::ptr_eq(&node.me(), &node));
    assert_eq!(node.title().to_string(), "Ada");
    node.set_title("BOB".into());
    assert_eq!(node.name().to_string(), "bob");
    node.set_next(Some(node.clone()));
    assert!(node.next().is_some_and(|next| Gc::ptr_eq(&next, &node)));
    node.set_owner(Some(node.clone()));
    assert!(node.owner().is_some());
    assert!(Node::named("x".into()) == Node::named("x".into()));
    assert_eq!(format!("{:?}", Node::named("x".into())), "Node('x')");
    node.set_next(None);
}

#[test]
fn functions_that_raise_are_results() {
    let names = refcycle::builtins::List::from(vec!["a".into(), "b".into(), "c".into()]);
    let start = ring(names).expect("three names make a ring");
    assert_eq!(size(start.clone()), 3);
    let error = ring(refcycle::builtins::List::new()).expect_err("no names, no ring");
    assert_eq!(error.to_string(), "a ring needs a name");
    drop(start);
    assert!(refcycle::gc::collect() >= 3);
}

#[test]
fn generic_classes_and_functions() {
    let pair = Pair::new(1_i64, 2);
    pair.swap();
    assert_eq!(pair.both().to_vec(), [2, 1]);
    assert_eq!(first(pair.both()), Some(2));
    assert_eq!(first(refcycle::builtins::List::<i64>::new()), None);
    assert_eq!(sum_to(10), 55);
    assert!(limited(4) && !limited(3));
}

mod constants {
    use refcycle::gc_script;

    gc_script! {
        from math import pi;
        import math;

        pub SIZE: int = 1 << 10;
        pub HALF: int = floordiv(-SIZE + 1, 2) % 100;
        pub SQUARES: int = 3 ** 2 - ~4;
        pub AREA: float = 2 * pi * math.pi / 4;
        pub LIMIT: float? = 1.5;

        pub def circumference(radius: float) -> float { return 2 * pi * radius; }
    }
}

#[test]
fn a_constant_is_computed_by_rustc() {
    const _: () = assert!(constants::SIZE == 1024 && constants::HALF == 88 && constants::SQUARES == 14);
    assert_eq!(constants::AREA, 2.0 * std::f64::consts::PI * std::f64::consts::PI / 4.0);
    assert_eq!(constants::LIMIT, Some(1.5));
}

#[test]
fn a_value_imported_from_a_module_is_read_by_its_name() {
    assert_eq!(constants::circumference(1.0), std::f64::consts::TAU);
}
