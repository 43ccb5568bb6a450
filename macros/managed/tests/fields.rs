use super::check;

#[test]
fn borrowed_fields() {
    check(
        "#[managed] struct A { x: &'static str, f: fn(&str) -> &u8, g: Gc<dyn for<'a> Tr<'a>> }",
        &["1:81..83: the field `g` borrows, but a managed object lives as long as somebody refers to it\n\
         help: own the value (`String` for `&str`), share it in a `Gc`, or use `&'static`"],
    );
    check(
        "#[managed] struct A(Vec<&u8>);",
        &["1:25..26: the field `field_0` borrows, but a managed object lives as long as somebody refers to it\n\
           help: own the value (`String` for `&str`), share it in a `Gc`, or use `&'static`"],
    );
}

#[test]
fn pointers_that_tracing_cannot_see() {
    check(
        "#[managed] struct A { #[managed(untraced)] x: Vec<refcycle::Gc<A>> }",
        &["1:33..41: `untraced` on the field `x`, which holds a `Gc`: a cycle through it would never be found\n\
           help: remove `untraced`"],
    );
    check("#[managed] struct A { #[managed(untraced)] x: fn(Gc<A>) }", &[]);
    check(
        "#[managed] struct A { x: Option<std::sync::Arc<Mutex<Gc<A>>>> }",
        &[
            "1:44..61: the field `x` holds a `Gc` inside an `Arc`, which may have other owners, so tracing cannot look into \
           it\n\
           help: use a `Gc` in place of the `Arc`",
        ],
    );
}

#[test]
fn closures() {
    check(
        "#[managed] struct A { on_click: Vec<Box<dyn Fn(&A) -> bool>> }",
        &["1:45..59: the field `on_click` holds a closure, and nobody can see which `Gc` a closure captures\n\
           help: make it a managed type with a method and fields for what it captures; if it captures no `Gc`, write \
           `#[managed(untraced)]`; a plain `fn(…)` pointer needs nothing"],
    );
    check("#[managed] struct A { #[managed(untraced)] x: Box<dyn Fn()>, y: fn(Box<dyn Fn()>) }", &[]);
}

#[test]
fn types_that_cannot_be_weak() {
    check(
        "#[managed] struct A { #[managed(weak)] x: Gc<Vec<A>> }",
        &["1:43..53: the field `x` cannot be weak\n\
           help: declare it as `Option<Gc<Vec<A>>>`: it is `None` once the object is gone"],
    );
    check(
        "#[managed] struct A { #[managed(weak)] x: Weak<A> }",
        &["1:43..50: the field `x` cannot be weak\n\
           help: remove `weak` to keep the `Weak`, or declare it as `Option<Gc<…>>`"],
    );
    check(
        "#[managed] struct A { #[managed(weak)] x: HashSet<Gc<A>> }",
        &["1:43..57: the field `x` cannot be weak\nhelp: declare it as `Vec<Gc<…>>`"],
    );
    check(
        "#[managed] struct A { #[managed(weak)] x: Link }",
        &["1:43..47: the field `x` cannot be weak\n\
           help: `weak` is for `Option<Gc<T>>`, `Vec<Gc<T>>`, `VecDeque<Gc<T>>`, `HashMap<K, Gc<T>>` and \
           `BTreeMap<K, Gc<T>>`, spelled out in the field"],
    );
    check("#[managed] struct A { #[managed(weak)] x: HashMap<K, Gc<A>, S>, #[managed(weak)] y: Vec<Gc<dyn B>> }", &[]);
}

#[test]
fn names_that_clash() {
    check(
        "#[managed] struct A { #[managed(mut)] new: u8, __this: u8 }",
        &[
            "1:39..42: a managed type has its own `new`\nhelp: give the field another name",
            "1:48..54: a managed type has its own `__this`\nhelp: give the field another name",
        ],
    );
    check(
        "#[managed] struct A { build: u8, b: u8, c: u8, d: u8, e: u8 }",
        &["1:23..28: a managed type has its own `build`\nhelp: give the field another name"],
    );
    check("#[managed] struct A { build: u8, new: u8 }", &[]);
}
