//! Which slots are parked, and errors.

use proc_macro2::TokenStream;

use super::{input::Input, live, mark};
use crate::report::Report;

/// The slots parked at each yield.
#[track_caller]
fn check(source: &str, expected: &[&str]) {
    let tokens: TokenStream = source.parse().unwrap();
    let mut input: Input = syn::parse2(tokens).unwrap();
    let mut report = Report::new();
    let marks = mark::mark(&mut input, &mut report);
    assert!(report.is_empty());
    let _ = report.into_tokens();
    let parked = live::parked(&input, marks.yields);
    let parked: Vec<String> =
        parked.iter().map(|slots| slots.iter().map(|slot| slot.to_string()).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(parked, expected);
}

#[test]
fn slots_in_scope_are_parked() {
    check(
        "|a, b| { yield_!(1); let c = slot!(2); yield_!(3); { let d = slot!(4); yield_!(5); } yield_!(6); }",
        &["a b", "a b c", "a b c d", "a b c"],
    );
    check("|| yield_!(1)", &[""]);
    check("{ let plain = 1; let (a, mut b) = slot!((1, 2)); yield_!(plain); }", &["a b"]);
}

#[test]
fn what_was_moved_away_is_not() {
    check("|root| { let mut stack = slot!(vec![root]); while let Some(n) = stack.pop() { yield_!(n); } }", &["stack"]);
    check("|a| { yield_!(a); yield_!(1); }", &["", ""]);
    check("|a| { yield_!(a.clone()); drop(a); yield_!(2); a = 1; yield_!(3); }", &["a", "", "a"]);
    check("|a| { yield_!(f(a)); g(a); }", &["a"]);
    check("|a, b| { let c = vec![a.clone(), b]; yield_!(1); }", &["a"]);
    check("|a| for x in a { yield_!(x); }", &[""]);
    check("|a| { println!(\"{a}\"); yield_!(1); let f = move || a; yield_!(2); }", &["a", ""]);
}

#[test]
fn loops_come_round() {
    check("|node| { while let Some(n) = node { yield_!(n.value); node = n.next(); } }", &[""]);
    check("|a| loop { use_it(a); yield_!(1); }", &["a"]);
    check("|a| { loop { let b = slot!(1); take(b); yield_!(1); } }", &["a"]);
}

#[test]
fn shadowed_slots_are_out_of_reach() {
    check("|a| { let a = 1; yield_!(a); }", &[""]);
    check("|a| { if let Some(a) = b { yield_!(1); } yield_!(2); }", &["", "a"]);
}

#[test]
fn values_of_parameters_end_at_a_comma_or_a_bar() {
    check("|mut a: Vec<u8> = Vec::<u8>::new(), b = M::<u8, u16>::new(), c = (1 | 2)| yield_!(0)", &["a b c"]);
}

#[test]
fn a_yield_in_a_closure_is_an_error() {
    let output = super::generator("{ let f = || yield_!(1); }".parse().unwrap()).to_string();
    assert!(output.contains("must stand in the generator's own body, not in a closure"), "{output}");
    let output = super::generator("a, b".parse().unwrap()).to_string();
    assert!(output.contains("expected `|`"), "{output}");
}
