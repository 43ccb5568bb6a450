//! The catalogue of errors: a script, and what it is told.

use super::errors;

#[test]
fn else_if() {
    assert_eq!(errors("if x() { pass; } else if y() { pass; }"), "1:18 `else if` is spelled `elif`\n");
}

#[test]
fn null() {
    assert_eq!(errors("x = null;"), "1:5 `null` is spelled `None`\n");
}

#[test]
fn true_false() {
    assert_eq!(errors("x = true; y = false;"), "1:5 `true` is spelled `True`\n1:15 `false` is spelled `False`\n");
}

#[test]
fn and_or_not() {
    assert_eq!(
        errors("def f(a: bool, b: bool) -> bool { return a && b || !a; }"),
        "1:44 `&&` is spelled `and`\n1:49 `||` is spelled `or`\n1:52 `!` is spelled `not`\n"
    );
}

#[test]
fn function_word() {
    assert_eq!(errors("fn f() { pass; }"), "1:1 `fn` is spelled `def`\n");
}

#[test]
fn let_word() {
    assert_eq!(
        errors("let x = 1; let mut y = 2;"),
        "1:1 a name is declared by its first assignment: there is no `let`\nhelp: leave `let` out\n1:12 a name is declared by its first assignment: there is no `let`\nhelp: leave `let` out\n"
    );
}

#[test]
fn missing_semicolon() {
    assert_eq!(
        errors("x = 1 y = 2;"),
        "1:5 expected `;`, found `y`\nhelp: every statement ends in `;` (and `//` starts a comment: floor division is `floordiv(a, b)`)\n"
    );
}

#[test]
fn missing_semicolon_at_end() {
    assert_eq!(
        errors("def f() -> int { return 1 }"),
        "1:25 expected `;`, found the end\nhelp: every statement ends in `;` (and `//` starts a comment: floor division is `floordiv(a, b)`)\n"
    );
}

#[test]
fn floor_division() {
    assert_eq!(
        errors(
            r#"def f(a: int, b: int) -> int { return a // b; 
 }"#
        ),
        "1:39 expected `;`, found the end\nhelp: every statement ends in `;` (and `//` starts a comment: floor division is `floordiv(a, b)`)\n"
    );
}

#[test]
fn colon_block() {
    assert_eq!(
        errors("def f(): pass"),
        "1:8 a block opens with `{`, not with `:`\nhelp: write `def name(…) { … }`\n1:10 expected `;`, found the end\nhelp: every statement ends in `;` (and `//` starts a comment: floor division is `floordiv(a, b)`)\n"
    );
}

#[test]
fn increment() {
    assert_eq!(errors("x = 1; x++; "), "1:9 there is no `++` or `--`\nhelp: write `x += 1;`\n");
}

#[test]
fn triple_equal() {
    assert_eq!(
        errors("x = 1; if x === 1 { pass; }"),
        "1:13 there is no `===`\nhelp: write `==`, or `is` for the same object\n"
    );
}

#[test]
fn ternary() {
    assert_eq!(
        errors("x = 1; y = x ? 2 : 3;"),
        "1:14 `?` is not needed: an exception propagates by itself\nhelp: leave `?` out; for a choice write `a if condition else b`\n"
    );
}

