//! Errors of values that are made once.

use super::{errors, expanded};

#[test]
fn shared_container() {
    assert_eq!(
        errors("def f(a: list[int] = []) { pass; }"),
        "1:22 all calls that don't give `a` share this one list\nhelp: write `a: list[int]? = None`, and `if a is None { a = …; }`; if sharing is meant, put `#[allow(mutable_default)]` before the `def`\n"
    );
    assert_eq!(errors("#[allow(mutable_default)] def f(a: list[int] = []) { pass; }"), "");
}

#[test]
fn none_for_a_type_without_none() {
    assert_eq!(
        errors("def f(a: int = None) { pass; }"),
        "1:16 `a` is a `int`, and its default is `None`\nhelp: write `a: int? = None`\n"
    );
}

#[test]
fn default_that_raises() {
    assert_eq!(
        errors("def g() raises -> int { return 1; } def f(a: int = g()) { pass; }"),
        "1:52 `g` can raise, and this value is made once: nothing can handle it here\nhelp: make it in a function that catches the exception\n"
    );
}

#[test]
fn generic_default() {
    assert_eq!(
        errors("class Box[T] { x: T; } def f[T](x: T, y: Box[T]? = Box(x)) { pass; }"),
        "1:52 the default of `y` would have another type for each `Box[T]?`, so it can't be made once\nhelp: write `y: Box[T]? = None`, and `if y is None { y = …; }`\n"
    );
}

#[test]
fn shared_container_read_through_an_object() {
    let help = "help: read it as `C.xs`; or give each object its own in `__init__`: `self.xs = …;`; or put `#[allow(mutable_default)]` before its declaration\n";
    assert_eq!(
        errors("class C { xs: list[int] = []; def f(self) { self.xs.append(1); } }"),
        format!("1:50 `xs` is one list for all objects of `C`\n{help}")
    );
    assert_eq!(errors("class C { xs: list[int] = []; def f(self) { C.xs.append(1); self.xs = [2]; } }"), "");
    assert_eq!(errors("#[allow(mutable_default)] class C { xs: list[int] = []; def f(self) { print(self.xs); } }"), "");
    assert_eq!(
        errors("class C { xs: list[int] = []; def __init__(self) { self.xs = []; } def f(self) { print(self.xs); } }"),
        ""
    );
}

/// Whether the expansion of a call of `A.f` on an `A` asks the object for its class's default.
fn asks_the_class(base: &str, derived: &str) -> bool {
    let source = format!(
        "class A {{ def f(self, {base}) {{ pass; }} }} class B(A) {{ def f(self, {derived}) {{ pass; }} }} def g(a: A) {{ a.f(); }}"
    );
    let text = expanded(source.parse().expect("lexes")).to_string();
    assert_eq!(text.contains("fn __by_default_f"), text.contains("A :: __by_default_f"), "{text}");
    text.contains("__by_default_f")
}

#[test]
fn the_object_is_asked_only_where_a_default_differs() {
    assert!(!asks_the_class("x: int = 1", "x: int = 1"));
    assert!(!asks_the_class("x: int = -1, y: str = \"\"", "x: int = -1, y: str = \"\", z: int = 2"));
    assert!(asks_the_class("x: int = 1", "x: int = 2"));
    assert!(asks_the_class("x: int = 1", "x: int? = None"));
    assert!(asks_the_class("x: A? = None", "x: A? = A()"));
}

#[test]
fn an_override_gives_a_default_where_the_base_does() {
    assert_eq!(
        errors("class A { def f(self, x: int = 1) { pass; } } class B(A) { def f(self, x: int) { pass; } }"),
        "1:64 `B.f` can't take the place of `A.f`: there `x` has a default value\nhelp: give it one here, too\n"
    );
}
