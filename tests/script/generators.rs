//! Generators of scripts in Rust's hands.

use refcycle::builtins::{Iter, capture};
use refcycle::generator::{Panics, Raises};
use refcycle::{Gc, Generator, gc, gc_script};

gc_script! {
    pub class Node {
        name: str;
        next: Node? = None;
        walks: Iterator[Node]?;

        def __init__(self, name: str) { self.name = name; self.walks = None; }

        pub def walk(self) -> Iterator[Node] {
            n = self;
            while True {
                yield n;
                n = n.next;
                if n is None or n is self { return; }
            }
        }

        /// A generator that its object keeps, and that keeps its object.
        pub def keep(self) -> None {
            self.walks = self.walk();
            next(self.walks);
        }
    }

    pub def ring(names: list[str]) -> Node {
        first = Node(names[0]);
        last = first;
        for name in names[1:] { last.next = Node(name); last = last.next; }
        last.next = first;
        return first;
    }

    pub def halves(numbers: list[int]) raises -> Iterator[int] {
        for n in numbers {
            if n % 2 == 1 { raise ValueError(f "{n} is odd"); }
            yield floordiv(n, 2);
        }
    }

    pub def inverses(numbers: list[int]) -> Iterator[float] {
        for n in numbers { yield 1 / n; }
    }

    pub def average() -> Generator[float, float?, int] {
        total = 0.0;
        count = 0;
        value = yield 0.0;
        while value is not None {
            total += value;
            count += 1;
            value = yield total / count;
        }
        return count;
    }

    pub def made(which: int) -> Iterator[int] {
        return iter([which]) if which > 0 else (x for x in range(3));
    }

    pub def total(numbers: Iterator[int]) -> int { return sum(numbers); }
}

#[test]
fn they_are_iterators() {
    let ring = ring(refcycle::list!["a", "b", "c"]);
    let mut names = Vec::new();
    for node in ring.walk() {
        names.push(node.name());
    }
    assert_eq!(names, ["a", "b", "c"]);
    let longest: Option<Gc<Node>> = ring.walk().skip(1).max_by_key(|node| node.name().as_str().len());
    assert_eq!(longest.unwrap().name(), "c");
    assert_eq!(made(0).chain(made(7)).collect::<Vec<i64>>(), [0, 1, 2, 7]);
}

#[test]
fn what_raises_gives_results() {
    let mut halves = halves(refcycle::list![4, 3, 2]);
    assert_eq!(halves.next().unwrap().unwrap(), 2);
    assert_eq!(halves.next().unwrap().unwrap_err().to_string(), "3 is odd");
    assert!(halves.next().is_none());
}

#[test]
#[should_panic(expected = "ZeroDivisionError: division by zero")]
fn without_raises_it_panics_where_the_item_is_asked_for() {
    let mut inverses = inverses(refcycle::list![2, 0]);
    assert_eq!(inverses.next(), Some(0.5));
    inverses.next();
}

#[test]
fn exceptions_can_be_had_all_the_same() {
    let inverses: Iter<f64, Panics<_>> = inverses(refcycle::list![0]);
    let mut inverses = inverses.with_failure::<Raises<_>>();
    assert_eq!(inverses.next().unwrap().unwrap_err().to_string(), "division by zero");
}

#[test]
fn values_are_sent_and_returned() {
    let average: Generator<f64, Option<f64>, i64, Panics<_>> = average();
    assert_eq!(average.send(None).yielded(), Some(0.0));
    assert_eq!(average.send(Some(3.0)).yielded(), Some(3.0));
    assert_eq!(average.send(Some(5.0)).yielded(), Some(4.0));
    assert_eq!(average.send(None).returned(), Some(2));
}

#[test]
fn they_are_collected() {
    gc::collect();
    let before = gc::get_objects(None).len();
    let node = ring(refcycle::list!["a", "b"]);
    node.keep();
    drop(node);
    assert!(gc::get_objects(None).len() > before);
    gc::collect();
    assert_eq!(gc::get_objects(None).len(), before);
}

#[test]
fn iterators_of_rust_go_in() {
    let numbers = Iter::new(refcycle::builtins::protocol::Iterate::iter(&vec![1, 2, 3]).unwrap());
    assert_eq!(total(numbers), 6);
}

#[test]
fn rust_in_a_body_keeps_its_values_over_a_yield() {
    gc_script! {
        def lengths(words: list[str]) -> Iterator[int] {
            lengths = rust! { words.to_vec().iter().map(|word| word.as_str().len()).collect::<Vec<usize>>() };
            for n in lengths { yield rust! { n as i64 }; }
        }
    }
    assert_eq!(lengths(refcycle::list!["a", "bcd"]).collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn a_generator_expression_sees_names_of_rust() {
    let factor = 3;
    let text = capture(|| {
        gc_script! {
            scaled = [x * factor for x in range(3)];
            print(scaled, sum(x + 1 for x in scaled));
        }
    });
    assert_eq!(text, "[0, 3, 6] 12\n");
}

#[test]
fn delegation_is_flat_also_to_what_is_known_as_an_iterator() {
    gc_script! {
        def down(depth: int) -> Generator[int, None, int] {
            if depth == 0 {
                for i in range(1000) { yield i; }
                return 0;
            }
            below: Iterator[int] = down(depth - 1);
            returned = yield from below;
            if returned != depth - 1 { return -1; }
            return depth;
        }

        def all(depth: int) -> Generator[any, None, int] { return yield from down(depth); }
    }
    // Were each item passed on from level to level, this stack would not do.
    let work = || {
        let items = all(50_000);
        for _ in 0..999 {
            items.next();
        }
        assert_eq!(format!("{:?}", items.next().unwrap()), "999");
        assert_eq!(items.resume(()).returned(), Some(50_000));
    };
    std::thread::Builder::new().stack_size(256 << 10).spawn(work).unwrap().join().unwrap();
}
