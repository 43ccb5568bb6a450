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

#[test]
fn what_has_no_items_is_not_indexed() {
    assert_eq!(errors("x = 5; print(x[0]);"), "1:14 `int` can't be indexed\n");
    assert_eq!(
        errors("s = {1}; print(s[0]);"),
        "1:16 `set[int]` can't be indexed\nhelp: make a list of it: `list(…)`\n"
    );
}

#[test]
fn items_of_texts_and_tuples_are_not_assigned() {
    assert_eq!(
        errors("t = (1, 2); t[0] = 3;"),
        "1:13 items of `tuple[int, int]` can't be assigned\nhelp: make a new one, or take a list\n"
    );
    assert_eq!(errors("xs = [1]; xs[0] = 3; d = {(1, 2): 3}; d[(3, 4)] = 5;"), "");
}

#[test]
fn numbers_are_not_unpacked() {
    assert_eq!(errors("a, b = 5;"), "1:1 `int` can't be unpacked into 2 names\nhelp: give it a tuple\n");
    assert_eq!(
        errors("for i, x in [1] { pass; }"),
        "1:5 `int` can't be unpacked into 2 names\nhelp: give it a tuple\n"
    );
}

#[test]
fn what_changes_is_no_key() {
    let told = "unhashable type: `list[int]` can change, so it is no key and no item of a set\nhelp: make it a tuple\n";
    assert_eq!(errors("d = {[1]: 2};"), format!("1:6 {told}"));
    assert_eq!(errors("s = {[1]};"), format!("1:6 {told}"));
}

#[test]
fn builtin_functions_say_what_they_take() {
    assert_eq!(
        errors("print(range(10 / 2));"),
        "1:13 expected `int`, found `float`\nhelp: write `int(…)` around it, or `round(…)`\n"
    );
    assert_eq!(errors("print(abs(\"a\"));"), "1:11 `abs` takes a number, and this is `str`\n");
    assert_eq!(
        errors("print(max(1, \"a\"));"),
        "1:14 `<` has no meaning between `int` and `str`\nhelp: write `int(…)` around the right side\n"
    );
    assert_eq!(errors("print(range(True), chr(65), abs(-2.5), pow(2, 0.5), max(1, 2.5), ord(b\"a\"));"), "");
}

#[test]
fn sequences_are_repeated_by_whole_numbers() {
    assert_eq!(
        errors("print(\"a\" * \"b\");"),
        "1:11 unsupported operand types for `*`: `str` and `str`\nhelp: a `str` is repeated by an `int`\n"
    );
    assert_eq!(errors("print(\"a\" * 2, 2 * [1], (1,) * True);"), "");
}

#[test]
fn operands_of_the_same_type_may_have_no_sum() {
    assert_eq!(
        errors("print({1: 2} + {3: 4});"),
        "1:14 unsupported operand types for `+`: `dict[int, int]` and `dict[int, int]`\n"
    );
    assert_eq!(
        errors("def f() -> int { return 1; } print(f + 1);"),
        "1:38 unsupported operand types for `+`: `Callable[[], int]` and `int`\nhelp: call it: the left side is a function\n"
    );
    assert_eq!(errors("print((1,) + (2, 3), {1} - {2}, {1: 2} | {3: 4});"), "");
}

#[test]
fn a_method_of_another_type_is_told_so() {
    assert_eq!(
        errors("xs = [\"a\"]; print(xs.join(\",\"));"),
        "1:22 `list` has no method `join`: `str` has\nhelp: write `\", \".join(xs)`\n"
    );
    assert_eq!(errors("s = \"abc\"; print(s.length());"), "1:20 `str` has no method `length`\nhelp: write `len(s)`\n");
}

#[test]
fn a_value_that_may_be_none_has_no_length() {
    assert_eq!(
        errors("def f(x: str?) -> int { return len(x); }"),
        "1:36 this is `str?`: it may be `None`, which has no length\nhelp: test it first: `if x is not None { … }`\n"
    );
    assert_eq!(errors("def f(x: str?) -> int { if x is not None { return len(x); } return 0; }"), "");
}

#[test]
fn none_has_no_attributes() {
    assert_eq!(errors("x = None; print(x.foo);"), "1:19 `None` has no attribute `foo`\n");
}

#[test]
fn the_constants_of_math_stay() {
    assert_eq!(errors("import math; print(math.foo);"), "1:25 the module `math` has no `foo`\n");
    assert_eq!(errors("import math; math.pi = 3.0;"), "1:19 `math.pi` can't be assigned\n");
}

#[test]
fn an_any_has_no_items_to_match() {
    let help = "help: give it a type first: `xs: list[int] = x;`, or another type";
    assert_eq!(
        errors("def f(x: any) {\nmatch x { case [a, *rest] { print(a, rest); } case _ { pass; } } }"),
        format!("2:16 what an `any` holds is not known to have items\n{help}\n")
    );
}

#[test]
fn defaults_have_the_type_of_their_parameter() {
    assert_eq!(
        errors("def f(n: int = \"3\") { print(n); }"),
        "1:16 expected `int`, found `str`\nhelp: write `int(…)` around it\n"
    );
    assert_eq!(
        errors("def f(n: float = 1, s: str? = None, t: str? = \"a\", b: int = True) { print(n, s, t, b); }"),
        ""
    );
}

#[test]
fn class_attributes_have_their_type() {
    assert_eq!(
        errors("class A { n: int = \"3\"; }"),
        "1:20 expected `int`, found `str`\nhelp: write `int(…)` around it\n"
    );
    assert_eq!(errors("class A { n: int = None; }"), "1:20 expected `int`, found `None`\nhelp: make the type `int?`\n");
    assert_eq!(errors("class A { n: float = 1; s: str? = None; }"), "");
}

#[test]
fn a_case_that_nothing_matches() {
    assert_eq!(
        errors("x = 1;\nmatch x { case \"1\" { pass; } case _ { pass; } }"),
        "2:16 this `str` is never equal to what is matched, which is `int`\nhelp: write a value of type `int`, or remove this `case`\n"
    );
    assert_eq!(errors("def f(x: int?) { match x { case 1 { pass; } case None { pass; } case _ { pass; } } }"), "");
    assert_eq!(errors("x = 1.5; match x { case 1 { pass; } case _ { pass; } }"), "");
}

#[test]
fn assigning_a_name_of_the_function_outside_asks_for_nonlocal() {
    assert_eq!(
        errors("def f() {\ncount = 0; def g() { count += 1; } g(); print(count); }"),
        "2:22 `count` is used before it is bound\nhelp: to mean the `count` outside, start the function with `nonlocal count;`\n"
    );
    assert_eq!(errors("def f() { count = 0; def g() { nonlocal count; count += 1; } g(); print(count); }"), "");
    assert_eq!(errors("def f() { def g() { count += 1; } g(); }"), "1:21 `count` is used before it is bound\n");
}
