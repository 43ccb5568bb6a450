//! The catalogue of errors: a script, and what it is told.

use super::errors;

#[test]
fn else_if() {
    assert_eq!(errors("if x() { pass; } else if y() { pass; }"), "@@");
}

#[test]
fn null() {
    assert_eq!(errors("x = null;"), "@@");
}

#[test]
fn true_false() {
    assert_eq!(errors("x = true; y = false;"), "@@");
}

#[test]
fn and_or_not() {
    assert_eq!(errors("def f(a: bool, b: bool) -> bool { return a && b || !a; }"), "@@");
}

#[test]
fn function_word() {
    assert_eq!(errors("fn f() { pass; }"), "@@");
}

#[test]
fn let_word() {
    assert_eq!(errors("let x = 1; let mut y = 2;"), "@@");
}

#[test]
fn missing_semicolon() {
    assert_eq!(errors("x = 1 y = 2;"), "@@");
}

#[test]
fn missing_semicolon_at_end() {
    assert_eq!(errors("def f() -> int { return 1 }"), "@@");
}

#[test]
fn floor_division() {
    assert_eq!(
        errors(
            r#"def f(a: int, b: int) -> int { return a // b; 
 }"#
        ),
        "@@"
    );
}

#[test]
fn colon_block() {
    assert_eq!(errors("def f(): pass"), "@@");
}

#[test]
fn increment() {
    assert_eq!(errors("x = 1; x++; "), "@@");
}

#[test]
fn triple_equal() {
    assert_eq!(errors("x = 1; if x === 1 { pass; }"), "@@");
}

#[test]
fn ternary() {
    assert_eq!(errors("x = 1; y = x ? 2 : 3;"), "@@");
}

