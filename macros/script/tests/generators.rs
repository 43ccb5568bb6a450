//! What is told about functions that yield, and about using generators.

use super::errors;

#[test]
fn outside_a_function() {
    assert_eq!(
        errors("x = 1; yield x;"),
        "1:8 `yield` outside a function\nhelp: put it into a function: `def items() -> Iterator[int] { yield 1; }`\n"
    );
}

#[test]
fn in_a_lambda() {
    assert_eq!(
        errors("def f() -> Iterator[int] { yield 1; g: Callable[[int], int] = lambda x: (yield x); }"),
        "1:73 `yield` in a lambda\nhelp: write a `def` that yields\n"
    );
}

#[test]
fn in_a_comprehension() {
    assert_eq!(
        errors("def f() -> Iterator[int] { xs = [(yield x) for x in [1]]; g = ((yield x) for x in [1]); }"),
        "1:34 `yield` in a comprehension\nhelp: write a `for` loop that yields\n\
         1:64 `yield` in a comprehension\nhelp: write a `for` loop that yields\n"
    );
}

#[test]
fn in_a_constructor() {
    assert_eq!(
        errors("class A { def __init__(self) { yield 1; } }"),
        "1:15 `__init__` can't yield: it returns nothing\nhelp: yield in another method, and call that\n"
    );
    assert_eq!(
        errors("class A { def __del__(self) { yield 1; } }"),
        "1:15 `__del__` can't yield: it returns nothing\nhelp: yield in another method, and call that\n"
    );
}

#[test]
fn without_an_iterator_as_result() {
    let help = "a function that yields returns an iterator\nhelp: write `-> Iterator[int]`, or another type\n";
    assert_eq!(errors("def f() { yield 1; }"), format!("1:5 {help}"));
    assert_eq!(errors("def f() -> list[int] { yield 1; }"), format!("1:12 {help}"));
    assert_eq!(errors("class A { def f(self) -> int { yield from [1]; } }"), format!("1:26 {help}"));
}

#[test]
fn generator_types_have_three_parts() {
    assert_eq!(
        errors("def f() -> Generator[int] { yield 1; }"),
        "1:12 `Generator` needs three types in brackets: what it yields, what it is sent, what it returns\nhelp: write `Generator[int, None, None]`\n"
    );
}

#[test]
fn an_iterator_returns_nothing() {
    assert_eq!(
        errors("def f() -> Iterator[int] { yield 1; return \"a\"; }"),
        "1:44 this generator returns nothing\nhelp: say what it returns in its head: `-> Generator[int, None, str]`\n"
    );
}

#[test]
fn a_generator_returns_what_it_says() {
    assert_eq!(
        errors("def f() -> Generator[int, None, str] { yield 1; }"),
        "1:5 `f` returns `str`, but its end can be reached without a value\nhelp: add `return …;`\n"
    );
    assert_eq!(
        errors("def f() -> Generator[int, None, str] { yield 1; return; }"),
        "1:49 `return` without a value in a function that returns `str`\n"
    );
}

#[test]
fn a_value_is_yielded() {
    assert_eq!(errors("def f() -> Iterator[int] { yield; }"), "1:28 `yield` without a value in a generator of `int`\n");
}

#[test]
fn what_is_delegated_to_has_items() {
    assert_eq!(
        errors("def f() -> Iterator[int] { yield from 3; }"),
        "1:39 `int` can't be iterated over: `yield from` needs a generator or a container\n"
    );
}

#[test]
fn an_iterator_is_sent_nothing() {
    assert_eq!(
        errors("def f() -> Iterator[int] { yield 1; } g = f(); g.send(2);"),
        "1:50 an `Iterator` can't be sent values\nhelp: annotate it `Generator[int, str, None]`: what it yields, what it is sent, what it returns\n"
    );
}

#[test]
fn methods_of_generators() {
    let head = "def f() -> Generator[int, str, None] { x = yield 1; } g = f();";
    assert_eq!(
        errors(&format!("{head} g.sned(\"a\");")),
        "1:66 `Generator` has no method `sned`\nhelp: did you mean `send`?\n"
    );
    assert_eq!(errors(&format!("{head} g.send();")), "1:66 `send` takes 1 argument, and 0 are given\n");
    assert_eq!(errors(&format!("{head} g.close(1);")), "1:72 `close` takes no arguments, and 1 are given\n");
}

#[test]
fn raising_needs_raises() {
    assert_eq!(
        errors("def f() -> Iterator[int] { yield 1; raise ValueError(\"a\"); }"),
        "1:37 nothing handles an exception that is raised here\nhelp: add `raises` to the function: `def f() raises -> …`\n"
    );
    let raising = "def f() raises -> Iterator[int] { yield 1; raise ValueError(\"a\"); }";
    assert_eq!(
        errors(&format!("{raising} def g() {{ for x in f() {{ pass; }} }}")),
        "1:88 `f` can raise, and nothing handles it here\nhelp: add `raises` to the function: `def f() raises -> …`, or catch it: `try { … } except Exception as e { … }`\n"
    );
    assert_eq!(errors(&format!("{raising} def g() -> Iterator[int] {{ return f(); }}")), "");
}

#[test]
fn context_managers_yield() {
    assert_eq!(
        errors("from contextlib import contextmanager; @contextmanager def f() -> int { return 1; }"),
        "1:41 `@contextmanager` stands before a function that yields once\nhelp: yield what `with … as` binds\n"
    );
}

#[test]
fn an_overriding_method_yields_where_the_base_does() {
    let base = "class A { def f(self) raises -> Iterator[int] { yield 1; } }";
    assert_eq!(
        errors(&format!("{base} class B(A) {{ def f(self) raises -> Iterator[int] {{ return iter([1]); }} }}")),
        "1:79 `B.f` can't take the place of `A.f`: calling that can't raise, since it yields\nhelp: yield here, too\n"
    );
    assert_eq!(errors(&format!("{base} class B(A) {{ def f(self) -> Iterator[int] {{ return iter([1]); }} }}")), "");
}

#[test]
fn values_have_the_type_that_the_head_says() {
    assert_eq!(
        errors("def f(x: int) -> Iterator[str] { yield x; }"),
        "1:40 this is `int`, and the generator yields `str`\n"
    );
    assert_eq!(
        errors("def f() -> Iterator[int] { yield from [\"a\"]; }"),
        "1:39 these items are `str`, and this generator yields `int`\nhelp: convert them: `for x in … { yield int(x); }`\n"
    );
    let head = "def f() -> Generator[int, str, None] { x = yield 1; } g = f();";
    assert_eq!(errors(&format!("{head} g.send(2);")), "1:71 this is `int`, and `send` takes `str`\n");
    assert_eq!(errors(&format!("{head} g.throw(2);")), "1:72 this is `int`, and `throw` takes an exception\n");
    assert_eq!(errors(&format!("{head} g.send(None); g.throw(ValueError); g.throw(ValueError(\"a\"));")), "");
}

#[test]
fn what_fits_is_no_error() {
    assert_eq!(
        errors(
            "class A { } class B(A) { } \
             def all(b: B) -> Iterator[A?] { yield b; yield None; yield from bs(b); } \
             def bs(b: B) -> Iterator[B] { yield b; } \
             def numbers() -> Iterator[float] { yield 1; yield True; yield from [1, 2]; } \
             def anything() -> Iterator[any] { yield 1; yield \"a\"; yield from numbers(); } \
             def first[T](xs: list[T]) -> Iterator[T] { yield xs[0]; }"
        ),
        ""
    );
}
