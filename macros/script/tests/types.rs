//! Values of a wrong type, where the macro knows both types.

use super::errors;

#[test]
fn argument() {
    assert_eq!(
        errors("def f(name: str, n: int) { } def g() { f(1, 2); f(\"a\", n=\"b\"); }"),
        "1:42 expected `str`, found `int`\nhelp: write `str(…)` around it\n\
         1:58 expected `int`, found `str`\nhelp: write `int(…)` around it\n"
    );
}

#[test]
fn argument_of_a_method() {
    assert_eq!(
        errors("class A { def m(self, x: list[int]) { } } def g(a: A) { a.m([\"x\"]); a.m(2.5); }"),
        "1:62 this is `str` among items of type `int`\nhelp: items have one type\n1:73 expected `list[int]`, found `float`\n"
    );
}

#[test]
fn argument_of_a_constructor() {
    assert_eq!(
        errors("class A { n: int; } class B { a: A; } def g() { B(A(2.5)); B(B(A(1))); B(None); }"),
        "1:53 expected `int`, found `float`\nhelp: write `int(…)` around it, or `round(…)`\n\
         1:62 expected `A`, found `B`\n\
         1:74 expected `A`, found `None`\nhelp: make the type `A?`\n"
    );
}

#[test]
fn assignment_to_a_field() {
    assert_eq!(
        errors("class A { n: int; } def g(a: A) { a.n = \"x\"; a.n = None; }"),
        "1:41 expected `int`, found `str`\nhelp: write `int(…)` around it\n\
         1:52 expected `int`, found `None`\nhelp: make the type `int?`\n"
    );
}

#[test]
fn assignment_to_an_annotated_name() {
    assert_eq!(errors("def g() { x: str = 3; }"), "1:20 expected `str`, found `int`\nhelp: write `str(…)` around it\n");
}

#[test]
fn result() {
    assert_eq!(
        errors("class A { } def f() -> int { return \"x\"; } def g() -> A { return A; } def h() -> A? { return 3; }"),
        "1:37 expected `int`, found `str`\nhelp: write `int(…)` around it\n1:94 expected `A?`, found `int`\n"
    );
}

#[test]
fn what_converts_by_itself_is_no_error() {
    let script = "
        class Animal { } class Dog(Animal) { }
        def float_of(x: float) -> float { return x; }
        def name(a: Animal?, xs: list[float], it: Iterator[int], c: Callable[[int], int]) -> Animal { return a; }
        def all_of[T](x: T) -> T { return x; }
        def g(d: Dog, o: Dog?, x: any) raises -> int {
            float_of(1); float_of(True);
            name(d, [1, 2], [3], lambda x: x); name(o, [], iter([1]), all_of(len_of)); name(None, [1], range(3), len_of);
            e: Exception = ValueError(\"x\"); f: float = 3; s: str = x; t: tuple[int, float] = (1, 2);
            return all_of(3);
        }
        def len_of(x: int) -> int { return x; }
    ";
    assert_eq!(errors(script), "");
}

#[test]
fn method_of_another_language() {
    assert_eq!(
        errors("def f(xs: list[int], s: set[int], d: dict[str, int]) { xs.push(1); s.append(1); d.has_key(\"a\"); }"),
        "1:59 `list` has no method `push`\nhelp: write `append`\n\
         1:70 `set` has no method `append`\nhelp: write `add`\n\
         1:83 `dict` has no method `has_key`\nhelp: write `key in d`\n"
    );
}

#[test]
fn two_annotations() {
    assert_eq!(
        errors("def f() { x: int = 1; x: str = \"a\"; x: int = 2; }"),
        "1:26 `x` is annotated with `int` first, and with `str` here\nhelp: a name has one type: choose another name here\n\
         1:32 expected `int`, found `str`\nhelp: write `int(…)` around it\n"
    );
}
