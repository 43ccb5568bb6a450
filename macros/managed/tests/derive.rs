use super::check;

#[test]
fn right_ones_are_silent() {
    check("#[derive(Trace)] struct A { a: Gc<B>, #[managed(untraced)] f: File }", &[]);
    check("#[derive(Trace)] #[trace(crate = a::b, acyclic)] enum A<T> { B(T), C }", &[]);
}

#[test]
fn a_derive_cannot_change_fields() {
    check(
        "#[derive(Trace)] struct A { #[managed(mut, copy)] a: u8, #[managed(weak)] b: Option<Gc<B>>, #[managed(default)] c: u8 }",
        &[
            "1:39..42: `mut` needs `#[managed]` on the type: a derive cannot change a field\n\
             help: use a `Cell` or a `RefCell`, or change the part through the guard of the field that holds it",
            "1:44..48: `copy` needs `#[managed]` on the type: a derive cannot change a field\n\
             help: remove it: a part has no getters",
            "1:68..72: `weak` needs `#[managed]` on the type: a derive cannot change a field\n\
             help: declare the field as `Weak<…>`",
            "1:103..110: `default` needs `#[managed]` on the type: a derive cannot change a field\n\
             help: remove it: a part has no constructor",
        ],
    );
}

#[test]
fn what_holds_for_managed_types_holds_for_parts() {
    check(
        "#[derive(Trace)] union A { a: u8 }",
        &["1:18..23: a union cannot be managed: nobody knows which of its fields to trace\nhelp: use an `enum`"],
    );
    check(
        "#[derive(Trace)] struct A<'a>(Gc<B>, PhantomData<&'a ()>);",
        &[
            "1:27..29: a managed type cannot have the lifetime `'a`: its objects live as long as somebody refers to them, \
             so they may borrow from nothing\n\
             help: own the value (`String` for `&str`), share it in a `Gc`, or use `&'static`",
            "1:51..53: the field `field_1` borrows, but a managed object lives as long as somebody refers to it\n\
             help: own the value (`String` for `&str`), share it in a `Gc`, or use `&'static`",
        ],
    );
    check(
        "#[derive(Trace)] #[trace(weak)] struct A;",
        &["1:26..30: `weak` is not an option of a derive, but of a field\nhelp: move `#[managed(weak)]` to a field"],
    );
    check("#[derive(Trace)] #[trace] struct A;", &["1:18..26: this attribute has no options\nhelp: remove it"]);
}
