//! What can't be done with a value, in the script's words.

use super::{errors, expanded};

#[test]
fn a_number_is_not_iterated_over() {
    assert_eq!(
        errors("for x in 5 { print(x); }"),
        "1:10 `int` can't be iterated over\nhelp: write `range(…)` around it\n"
    );
    assert_eq!(
        errors("class A { } ys = [x for x in A()];"),
        "1:30 `A` can't be iterated over\nhelp: give its class `def __iter__(self) -> Iterator[int]`, or of another type\n"
    );
}

#[test]
fn a_number_has_no_length() {
    assert_eq!(errors("print(len(5));"), "1:11 `int` has no length\nhelp: give `len` a container or a text\n");
    assert_eq!(
        errors("class A { } print(len(A()));"),
        "1:23 `A` has no length\nhelp: give its class `def __len__(self) -> int`\n"
    );
}

#[test]
fn builtin_values_are_no_context_managers() {
    assert_eq!(
        errors("with 5 { pass; }"),
        "1:6 a `int` is no context manager: `with` needs `__enter__` and `__exit__`\n"
    );
}

#[test]
fn values_of_different_types_have_no_order() {
    assert_eq!(
        errors("s = \"a\"; print(s < 3);"),
        "1:18 `<` has no meaning between `str` and `int`\nhelp: write `int(…)` around the left side\n"
    );
    assert_eq!(errors("print(1 < 2.5, True < 2, {1} < {1, 2}, (1, 2) < (1, 3));"), "");
}

#[test]
fn a_sign_stands_before_numbers() {
    assert_eq!(
        errors("s = \"5\"; print(-s);"),
        "1:17 `-` stands before numbers, and this is `str`\nhelp: write `int(…)` around it\n"
    );
}

#[test]
fn a_number_has_no_methods_of_text() {
    assert_eq!(
        errors("x = 5; x.upper();"),
        "1:10 `int` has no method `upper`: `str` has\nhelp: write `str(…).upper(…)`\n"
    );
}

#[test]
fn texts_are_joined_not_summed() {
    assert_eq!(
        errors("print(sum([\"a\"]));"),
        "1:11 `sum` adds numbers, and these are `str`\nhelp: write `\"\".join(…)`\n"
    );
    assert_eq!(errors("d = {\"a\": 1}; print(sum(d.values()), sum([1.5]), sum([[1]], []));"), "");
}

#[test]
fn what_extends_a_list_has_its_items() {
    assert_eq!(
        errors("xs = [1]; xs += [\"s\"];"),
        "1:18 this is `str` among items of type `int`\nhelp: items have one type\n"
    );
}

#[test]
fn only_texts_are_joined() {
    assert_eq!(
        errors("print(\",\".join([1]));"),
        "1:16 expected `Iterable[str]`, found `list[int]`\nhelp: convert the items: `[str(x) for x in …]`\n"
    );
}

#[test]
fn a_list_is_no_number() {
    assert_eq!(
        errors("print(int([1]));"),
        "1:11 `int` makes numbers of numbers and texts, and this is `list[int]`\nhelp: take one item of it\n"
    );
}

#[test]
fn an_empty_list_that_is_only_shown_may_be_of_anything() {
    assert!(expanded("print([], len({}));".parse().expect("lexes")).to_string().contains("List :: < i64 >"));
}

#[test]
fn rustc_does_not_look_into_a_body_that_is_reported_to_be_wrong() {
    let text = expanded("def f() { print(1 + \"a\"); } def g() { print(2); }".parse().expect("lexes")).to_string();
    assert_eq!(text.matches("cfg (rust_analyzer)").count(), 1, "{text}");
}
