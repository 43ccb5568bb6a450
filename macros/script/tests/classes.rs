//! Errors of classes and of what makes their objects.

use super::errors;

#[test]
fn too_many_arguments() {
    assert_eq!(
        errors("class P { name: str; age: int = 0; } def f() { P(\"a\", 1, 2); }"),
        "1:58 this call takes 2 arguments, and 3 are given\n"
    );
}

#[test]
fn field_without_argument() {
    assert_eq!(
        errors("class P { age: int = 0; name: str; } def f() { P(age=1); }"),
        "1:55 the argument `name` is missing\n"
    );
}

#[test]
fn unknown_field() {
    assert_eq!(
        errors("class P { name: str; friend: P? = None; } def f() { P(\"a\", freind=None); }"),
        "1:60 `P` has no parameter `freind`\nhelp: did you mean `friend`?\n"
    );
}

#[test]
fn raised_class_that_needs_arguments() {
    assert_eq!(
        errors("class Bad(ValueError) { code: int; } def f() raises { raise Bad; }"),
        "1:61 `Bad` can't be made without arguments\nhelp: write `raise Bad(…);`\n"
    );
}

#[test]
fn generic_attribute_without_a_place() {
    assert_eq!(
        errors("class Stack[T] { items: list[T] = []; }"),
        "1:35 `items` has another type for each kind of `Stack`, so it can't be one value of the class\nhelp: declare it without a value: `items: list[T];`, and set it in `__init__`\n"
    );
    assert_eq!(
        errors("class Box[T] { spare: T? = None; } def f() { print(Box.spare); }"),
        "1:56 `spare` has another type for each kind of `Box`\nhelp: read it through an object\n"
    );
}
