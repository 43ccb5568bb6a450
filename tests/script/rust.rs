//! What a script uses of Rust: functions and their `Result`s, types and their methods, collections.

use std::collections::BTreeMap;
use std::num::ParseIntError;

use refcycle::builtins::{Exception, Str, capture};
use refcycle::gc_script;

fn parse(text: &str) -> Result<i64, ParseIntError> {
    text.parse()
}

fn check(age: i64) -> Result<i64, String> {
    match age {
        0..150 => Ok(age),
        _ => Err(format!("nobody is {age}")),
    }
}

fn read(name: Str) -> std::io::Result<String> {
    std::fs::read_to_string(name.as_str())
}

struct Counter {
    count: i64,
}

impl Counter {
    fn starting_at(count: i64) -> Counter {
        Counter { count }
    }

    fn add(&mut self, step: i64) -> Result<i64, String> {
        self.count += check(step)?;
        Ok(self.count)
    }

    fn finish(self) -> i64 {
        self.count
    }
}

gc_script! {
    def sum_of(texts: list[str]) raises -> int {
        sum = 0;
        for text in texts { sum += parse(text.as_str()); }
        return sum;
    }

    def number_or(text: str, default: int) -> int {
        try { return parse(text.as_str()); } except ValueError { return default; }
    }

    def counted(steps: list[int]) raises -> int {
        counter = Counter::starting_at(10);
        for step in steps { counter.add(step); }
        return counter.finish();
    }
}

#[test]
fn an_error_of_rust_is_raised() {
    assert_eq!(sum_of(["1".into(), "20".into()].into()).unwrap(), 21);
    let error = sum_of(["1".into(), "x".into()].into()).unwrap_err();
    assert_eq!(error.to_string(), "invalid digit found in string");
    assert_eq!(error.class().name(), "ValueError");
}

#[test]
fn the_place_of_the_call_is_noted() {
    let error = sum_of(["x".into()].into()).unwrap_err();
    let shown = format!("{error:?}");
    assert!(shown.contains("rust.rs") && shown.contains(" in sum_of"), "{shown}");
}

#[test]
fn or_caught_where_it_is_called() {
    assert_eq!((number_or("7".into(), 0), number_or("seven".into(), -1)), (7, -1));
}

#[test]
fn methods_of_rust_borrow_or_take_their_receiver() {
    assert_eq!(counted([1, 2].into()).unwrap(), 13);
    assert_eq!(counted([200].into()).unwrap_err().to_string(), "nobody is 200");
}

#[test]
fn the_kind_of_an_io_error_is_the_class() {
    let printed = capture(|| {
        gc_script! {
            try { read("/there/is/no/such/file"); } except FileNotFoundError as e { print(type(e).__name__); }
        }
    });
    assert_eq!(printed, "FileNotFoundError\n");
}

#[test]
fn an_exception_that_passed_rust_is_the_same() {
    fn through(text: &str) -> Result<i64, Box<dyn std::error::Error>> {
        Ok(sum_of([text.into()].into())?)
    }
    let caught: Result<Str, Exception> = gc_script! {
        raises;
        found = "";
        try { through("x".as_str()); } except ValueError as e { found = str(e); }
        found
    };
    assert_eq!(caught.unwrap(), "invalid digit found in string");
}

#[test]
fn a_result_on_which_a_method_of_results_is_called_stays_one() {
    let (good, bad) = gc_script! { (parse("5".as_str()).unwrap(), parse("five".as_str()).is_err()) }.into();
    assert!(good == 5 && bad);
}

#[test]
fn a_closure_of_rust_may_fail_too() {
    let half = |n: i64| if n % 2 == 0 { Ok(n / 2) } else { Err(format!("{n} is odd")) };
    let result: Result<i64, Exception> = gc_script! { raises; half(8) + half(half(12)) };
    assert_eq!(result.unwrap(), 7);
    let result: Result<i64, Exception> = gc_script! { raises; half(half(6)) };
    assert_eq!(result.unwrap_err().to_string(), "3 is odd");
}

#[test]
fn collections_of_rust_are_iterated_over_measured_and_indexed() {
    let words = ["to", "be"];
    let counts = BTreeMap::from([("a", 1), ("b", 2)]);
    let numbers: &[i64] = &[3, 4, 5];
    let printed = capture(|| {
        gc_script! {
            print([word for word in words], len(words), words[-1]);
            print([key for key in counts], len(counts), True if counts else False);
            print(sum(numbers), max(numbers), numbers[0], len(numbers));
        }
    });
    assert_eq!(printed, "['to', 'be'] 2 be\n['a', 'b'] 2 True\n12 5 3 3\n");
}

#[test]
fn rust_names_are_seen_whatever_the_script_calls_its_own() {
    let numbers = vec![1, 2];
    let ranges = |n: i64| n + 1;
    let total = gc_script! {
        number = 0;
        for n in numbers { number += ranges(n); }
        number
    };
    assert_eq!(total, 5);
}

/// What a script declares for others.
mod other {
    refcycle::gc_script! {
        pub class Node {
            name: str;
            def hello(self, times: int) -> str { return self.name * times; }
        }
    }
}

#[test]
fn classes_of_another_script_are_brought_in() {
    let printed = capture(|| {
        gc_script! {
            use class other::Node;
            def name(node: Node?) -> str { return "none" if node is None else node.name; }
            node = Node("a");
            node.name = "b";
            print(node.name, node.hello(2), isinstance(node, Node), [node][0] is node);
            print(name(node), name(None));
        }
    });
    assert_eq!(printed, "b bb True True\nb none\n");
}
