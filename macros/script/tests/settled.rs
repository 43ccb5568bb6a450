//! Which fields need not know whether they are set.

use proc_macro2::TokenStream;

use crate::report::Report;
use crate::script::{flow, infer, model, parse::parse, scope, settle};

/// The fields of a script that are set before anybody can read them, as `Class.field`.
fn settled(source: &str) -> Vec<String> {
    let stream: TokenStream = source.parse().expect("the test's source must lex");
    let mut report = Report::new();
    let (script, expressions) = parse(stream, &mut report);
    let model = model::Model::new(&script, &mut report);
    let mut scopes = scope::resolve(&script, &mut report);
    flow::check(&script, &mut scopes, &mut report);
    let types = infer::infer(&script, expressions, &model, &scopes, &mut report);
    assert!(report.into_errors().is_empty(), "the test's source has errors");
    let fields = settle::settle(&script, &model, &types);
    fields.iter().map(|(class, field)| format!("{class}.{field}")).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn what_init_sets_on_every_path() {
    let fields = settled(
        "class A { a: int; b: str; c: int; def __init__(self, n: int) { self.a = n; if n > 0 { self.b = \"+\"; self.c = 1; } else { self.b = \"-\"; } } }",
    );
    assert_eq!(fields, ["A.a", "A.b"]);
}

#[test]
fn what_a_constructor_without_init_takes() {
    assert_eq!(settled("class A { a: int; b: A?; }"), ["A.a", "A.b"]);
}

#[test]
fn class_attributes_with_a_literal() {
    assert_eq!(settled("class A { a: int = 1; b: list[int] = []; }"), ["A.a"]);
    assert_eq!(settled("class A { a: int = 1; } def f() { A.a = 2; }"), NOTHING);
}

#[test]
fn a_deletion_anywhere_unsettles() {
    assert_eq!(settled("class A { a: int; } def f(x: A) { del x.a; }"), NOTHING);
}

#[test]
fn weak_and_generic_fields_stay_as_they_are() {
    assert_eq!(settled("class A { weak a: A?; } class B[T] { b: T; c: int; }"), ["B.c"]);
}

#[test]
fn a_field_that_is_read_early() {
    assert_eq!(settled("class A { a: int; b: int; def __init__(self) { self.a = self.b; self.b = 1; } }"), ["A.a"]);
}

#[test]
fn a_derived_class_must_set_them_too() {
    let base = "class A { a: int; def __init__(self) { self.a = 1; } }";
    assert_eq!(
        settled(&format!("{base} class B(A) {{ b: int; def __init__(self) {{ super().__init__(); self.b = 1; }} }}")),
        ["A.a", "B.b"]
    );
    assert_eq!(settled(&format!("{base} class B(A) {{ b: int; def __init__(self) {{ self.b = 1; }} }}")), ["B.b"]);
}

#[test]
fn code_that_may_meet_the_object_is_a_reader() {
    let class = |body: &str| {
        format!(
            "def f(x: A) {{ pass; }} all: int = 0; class A {{ a: int; def __init__(self, xs: list[A]) {{ {body} }} }}"
        )
    };
    assert_eq!(settled(&class("f(self); self.a = 1;")), NOTHING);
    assert_eq!(settled(&class("xs.append(self); self.a = 1;")), ["A.a"]);
    assert_eq!(settled(&class("xs.append(self); print(xs); self.a = 1;")), NOTHING);
    assert_eq!(settled(&class("print(xs); self.a = 1; f(self);")), ["A.a"]);
}

#[test]
fn a_finalizer_reads_what_a_failed_init_has_left() {
    let class = |body: &str| {
        format!("class A {{ a: int; def __init__(self, n: int) {{ {body} }} def __del__(self) {{ print(self.a); }} }}")
    };
    assert_eq!(settled(&class("self.a = n; print(n);")), ["A.a"]);
    assert_eq!(settled(&class("self.a = n + 1;")), NOTHING);
}