#[test]
fn throw() {
    assert_eq!(errors(r#"def f() raises { throw ValueError("x"); }"#), "1:18 `throw` is spelled `raise`\n");
}

#[test]
fn catch() {
    assert_eq!(
        errors("try { pass; } catch ValueError { pass; }"),
        "1:15 `catch` is spelled `except`\nhelp: write `except ValueError as e { … }`\n"
    );
}

#[test]
fn new() {
    assert_eq!(
        errors("class A { } a = new A();"),
        "1:17 an object is made by calling its class: there is no `new`\nhelp: leave `new` out\n"
    );
}

#[test]
fn this() {
    assert_eq!(errors("class A { x: int; def f(self) -> int { return this.x; } }"), "1:47 `this` is spelled `self`\n");
}

#[test]
fn arrow_lambda() {
    assert_eq!(
        errors("f = x => x;"),
        "1:7 there is no `=>`\nhelp: a function without a name is `lambda x: value`, a case is `case pattern { … }`\n"
    );
}

#[test]
fn switch() {
    assert_eq!(errors("switch x() { }"), "1:1 `switch` is spelled `match`\nhelp: write `match x { case 1 { … } }`\n");
}

#[test]
fn do_while() {
    assert_eq!(
        errors("do { } while x();"),
        "1:1 there is no `do … while`\nhelp: write `while True { …; if not condition { break; } }`\n1:17 expected `{` after `while condition`, found `;`\n"
    );
}

#[test]
fn struct_word() {
    assert_eq!(
        errors("struct A { x: int; }"),
        "1:1 there is no `struct` in a script\nhelp: write `class Name { … }`, or put it outside in Rust\n"
    );
}

#[test]
fn question_mark() {
    assert_eq!(
        errors("x = f()?;"),
        "1:8 `?` is not needed: an exception propagates by itself\nhelp: leave `?` out; for a choice write `a if condition else b`\n"
    );
}

#[test]
fn rust_macro() {
    assert_eq!(
        errors(r#"println!("x");"#),
        "1:1 Rust's macros are called in `rust! { … }` only\nhelp: write `print(value);`\n"
    );
}

#[test]
fn print_statement() {
    assert_eq!(errors(r#"print "x";"#), "1:1 `print` is a function\nhelp: write `print(value);`\n");
}

#[test]
fn global() {
    assert_eq!(
        errors("def f() { global x; }"),
        "1:11 there is no `global`\nhelp: write `nonlocal name;` for a name of the enclosing function or of Rust\n"
    );
}

#[test]
fn range() {
    assert_eq!(errors("for i in 0..3 { }"), "1:11 a range of numbers is spelled `range(start, stop)`\n");
}

#[test]
fn type_names() {
    assert_eq!(
        errors("def f(a: i64, b: String, c: List[int], d: Optional[int], e: Any) { pass; }"),
        "1:10 `i64` is spelled `int`\n1:18 `String` is spelled `str`\n1:29 `List` is spelled `list[…]`\n1:43 `Optional` is spelled `T?`\n1:61 `Any` is spelled `any`\n"
    );
}

#[test]
fn generic_angles() {
    assert_eq!(
        errors("def f<T>(x: T) { pass; }"),
        "1:6 generic parameters stand in brackets\nhelp: write `def first[T](xs: list[T]) -> T?`\n"
    );
}

#[test]
fn reference() {
    assert_eq!(
        errors("def f(x: &str) { pass; }"),
        "1:10 there are no reference types: values are shared, and borrowed where that is enough\nhelp: leave `&` out\n"
    );
}

#[test]
fn star_params() {
    assert_eq!(errors("def f(*args: int) { pass; }"), "1:7 there are no star parameters\nhelp: take a `list[T]`\n");
}

#[test]
fn star_args() {
    assert_eq!(
        errors("def f(xs: list[int]) { g(*xs); }"),
        "1:26 there are no star arguments\nhelp: pass the list itself\n"
    );
    let columns = "xss = [[1], [2]]; for x in zip(*xss) { print(list(zip(*xss))); }";
    assert!(!super::expanded(columns.parse().unwrap()).is_empty());
}

#[test]
fn two_rests() {
    assert_eq!(
        errors("match [1, 2] { case [*a, *b] { print(a, b); } }"),
        "1:26 one name of a pattern can take the rest, not two\n"
    );
}

#[test]
fn cases_that_leave_something_out() {
    let found = |cases: &str| errors(&format!("def f(x: list[bool]) -> int {{ match x {{ {cases} }} }}"));
    let left_out = "1:5 `f` returns `int`, but its end can be reached without a value\nhelp: add `return …;`\n";
    assert_eq!(found("case [] { return 0; } case [True] | [False] | [_, _, *_] { return 1; }"), left_out);
    assert_eq!(found("case [] { return 0; } case [_] | [_, _, *_] { return 1; }"), "");
    assert_eq!(found("case [_, *_] { return 1; }"), left_out);
    assert_eq!(found("case [] { return 0; } case [_, *_] if x[0] { return 1; }"), left_out);
}

#[test]
fn number_suffix() {
    assert_eq!(errors("x = 1i32;"), "1:5 numbers have no suffix here\nhelp: write `1`, or `1 as i32`\n");
}

#[test]
fn big_number() {
    assert_eq!(errors("x = 99999999999999999999;"), "1:5 this number does not fit in the 64 bits of an `int`\n");
}

#[test]
fn tuple_dot() {
    assert_eq!(errors("t = (1, 2); x = t.0;"), "1:19 items of a tuple are read with brackets\nhelp: write `pair[0]`\n");
}

#[test]
fn union() {
    assert_eq!(
        errors("def f(x: int | str) { pass; }"),
        "1:14 a union can only be with `None`\nhelp: write `T?`, or a common base class\n"
    );
}

#[test]
fn tuple_type() {
    assert_eq!(errors("def f(x: (int, str)) { pass; }"), "1:10 a tuple's type has a name\nhelp: write `tuple[A, B]`\n");
}

#[test]
fn import_star() {
    assert_eq!(
        errors("from weakref import *;"),
        "1:21 names are imported one by one\nhelp: write `from module import name;`\n"
    );
}

#[test]
fn unknown_module() {
    assert_eq!(errors("import fs;"), "1:8 there is no module `fs`\nhelp: for Rust's modules write `use fs::…;`\n");
}

#[test]
fn format_unclosed() {
    assert_eq!(
        errors(r#"x = f "a {b";"#),
        "1:7 a `{` of this format string is not closed\nhelp: write `{{` for the character\n"
    );
}

#[test]
fn format_single_brace() {
    assert_eq!(
        errors(r#"x = f "a } b";"#),
        "1:7 a single `}` in a format string\nhelp: write `}}` for the character\n"
    );
}

#[test]
fn format_empty() {
    assert_eq!(
        errors(r#"x = f "a {} b";"#),
        "1:7 an empty `{}` in a format string\nhelp: write the expression between the braces\n"
    );
}

#[test]
fn format_conversion() {
    assert_eq!(errors(r#"y = 1; x = f "{y!q}";"#), "1:14 a conversion is `!r`, `!s` or `!a`\n");
}

#[test]
fn format_method() {
    assert_eq!(errors(r#"x = "{}".format(1);"#), "1:10 there is no `.format`\nhelp: write `f \"…{value}…\"`\n");
}

#[test]
fn percent() {
    assert_eq!(errors(r#"x = "%d" % 1;"#), "1:10 there is no `%`-formatting\nhelp: write `f \"…{value}…\"`\n");
}

#[test]
fn assign_in_condition() {
    assert_eq!(errors("x = 1; if x = 2 { pass; }"), "1:13 `=` assigns, it doesn't compare\nhelp: write `==`\n");
}

#[test]
fn empty_function() {
    assert_eq!(errors("def f();"), "1:8 a function needs a body\nhelp: write `{ pass; }`\n");
}

#[test]
fn class_colon() {
    assert_eq!(
        errors("class A: pass"),
        "1:8 a block opens with `{`, not with `:`\nhelp: write `class Name { … }`\n1:10 expected `;`, found the end\nhelp: every statement ends in `;` (and `//` starts a comment: floor division is `floordiv(a, b)`)\n"
    );
}

#[test]
fn field_without_type() {
    assert_eq!(errors("class A { x = 3; }"), "1:11 a field needs a type\nhelp: write `x: int = …;`\n");
}

#[test]
fn field_comma() {
    assert_eq!(errors("class A { x: int, y: int; }"), "1:17 a field ends in `;`, not in `,`\n");
}

#[test]
fn nested_class() {
    assert_eq!(errors("class A { class B { } }"), "1:11 a class can't stand inside another one\nhelp: move it out\n");
}

#[test]
fn multiple_bases() {
    assert_eq!(
        errors("class A { } class B { } class C(A, B) { }"),
        "1:34 a class has one base: there is no multiple inheritance\n"
    );
}

#[test]
fn decorator() {
    assert_eq!(
        errors("@cache def f() { pass; }"),
        "1:2 there are no decorators of functions\nhelp: call the wrapper where the function is used\n"
    );
}

#[test]
fn else_alone() {
    assert_eq!(errors("else { pass; }"), "1:1 `else` without an `if` before it\n");
}

#[test]
fn except_alone() {
    assert_eq!(errors("except ValueError { pass; }"), "1:1 `except` without a `try` before it\n");
}

#[test]
fn try_alone() {
    assert_eq!(errors("try { pass; }"), "1:1 a `try` needs an `except` or a `finally`\n");
}

#[test]
fn except_order() {
    assert_eq!(
        errors("try { pass; } except { pass; } except ValueError { pass; }"),
        "1:15 an `except` without a class takes everything: it must be the last one\n"
    );
}

#[test]
fn case_missing() {
    assert_eq!(errors("match 1 { 1 { } }"), "1:11 expected `case`\nhelp: write `case 1 { … }`\n");
}

#[test]
fn unbound() {
    assert_eq!(errors("def f() { print(x); x = 1; }"), "1:17 `x` is used before it is bound\n");
}

#[test]
fn deleted() {
    assert_eq!(errors("def f() { x = 1; del x; print(x); }"), "1:31 `x` is used after `del x`\n");
}

#[test]
fn nonlocal_unknown() {
    assert_eq!(errors("def f() { nonlocal nothing; }"), "1:20 no enclosing function binds `nothing`\n");
}

/// Rust may have a name that is like one of the script's: rustc knows.
#[test]
fn names_of_rust() {
    assert_eq!(errors("def f() { word = prints(LIMIT); for words in lenght { } }"), "");
}

#[test]
fn class_typo() {
    assert_eq!(
        errors("class Node { } def f() -> Nod { return Node(); }"),
        "1:27 there is no type `Nod`\nhelp: did you mean `Node`?\n"
    );
}

#[test]
fn attribute_typo() {
    assert_eq!(
        errors("class Node { name: str; } def f(n: Node) { print(n.nam); }"),
        "1:52 `Node` has no attribute `nam`\nhelp: did you mean `name`?\n"
    );
}

#[test]
fn method_typo() {
    assert_eq!(
        errors("class Node { def walk(self) { pass; } } def f(n: Node) { n.wlak(); }"),
        "1:60 `Node` has no attribute `wlak`\nhelp: did you mean `walk`?\n"
    );
}

#[test]
fn module_member() {
    assert_eq!(
        errors("import gc; def f() { gc.colect(); }"),
        "1:25 the module `gc` has no `colect`\nhelp: did you mean `collect`?\n"
    );
}

#[test]
fn module_not_imported() {
    assert_eq!(errors("def f() { gc.collect(); }"), "1:11 the module `gc` is not imported\nhelp: write `import gc;`\n");
}

#[test]
fn two_classes() {
    assert_eq!(errors("class A { } class A { }"), "1:19 there are two classes named `A`\n");
}

#[test]
fn two_functions() {
    assert_eq!(errors("def f() { pass; } def f() { pass; }"), "1:23 there are two functions named `f`\n");
}

#[test]
fn own_base() {
    assert_eq!(errors("class A(B) { } class B(A) { }"), "1:7 `A` is its own base\n");
}

#[test]
fn builtin_base() {
    assert_eq!(
        errors("class A(int) { }"),
        "1:7 `int` can't be a base: a base is a class of the same script, or an exception\n"
    );
}

#[test]
fn method_sees_script() {
    assert_eq!(
        errors("x = 1; class A { def f(self) -> int { return x; } }"),
        "1:46 a method can't use `x`, a name of the code around its class\nhelp: pass it to the constructor, or make it a class attribute\n"
    );
}

#[test]
fn missing_annotation() {
    assert_eq!(
        errors("def f(x) { pass; }"),
        "1:7 the parameter `x` needs a type\nhelp: write `x: int`, or another type\n"
    );
}

#[test]
fn two_types() {
    assert_eq!(
        errors(r#"def f() { x = 1; x = "a"; }"#),
        "1:18 `x` was bound to `int` first, and to `str` here\nhelp: a name has one type: choose another name here\n"
    );
}

#[test]
fn int_then_float() {
    assert_eq!(
        errors("def f() { x = 0; x += 0.5; }"),
        "1:20 `x` is an `int`, and this makes it a `float`\nhelp: bind it to a `float` first: `x = 0.0;`\n"
    );
}

#[test]
fn mixed_list() {
    assert_eq!(errors(r#"x = [1, "a"];"#), "1:9 this is `str` among items of type `int`\nhelp: items have one type\n");
}

#[test]
fn str_plus_int() {
    assert_eq!(
        errors(r#"x = "a" + 1;"#),
        "1:9 unsupported operand types for `+`: `str` and `int`\nhelp: write `str(…)` around the right side, or use `f \"…{value}…\"`\n"
    );
}

#[test]
fn tuple_index() {
    assert_eq!(
        errors("def f(t: tuple[int, str], i: int) { print(t[i]); }"),
        "1:45 a tuple is indexed by a number as written, because its items have different types\nhelp: make it a list, or unpack it: `a, b = pair;`\n"
    );
}

#[test]
fn tuple_out_of_range() {
    assert_eq!(errors("def f(t: tuple[int, str]) { print(t[2]); }"), "1:37 this tuple has 2 items\n");
}

#[test]
fn tuple_unpack() {
    assert_eq!(errors("def f(t: tuple[int, str]) { a, b, c = t; }"), "1:29 3 names for a tuple of 2\n");
}

#[test]
fn too_many() {
    assert_eq!(errors("def f(a: int) { pass; } f(1, 2);"), "1:30 this call takes 1 argument, and 2 are given\n");
}

#[test]
fn too_few() {
    assert_eq!(errors("def f(a: int, b: int) { pass; } f(1);"), "1:36 the argument `b` is missing\n");
}

#[test]
fn unknown_keyword() {
    assert_eq!(
        errors("def f(name: int) { pass; } f(nmae=1);"),
        "1:30 `f` has no parameter `nmae`\nhelp: did you mean `name`?\n"
    );
}

#[test]
fn given_twice() {
    assert_eq!(errors("def f(a: int) { pass; } f(1, a=2);"), "1:30 the argument `a` is given twice\n");
}

#[test]
fn keyword_before() {
    assert_eq!(
        errors("def f(a: int, b: int) { pass; } f(a=1, 2);"),
        "1:40 an argument by position can't follow a named one\n"
    );
}

#[test]
fn default_order() {
    assert_eq!(
        errors("def f(a: int = 1, b: int) { pass; }"),
        "1:19 `b` needs a default value, as a parameter before it has one\n"
    );
}

#[test]
fn duplicate_param() {
    assert_eq!(errors("def f(a: int, a: int) { pass; }"), "1:15 there are two parameters named `a`\n");
}

#[test]
fn lambda_untyped() {
    assert_eq!(
        errors("f = lambda x: x + 1;"),
        "1:12 the type of `x` is not known here\nhelp: annotate the name that takes the lambda: `f: Callable[[int], int] = lambda …;`\n"
    );
}

#[test]
fn list_arity() {
    assert_eq!(
        errors("def f(x: list) { pass; }"),
        "1:10 `list` needs one type in brackets\nhelp: write `list[int]`, or another type\n"
    );
}

#[test]
fn callable_shape() {
    assert_eq!(
        errors("def f(x: Callable[int]) { pass; }"),
        "1:10 a `Callable` lists its parameters and its result\nhelp: write `Callable[[int, str], bool]`\n"
    );
}

#[test]
fn no_operator() {
    assert_eq!(
        errors("class A { } def f(a: A, b: A) { print(a + b); }"),
        "1:41 `A` has no operator `+`\nhelp: give it `def __add__(self, other: A)`\n"
    );
}

#[test]
fn no_order() {
    assert_eq!(
        errors("class A { } def f(a: A, b: A) { print(a < b); }"),
        "1:41 `A` has no order: `<` needs `__lt__`\nhelp: give it `def __lt__(self, other: A) -> bool`\n"
    );
}

#[test]
fn no_index() {
    assert_eq!(
        errors("class A { } def f(a: A) { print(a[0]); }"),
        "1:33 `A` can't be indexed: it has no `__getitem__`\n"
    );
}

#[test]
fn not_callable() {
    assert_eq!(errors("class A { } def f(a: A) { a(); }"), "1:27 `A` can't be called\n");
}

#[test]
fn not_a_manager() {
    assert_eq!(
        errors("class A { } def f(a: A) { with a { pass; } }"),
        "1:32 `A` is no context manager: it has no `__enter__`\n1:32 `A` is no context manager: it has no `__exit__`\n"
    );
}

#[test]
fn isinstance_type() {
    assert_eq!(
        errors("def f(a: any) { print(isinstance(a, 3)); }"),
        "1:37 `isinstance` takes a class\nhelp: write `isinstance(x, ClassName)`\n"
    );
}

#[test]
fn class_attribute() {
    assert_eq!(
        errors("class A { x: int; } print(A.x);"),
        "1:29 `x` belongs to each object of `A`, not to the class\nhelp: for a class attribute, give it a value: `x: int = …;`\n"
    );
}

#[test]
fn assign_method() {
    assert_eq!(
        errors("class A { def f(self) { pass; } } def g(a: A) { a.f = 3; }"),
        "1:51 `f` is a method of `A`: it can't be replaced\n"
    );
}

#[test]
fn property_setter() {
    assert_eq!(
        errors("class A { @property def x(self) -> int { return 1; } } def f(a: A) { a.x = 2; }"),
        "1:72 the property `x` has no setter\nhelp: write `@x.setter def x(self, value: …) { … }` in `A`\n"
    );
}

#[test]
fn builtin_arguments() {
    assert_eq!(
        errors("len(); len([], []);"),
        "1:5 `len` takes 1 arguments, and 0 are given\n1:16 `len` takes 1 arguments, and 2 are given\n"
    );
}

#[test]
fn print_keyword() {
    assert_eq!(errors(r#"print("a", separator="b");"#), "1:12 `print` has no parameter `separator`\n");
}

#[test]
fn raise_nowhere() {
    assert_eq!(
        errors(r#"def f() { raise ValueError("x"); }"#),
        "1:11 nothing handles an exception that is raised here\nhelp: add `raises` to the function: `def f() raises -> …`\n"
    );
}

#[test]
fn call_raising() {
    assert_eq!(
        errors("def f() raises { pass; } def g() { f(); }"),
        "1:36 `f` can raise, and nothing handles it here\nhelp: add `raises` to the function: `def f() raises -> …`, or catch it: `try { … } except Exception as e { … }`\n"
    );
}

#[test]
fn call_raising_script() {
    assert_eq!(
        errors("def f() raises { pass; } f();"),
        "1:26 `f` can raise, and nothing handles it here\nhelp: put `raises;` at the head of the script, or catch it: `try { … } except Exception as e { … }`\n"
    );
}

#[test]
fn raise_text() {
    assert_eq!(
        errors(r#"def f() raises { raise "x"; }"#),
        "1:24 only exceptions can be raised, and this is `str`\nhelp: write `raise ValueError(\"…\");`\n"
    );
}

#[test]
fn bare_raise() {
    assert_eq!(
        errors("def f() raises { raise; }"),
        "1:18 `raise` without an exception stands in a handler only\nhelp: write `raise ValueError(\"…\");`\n"
    );
}

#[test]
fn unknown_exception() {
    assert_eq!(
        errors("try { pass; } except ValeError { pass; }"),
        "1:22 there is no exception `ValeError`\nhelp: did you mean `ValueError`?\n"
    );
}

#[test]
fn late_raises() {
    assert_eq!(
        errors("def f() -> int raises { return 1; }"),
        "1:16 `raises` stands before the result\nhelp: write `def f() raises -> int { … }`\n"
    );
}

#[test]
fn break_outside() {
    assert_eq!(errors("break;"), "1:1 `break` outside a loop\n");
}

#[test]
fn continue_outside() {
    assert_eq!(errors("def f() { continue; }"), "1:11 `continue` outside a loop\n");
}

#[test]
fn return_value_missing() {
    assert_eq!(
        errors("def f() -> int { return; }"),
        "1:18 `return` without a value in a function that returns `int`\n"
    );
}

#[test]
fn no_return() {
    assert_eq!(
        errors("def f(x: bool) -> int { if x { return 1; } }"),
        "1:5 `f` returns `int`, but its end can be reached without a value\nhelp: add `return …;`\n"
    );
}

#[test]
fn return_from_none() {
    assert_eq!(
        errors("def f() { return 1; }"),
        "1:18 this function returns nothing\nhelp: add the result to its head: `-> int`\n"
    );
}

#[test]
fn assert_tuple() {
    assert_eq!(
        errors(r#"assert (1, "x");"#),
        "1:8 a tuple is always true\nhelp: write `assert condition, message;` without parentheses\n"
    );
}

#[test]
fn comparison_unused() {
    assert_eq!(errors("x = 1; x == 2;"), "1:8 this comparison is not used\nhelp: to assign, write `=`\n");
}

#[test]
fn call_forgotten() {
    assert_eq!(errors("def f() { pass; } f;"), "1:19 the function is not called\nhelp: write `()` after its name\n");
}

#[test]
fn del_function() {
    assert_eq!(errors("def f() { pass; } del f;"), "1:23 `f` is a definition: `del` unbinds variables\n");
}

#[test]
fn yield_outside() {
    assert_eq!(
        errors("yield 1;"),
        "1:1 `yield` outside a function\nhelp: put it into a function: `def items() -> Iterator[int] { yield 1; }`\n"
    );
}

#[test]
fn yield_result() {
    assert_eq!(
        errors("def f() -> int { yield 1; }"),
        "1:12 a function that yields returns an iterator\nhelp: write `-> Iterator[int]`, or another type\n"
    );
}

#[test]
fn method_without_self() {
    assert_eq!(
        errors("class A { def f() { pass; } }"),
        "1:15 a method takes `self`\nhelp: write `def f(self)`, or put `@staticmethod` before it\n"
    );
}

#[test]
fn method_self_name() {
    assert_eq!(
        errors("class A { def f(x: int) { pass; } }"),
        "1:17 the first parameter of a method is `self`\nhelp: write `def f(self, …)`, or put `@staticmethod` before it\n"
    );
}

#[test]
fn super_without_base() {
    assert_eq!(
        errors("class A { def f(self) { super().f(); } }"),
        "1:33 `A` has no base class\nhelp: write `class A(Base) { … }`\n"
    );
}

#[test]
fn super_outside() {
    assert_eq!(errors("def f() { super().f(); }"), "1:19 `super()` stands in a method only\n");
}

#[test]
fn assign_call() {
    assert_eq!(errors("f() = 3;"), "1:1 the result of a call can't be assigned to\nhelp: to compare, write `==`\n");
}

#[test]
fn assign_constant() {
    assert_eq!(errors("None = 3;"), "1:1 a constant can't be assigned to\n");
}

#[test]
fn annotate_attribute() {
    assert_eq!(
        errors("class A { x: int; } def f(a: A) { a.x: int = 3; }"),
        "1:40 only plain names are annotated; fields are declared in their class\n"
    );
}

#[test]
fn comment_hash() {
    assert_eq!(errors("# a comment"), "1:3 comments are written with `//`\nhelp: `#` starts an attribute, `#[…]`\n");
}

/// A base class and one that overrides its method.
fn overriding(base: &str, derived: &str) -> String {
    errors(&format!("class A {{ {base} }}\nclass B(A) {{ {derived} }}"))
}

#[test]
fn an_overriding_method_takes_the_same_parameters() {
    assert_eq!(
        overriding("def f(self, x: int) { pass; }", "def f(self) { pass; }"),
        "2:18 `B.f` can't take the place of `A.f`: that takes `(x: int)`\nhelp: take the same parameters\n"
    );
    assert_eq!(
        overriding("def f(self, x: int) { pass; }", "def f(self, y: str) { pass; }"),
        "2:18 `B.f` can't take the place of `A.f`: there `x` is `int`, here `str`\nhelp: write `y: int`\n"
    );
}

#[test]
fn an_overriding_method_may_take_more_that_has_defaults() {
    assert_eq!(overriding("def f(self) { pass; }", "def f(self, x: int = 1) { pass; }"), "");
    assert_eq!(
        overriding("def f(self) { pass; }", "def f(self, x: int) { pass; }"),
        "2:18 `B.f` can't take the place of `A.f`: that takes no arguments\nhelp: give the parameters here default values\n"
    );
}

#[test]
fn an_overriding_method_returns_what_the_other_promises() {
    assert_eq!(overriding("def f(self) -> A { return A(); }", "def f(self) -> B { return B(); }"), "");
    assert_eq!(
        overriding("def f(self) -> int { return 1; }", "def f(self) -> str { return \"\"; }"),
        "2:18 `B.f` can't take the place of `A.f`: that returns `int`\nhelp: write `-> int`\n"
    );
    assert_eq!(
        overriding("def f(self) { pass; }", "def f(self) -> int { return 1; }"),
        "2:18 `B.f` can't take the place of `A.f`: that returns nothing\nhelp: leave the result out\n"
    );
}

#[test]
fn an_overriding_method_raises_only_if_the_other_may() {
    assert_eq!(overriding("def f(self) raises { pass; }", "def f(self) { pass; }"), "");
    assert_eq!(
        overriding("def f(self) { pass; }", "def f(self) raises { pass; }"),
        "2:18 `B.f` can't take the place of `A.f`: that can't raise\nhelp: add `raises` to it: `def f(…) raises`\n"
    );
}

#[test]
fn an_overriding_method_keeps_the_decorator() {
    assert_eq!(
        overriding("@staticmethod def f() { pass; }", "def f(self) { pass; }"),
        "2:18 `B.f` can't take the place of `A.f`: that is a static method\nhelp: write the same decorator here\n"
    );
}

#[test]
fn the_two_values_of_a_conditional_have_a_type_in_common() {
    assert_eq!(
        errors("x = 1 if y() else \"no\";"),
        "1:5 this is `int` or `str`, which have no type in common\nhelp: give both one type, or bind it to a name that is `any`\n"
    );
    assert_eq!(
        errors("def f(a: str, b: list[int]) -> bool { c = a and b; return True; }"),
        "1:43 this is `str` or `list[int]`, which have no type in common\nhelp: give both one type, or bind it to a name that is `any`\n"
    );
}

#[test]
fn in_a_condition_only_truth_counts() {
    assert_eq!(errors("def f(a: str, b: list[int]) { if a and b or not b { pass; } while a or b { break; } }"), "");
}

#[test]
fn the_name_of_a_handler_has_one_type() {
    assert_eq!(
        errors(
            "class C { x: int = 1; } def f() { e: C = C(); try { print(e.x); } except ValueError as e { print(e); } }"
        ),
        "1:88 `e` is a `C`, and an exception here\nhelp: a name has one type: choose another name here\n"
    );
}

#[test]
fn words_about_the_script_stand_at_its_head() {
    assert_eq!(
        errors("x = 1; main; print(x);"),
        "1:8 `main;` says something about the whole script\nhelp: write it at the head, before all statements\n"
    );
}

#[test]
fn a_field_that_is_declared_anew_keeps_its_type() {
    assert_eq!(
        errors("class A { x: int = 1; } class B(A) { x: str = \"a\"; }"),
        "1:38 `B.x` is `A.x`, of type `int`\nhelp: give it the same type, or another name\n"
    );
    assert_eq!(errors("class A { x: int = 1; } class B(A) { x: int = 2; }"), "");
}

#[test]
fn text_has_no_bytes_without_an_encoding() {
    assert_eq!(
        errors("b = bytes(\"a\");"),
        "1:11 a `str` has no bytes without an encoding\nhelp: write `bytes(text, \"utf-8\")`, or `text.encode()`\n"
    );
}

#[test]
fn a_parameter_keeps_its_type() {
    assert_eq!(
        errors("def f(a: int) { a = \"s\"; }"),
        "1:21 expected `int`, found `str`\nhelp: write `int(…)` around it\n"
    );
}

#[test]
fn keys_and_places_have_the_type_of_their_container() {
    assert_eq!(
        errors("def f(d: dict[str, int]) -> int { d[5] = 1; return d[6]; }"),
        "1:37 expected `str`, found `int`\nhelp: write `str(…)` around it\n1:54 expected `str`, found `int`\nhelp: write `str(…)` around it\n"
    );
    assert_eq!(
        errors("def f(xs: list[int]) -> int { return xs[\"a\"]; }"),
        "1:41 expected `int`, found `str`\nhelp: write `int(…)` around it\n"
    );
}

#[test]
fn the_items_of_a_tuple_have_the_types_that_are_due() {
    assert_eq!(
        errors("def f() -> tuple[int, str] { return (\"a\", 1); }"),
        "1:38 expected `int`, found `str`\nhelp: write `int(…)` around it\n1:43 expected `str`, found `int`\nhelp: write `str(…)` around it\n"
    );
}

#[test]
fn functions_take_what_they_are_given() {
    assert_eq!(
        errors("def g(a: int) -> str { return \"\"; } def f() -> Callable[[int], int] { return g; }"),
        "1:78 expected `Callable[[int], int]`, found `Callable[[int], str]`\n"
    );
}

#[test]
fn none_is_no_operand() {
    assert_eq!(errors("print(1 + None);"), "1:9 unsupported operand types for `+`: `int` and `None`\n");
}
