//! Arguments and results of Rust's functions and methods: what a script passes fits what they take.

use refcycle::builtins::capture;
use refcycle::{Gc, gc_script};

mod shapes {
    use refcycle::{Gc, managed};

    #[managed]
    pub struct Node {
        pub name: String,
        #[managed(mut)]
        pub next: Option<Gc<Node>>,
        #[managed(mut)]
        pub count: u8,
    }

    #[managed]
    impl Node {
        pub fn repeated(&self, text: &str, times: usize) -> String {
            format!("{}{}", self.name, text.repeat(times))
        }

        pub fn link(&self, other: Option<Gc<Node>>) {
            self.set_next(other);
        }

        pub fn is_named_as(&self, other: &Gc<Node>) -> bool {
            self.name == other.name
        }

        pub fn is_longer_than(&self, other: &Node) -> bool {
            self.name.len() > other.name.len()
        }

        pub fn small(&self, n: u8) -> Result<String, String> {
            if n > 3 { Err(format!("{n} is large")) } else { Ok(n.to_string()) }
        }
    }
}

mod functions {
    pub struct Handle(pub i32);

    pub fn borrowed(text: &str) -> usize {
        text.len()
    }

    pub fn owned(text: String) -> String {
        text + "!"
    }

    pub fn generic(text: impl AsRef<str>) -> usize {
        text.as_ref().len()
    }

    pub fn first_word(text: &str) -> &str {
        text.split(' ').next().unwrap_or_default()
    }

    pub fn is_some(text: Option<&str>) -> bool {
        text.is_some()
    }

    pub fn sum(numbers: &[i64]) -> i64 {
        numbers.iter().sum()
    }

    pub fn total(numbers: Vec<i64>) -> i64 {
        numbers.iter().sum()
    }

    pub fn open(number: i32) -> Handle {
        Handle(number)
    }

    pub fn look(handle: &Handle) -> i32 {
        handle.0
    }
}

gc_script! {
    use class shapes::Node;

    def texts(text: str) {
        print(functions::borrowed(text), functions::owned(text), functions::generic(text), functions::first_word(text));
        print(functions::borrowed("abc"), functions::is_some(text), functions::is_some(None));
    }

    def constructed() {
        a = Node("a", None, 3);
        b = Node(name_of(a), a, a.count);
        print(b.next.name, b.name, b.count);
    }

    def name_of(node: Node) -> str { return node.repeated("-", 1); }

    def annotated(node: Node) -> str {
        text: str = node.repeated("+", node.count);
        return text;
    }

    def objects(a: Node, b: Node) {
        a.link(b);
        print(a.next is b, a.is_named_as(b), a.is_longer_than(b));
        a.link(None);
        print(a.next);
    }

    def results(node: Node) raises -> str {
        try { node.small(5); } except RuntimeError as e { print(e); }
        try { node.small(500); } except OverflowError as e { print(e); }
        return node.small(2);
    }

    def vectors(numbers: list[int]) {
        vector: Vec<i64> = Vec::new();
        for n in numbers { vector.push(n); }
        print(functions::sum(vector), functions::total(vector), len(vector), functions::total(numbers));
    }

    def borrowed() {
        handle = functions::open(3);
        print(functions::look(handle), functions::look(handle));
    }
}

fn node(name: &str) -> Gc<shapes::Node> {
    shapes::Node::new(name.into(), None, 2)
}

#[test]
fn text_is_borrowed_owned_or_passed_as_it_is() {
    assert_eq!(capture(|| texts("a b".into())), "3 a b! 3 a\n3 True False\n");
}

#[test]
fn a_type_of_rust_is_constructed_with_what_its_new_takes() {
    assert_eq!(capture(constructed), "a a- 3\n");
}

#[test]
fn a_result_fits_the_type_that_is_written() {
    assert_eq!(annotated(node("a")), "a++");
}

#[test]
fn objects_are_passed_by_value_by_reference_or_not_at_all() {
    assert_eq!(capture(|| objects(node("aa"), node("b"))), "True False True\nNone\n");
}

#[test]
fn results_and_numbers_that_do_not_fit_raise() {
    let mut result = None;
    let printed = capture(|| result = Some(results(node("a")).unwrap()));
    assert_eq!(printed, "5 is large\n500 does not fit in a 'u8'\n");
    assert_eq!(result.unwrap(), "2");
}

#[test]
fn vectors_stay_where_they_are() {
    assert_eq!(capture(|| vectors([3, 4].into())), "7 7 2 7\n");
}

#[test]
fn what_can_not_be_copied_is_borrowed() {
    assert_eq!(capture(borrowed), "3 3\n");
}

#[test]
fn locals_of_rust_are_seen_and_assigned_whatever_their_type() {
    let (small, size, ratio) = (3_i32, 4_usize, 0.5_f32);
    let (owned, words, maybe) = (String::from("text"), vec![String::from("a")], Some(7_u8));
    let mut name = String::from("old");
    let printed = capture(|| {
        gc_script! {
            nonlocal name;
            count: int = small;
            print(count + 1, size, ratio, owned, len(words), words[0], maybe, maybe is None);
            print(functions::borrowed(owned), name);
            name = functions::owned("new");
        }
    });
    assert_eq!(printed, "4 4 0.5 text 1 a 7 False\n4 old\n");
    assert_eq!(name, "new!");
}
