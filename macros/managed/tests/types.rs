use super::check;

#[test]
fn items_that_cannot_be_managed() {
    check(
        "#[managed] union A { a: u8 }",
        &["1:12..17: a union cannot be managed: nobody knows which of its fields to trace\nhelp: use an `enum`"],
    );
    check(
        "#[managed] trait A {}",
        &["1:12..17: `#[managed]` cannot stand on a trait\n\
           help: write `trait Name: refcycle::Trace`, and `#[managed] impl Name for Type`"],
    );
    check(
        "#[managed] fn a() {}",
        &["1:12..14: `#[managed]` cannot stand on a function\nhelp: put it on the `impl` block around the method"],
    );
    check(
        "#[managed] type A = B;",
        &["1:12..16: `#[managed]` cannot stand on a type alias\nhelp: put it on the `struct` or `enum` itself"],
    );
    check(
        "#[managed] mod a {}",
        &["1:12..15: `#[managed]` cannot stand on a module\nhelp: put it on each `struct`, `enum` and `impl` in it"],
    );
    check(
        "#[managed] const A: u8 = 1;",
        &["1:12..28: `#[managed]` stands on a `struct`, an `enum` or an `impl` block\nhelp: remove it here"],
    );
}

#[test]
fn lifetimes_of_the_type() {
    check(
        "#[managed] struct A<'a> { x: &'a str }",
        &[
            "1:21..23: a managed type cannot have the lifetime `'a`: its objects live as long as somebody refers to them, \
             so they may borrow from nothing\n\
             help: own the value (`String` for `&str`), share it in a `Gc`, or use `&'static`",
            "1:31..33: the field `x` borrows, but a managed object lives as long as somebody refers to it\n\
             help: own the value (`String` for `&str`), share it in a `Gc`, or use `&'static`",
        ],
    );
}

#[test]
fn derives_that_do_not_fit() {
    check(
        "#[managed] #[derive(Clone, Trace)] struct A;",
        &["1:28..33: `#[managed]` already traces\nhelp: remove `Trace` from the derives"],
    );
    check(
        "#[managed] #[derive(PartialEq, std::hash::Hash)] struct A<T> { a: Gc<T> }",
        &[
            "1:21..30: a derived `PartialEq` follows the pointers of `A`, and never ends on a cycle\n\
             help: write the `impl` by hand, compare pointers with `Gc::ptr_eq`, or declare `#[managed(acyclic)]`",
            "1:32..47: a derived `Hash` follows the pointers of `A`, and never ends on a cycle\n\
             help: write the `impl` by hand, compare pointers with `Gc::ptr_eq`, or declare `#[managed(acyclic)]`",
        ],
    );
    check(
        "#[managed] #[derive(Hash, Debug)] struct A { #[managed(mut)] n: u8 }",
        &["1:21..25: a derived `Hash` would change with the field `n`\n\
           help: write `impl Hash` by hand, over fields that stay as they are"],
    );
    check("#[managed(acyclic)] #[derive(PartialEq)] struct A<T> { a: Gc<T> }", &[]);
    check("#[managed] #[derive(PartialEq)] struct A<T> { a: T }", &[]);
}

#[test]
fn all_errors_of_an_item_come_at_once() {
    check(
        "#[managed(thiss)]
         struct A {
             #[managed(muut)]
             a: Rc<Gc<A>>,
             #[managed(weak)]
             b: Gc<A>,
             c: &str,
         }",
        &[
            "1:11..16: there is no option `thiss`\nhelp: write `this`",
            "3:24..28: there is no option `muut`\nhelp: write `mut`",
            "4:17..26: the field `a` holds a `Gc` inside an `Rc`, which may have other owners, so tracing cannot look into \
             it\n\
             help: use a `Gc` in place of the `Rc`",
            "6:17..22: the field `b` cannot be weak\n\
             help: declare it as `Option<Gc<A>>`: it is `None` once the object is gone",
            "7:17..18: the field `c` borrows, but a managed object lives as long as somebody refers to it\n\
             help: own the value (`String` for `&str`), share it in a `Gc`, or use `&'static`",
        ],
    );
}