#[test]
fn throw() {
    assert_eq!(errors(r#"def f() raises { throw ValueError("x"); }"#), "@@");
}

#[test]
fn catch() {
    assert_eq!(errors("try { pass; } catch ValueError { pass; }"), "@@");
}

#[test]
fn new() {
    assert_eq!(errors("class A { } a = new A();"), "@@");
}

#[test]
fn this() {
    assert_eq!(errors("class A { x: int; def f(self) -> int { return this.x; } }"), "@@");
}

#[test]
fn arrow_lambda() {
    assert_eq!(errors("f = x => x;"), "@@");
}

#[test]
fn switch() {
    assert_eq!(errors("switch x() { }"), "@@");
}

#[test]
fn do_while() {
    assert_eq!(errors("do { } while x();"), "@@");
}

#[test]
fn struct_word() {
    assert_eq!(errors("struct A { x: int; }"), "@@");
}

#[test]
fn question_mark() {
    assert_eq!(errors("x = f()?;"), "@@");
}

#[test]
fn rust_macro() {
    assert_eq!(errors(r#"println!("x");"#), "@@");
}

#[test]
fn print_statement() {
    assert_eq!(errors(r#"print "x";"#), "@@");
}

#[test]
fn global() {
    assert_eq!(errors("def f() { global x; }"), "@@");
}

#[test]
fn range() {
    assert_eq!(errors("for i in 0..3 { }"), "@@");
}

#[test]
fn type_names() {
    assert_eq!(errors("def f(a: i64, b: String, c: List[int], d: Optional[int], e: Any) { pass; }"), "@@");
}

#[test]
fn generic_angles() {
    assert_eq!(errors("def f<T>(x: T) { pass; }"), "@@");
}

#[test]
fn reference() {
    assert_eq!(errors("def f(x: &str) { pass; }"), "@@");
}

#[test]
fn star_params() {
    assert_eq!(errors("def f(*args: int) { pass; }"), "@@");
}

#[test]
fn star_args() {
    assert_eq!(errors("def f(xs: list[int]) { g(*xs); }"), "@@");
}

#[test]
fn number_suffix() {
    assert_eq!(errors("x = 1i32;"), "@@");
}

#[test]
fn big_number() {
    assert_eq!(errors("x = 99999999999999999999;"), "@@");
}

#[test]
fn tuple_dot() {
    assert_eq!(errors("t = (1, 2); x = t.0;"), "@@");
}

#[test]
fn union() {
    assert_eq!(errors("def f(x: int | str) { pass; }"), "@@");
}

#[test]
fn tuple_type() {
    assert_eq!(errors("def f(x: (int, str)) { pass; }"), "@@");
}

#[test]
fn import_star() {
    assert_eq!(errors("from weakref import *;"), "@@");
}

#[test]
fn unknown_module() {
    assert_eq!(errors("import os;"), "@@");
}

#[test]
fn format_unclosed() {
    assert_eq!(errors(r#"x = f "a {b";"#), "@@");
}

#[test]
fn format_single_brace() {
    assert_eq!(errors(r#"x = f "a } b";"#), "@@");
}

#[test]
fn format_empty() {
    assert_eq!(errors(r#"x = f "a {} b";"#), "@@");
}

#[test]
fn format_conversion() {
    assert_eq!(errors(r#"y = 1; x = f "{y!q}";"#), "@@");
}

#[test]
fn format_method() {
    assert_eq!(errors(r#"x = "{}".format(1);"#), "@@");
}

#[test]
fn percent() {
    assert_eq!(errors(r#"x = "%d" % 1;"#), "@@");
}

#[test]
fn assign_in_condition() {
    assert_eq!(errors("x = 1; if x = 2 { pass; }"), "@@");
}

#[test]
fn empty_function() {
    assert_eq!(errors("def f();"), "@@");
}

#[test]
fn class_colon() {
    assert_eq!(errors("class A: pass"), "@@");
}

#[test]
fn field_without_type() {
    assert_eq!(errors("class A { x = 3; }"), "@@");
}

#[test]
fn field_comma() {
    assert_eq!(errors("class A { x: int, y: int; }"), "@@");
}

#[test]
fn nested_class() {
    assert_eq!(errors("class A { class B { } }"), "@@");
}

#[test]
fn multiple_bases() {
    assert_eq!(errors("class A { } class B { } class C(A, B) { }"), "@@");
}

#[test]
fn decorator() {
    assert_eq!(errors("@cache def f() { pass; }"), "@@");
}

#[test]
fn else_alone() {
    assert_eq!(errors("else { pass; }"), "@@");
}

#[test]
fn except_alone() {
    assert_eq!(errors("except ValueError { pass; }"), "@@");
}

#[test]
fn try_alone() {
    assert_eq!(errors("try { pass; }"), "@@");
}

#[test]
fn except_order() {
    assert_eq!(errors("try { pass; } except { pass; } except ValueError { pass; }"), "@@");
}

#[test]
fn case_missing() {
    assert_eq!(errors("match 1 { 1 { } }"), "@@");
}

#[test]
fn unbound() {
    assert_eq!(errors("def f() { print(x); x = 1; }"), "@@");
}

#[test]
fn deleted() {
    assert_eq!(errors("def f() { x = 1; del x; print(x); }"), "@@");
}

#[test]
fn nonlocal_unknown() {
    assert_eq!(errors("def f() { nonlocal nothing; }"), "@@");
}

#[test]
fn builtin_typo() {
    assert_eq!(errors("def f() { pritn(1); }"), "@@");
}

#[test]
fn class_typo() {
    assert_eq!(errors("class Node { } def f() -> Nod { return Node(); }"), "@@");
}

#[test]
fn attribute_typo() {
    assert_eq!(errors("class Node { name: str; } def f(n: Node) { print(n.nam); }"), "@@");
}

#[test]
fn method_typo() {
    assert_eq!(errors("class Node { def walk(self) { pass; } } def f(n: Node) { n.wlak(); }"), "@@");
}

#[test]
fn module_member() {
    assert_eq!(errors("import gc; def f() { gc.colect(); }"), "@@");
}

#[test]
fn module_not_imported() {
    assert_eq!(errors("def f() { gc.collect(); }"), "@@");
}

#[test]
fn two_classes() {
    assert_eq!(errors("class A { } class A { }"), "@@");
}

#[test]
fn two_functions() {
    assert_eq!(errors("def f() { pass; } def f() { pass; }"), "@@");
}

#[test]
fn own_base() {
    assert_eq!(errors("class A(B) { } class B(A) { }"), "@@");
}

#[test]
fn builtin_base() {
    assert_eq!(errors("class A(int) { }"), "@@");
}

#[test]
fn method_sees_script() {
    assert_eq!(errors("x = 1; class A { def f(self) -> int { return x; } }"), "@@");
}

#[test]
fn missing_annotation() {
    assert_eq!(errors("def f(x) { pass; }"), "@@");
}

#[test]
fn two_types() {
    assert_eq!(errors(r#"def f() { x = 1; x = "a"; }"#), "@@");
}

#[test]
fn int_then_float() {
    assert_eq!(errors("def f() { x = 0; x += 0.5; }"), "@@");
}

#[test]
fn mixed_list() {
    assert_eq!(errors(r#"x = [1, "a"];"#), "@@");
}

#[test]
fn str_plus_int() {
    assert_eq!(errors(r#"x = "a" + 1;"#), "@@");
}

#[test]
fn tuple_index() {
    assert_eq!(errors("def f(t: tuple[int, str], i: int) { print(t[i]); }"), "@@");
}

#[test]
fn tuple_out_of_range() {
    assert_eq!(errors("def f(t: tuple[int, str]) { print(t[2]); }"), "@@");
}

#[test]
fn tuple_unpack() {
    assert_eq!(errors("def f(t: tuple[int, str]) { a, b, c = t; }"), "@@");
}

#[test]
fn too_many() {
    assert_eq!(errors("def f(a: int) { pass; } f(1, 2);"), "@@");
}

#[test]
fn too_few() {
    assert_eq!(errors("def f(a: int, b: int) { pass; } f(1);"), "@@");
}

#[test]
fn unknown_keyword() {
    assert_eq!(errors("def f(name: int) { pass; } f(nmae=1);"), "@@");
}

#[test]
fn given_twice() {
    assert_eq!(errors("def f(a: int) { pass; } f(1, a=2);"), "@@");
}

#[test]
fn keyword_before() {
    assert_eq!(errors("def f(a: int, b: int) { pass; } f(a=1, 2);"), "@@");
}

#[test]
fn default_order() {
    assert_eq!(errors("def f(a: int = 1, b: int) { pass; }"), "@@");
}

#[test]
fn mutable_default() {
    assert_eq!(errors("def f(a: list[int] = []) { pass; }"), "@@");
}

#[test]
fn duplicate_param() {
    assert_eq!(errors("def f(a: int, a: int) { pass; }"), "@@");
}

#[test]
fn lambda_untyped() {
    assert_eq!(errors("f = lambda x: x + 1;"), "@@");
}

#[test]
fn list_arity() {
    assert_eq!(errors("def f(x: list) { pass; }"), "@@");
}

#[test]
fn callable_shape() {
    assert_eq!(errors("def f(x: Callable[int]) { pass; }"), "@@");
}

#[test]
fn no_operator() {
    assert_eq!(errors("class A { } def f(a: A, b: A) { print(a + b); }"), "@@");
}

#[test]
fn no_order() {
    assert_eq!(errors("class A { } def f(a: A, b: A) { print(a < b); }"), "@@");
}

#[test]
fn no_index() {
    assert_eq!(errors("class A { } def f(a: A) { print(a[0]); }"), "@@");
}

#[test]
fn not_callable() {
    assert_eq!(errors("class A { } def f(a: A) { a(); }"), "@@");
}

#[test]
fn not_a_manager() {
    assert_eq!(errors("class A { } def f(a: A) { with a { pass; } }"), "@@");
}

#[test]
fn isinstance_type() {
    assert_eq!(errors("def f(a: any) { print(isinstance(a, 3)); }"), "@@");
}

#[test]
fn class_attribute() {
    assert_eq!(errors("class A { x: int; } print(A.x);"), "@@");
}

#[test]
fn assign_method() {
    assert_eq!(errors("class A { def f(self) { pass; } } def g(a: A) { a.f = 3; }"), "@@");
}

#[test]
fn property_setter() {
    assert_eq!(errors("class A { @property def x(self) -> int { return 1; } } def f(a: A) { a.x = 2; }"), "@@");
}

#[test]
fn builtin_arguments() {
    assert_eq!(errors("len(); len([], []);"), "@@");
}

#[test]
fn print_keyword() {
    assert_eq!(errors(r#"print("a", separator="b");"#), "@@");
}

#[test]
fn raise_nowhere() {
    assert_eq!(errors(r#"def f() { raise ValueError("x"); }"#), "@@");
}

#[test]
fn call_raising() {
    assert_eq!(errors("def f() raises { pass; } def g() { f(); }"), "@@");
}

#[test]
fn call_raising_script() {
    assert_eq!(errors("def f() raises { pass; } f();"), "@@");
}

#[test]
fn raise_text() {
    assert_eq!(errors(r#"def f() raises { raise "x"; }"#), "@@");
}

#[test]
fn bare_raise() {
    assert_eq!(errors("def f() raises { raise; }"), "@@");
}

#[test]
fn unknown_exception() {
    assert_eq!(errors("try { pass; } except ValeError { pass; }"), "@@");
}

#[test]
fn late_raises() {
    assert_eq!(errors("def f() -> int raises { return 1; }"), "@@");
}

#[test]
fn break_outside() {
    assert_eq!(errors("break;"), "@@");
}

#[test]
fn continue_outside() {
    assert_eq!(errors("def f() { continue; }"), "@@");
}

#[test]
fn return_value_missing() {
    assert_eq!(errors("def f() -> int { return; }"), "@@");
}

#[test]
fn no_return() {
    assert_eq!(errors("def f(x: bool) -> int { if x { return 1; } }"), "@@");
}

#[test]
fn return_from_none() {
    assert_eq!(errors("def f() { return 1; }"), "@@");
}

#[test]
fn assert_tuple() {
    assert_eq!(errors(r#"assert (1, "x");"#), "@@");
}

#[test]
fn comparison_unused() {
    assert_eq!(errors("x = 1; x == 2;"), "@@");
}

#[test]
fn call_forgotten() {
    assert_eq!(errors("def f() { pass; } f;"), "@@");
}

#[test]
fn del_function() {
    assert_eq!(errors("def f() { pass; } del f;"), "@@");
}

#[test]
fn yield_outside() {
    assert_eq!(errors("yield 1;"), "@@");
}

#[test]
fn yield_result() {
    assert_eq!(errors("def f() -> int { yield 1; }"), "@@");
}

#[test]
fn method_without_self() {
    assert_eq!(errors("class A { def f() { pass; } }"), "@@");
}

#[test]
fn method_self_name() {
    assert_eq!(errors("class A { def f(x: int) { pass; } }"), "@@");
}

#[test]
fn super_without_base() {
    assert_eq!(errors("class A { def f(self) { super().f(); } }"), "@@");
}

#[test]
fn super_outside() {
    assert_eq!(errors("def f() { super().f(); }"), "@@");
}

#[test]
fn assign_call() {
    assert_eq!(errors("f() = 3;"), "@@");
}

#[test]
fn assign_constant() {
    assert_eq!(errors("None = 3;"), "@@");
}

#[test]
fn annotate_attribute() {
    assert_eq!(errors("class A { x: int; } def f(a: A) { a.x: int = 3; }"), "@@");
}

#[test]
fn comment_hash() {
    assert_eq!(errors("# a comment"), "@@");
}
