use super::check;

#[test]
fn right_options_are_silent() {
    check("#[managed(crate = ::a::b, new = make, acyclic, this)] struct A { x: i32 }", &[]);
    check(
        "#[managed] struct A {
            #[managed(mut, default = HashMap::<u8, u8>::new())] a: HashMap<u8, u8>,
            #[managed(mut, copy, default)] b: Color,
            #[managed(mut)] #[managed(guard)] c: u8,
            #[managed(weak, mut)] d: Option<Gc<A>>,
            #[managed(untraced)] e: File,
            #[managed(untraced, mut)] f: File,
        }",
        &[],
    );
}

#[test]
fn unknown_options() {
    check("#[managed(acylic)] struct A;", &["1:11..17: there is no option `acylic`\nhelp: write `acyclic`"]);
    check(
        "#[managed(frozen)] struct A;",
        &[
            "1:11..17: there is no option `frozen`\nhelp: the options of a type are `acyclic`, `crate`, `new`, `this`, `tracked`",
        ],
    );
    check(
        "#[managed] struct A { #[managed(wek, mutable)] x: i32 }",
        &[
            "1:33..36: there is no option `wek`\nhelp: write `weak`",
            "1:38..45: there is no option `mutable`\nhelp: the options of a field are `mut`, `weak`, `untraced`, `default`, \
             `copy`, `guard`",
        ],
    );
    check("#[managed] impl A { fn f(&self) {} }", &[]);
}

#[test]
fn options_in_another_place() {
    check(
        "#[managed(weak)] struct A;",
        &["1:11..15: `weak` is not an option of a type, but of a field\nhelp: move `#[managed(weak)]` to a field"],
    );
    check(
        "#[managed] struct A { #[managed(acyclic)] x: i32 }",
        &[
            "1:33..40: `acyclic` is not an option of a field, but of the type\nhelp: move `#[managed(acyclic)]` to the type",
        ],
    );
    check(
        "#[managed(this)] impl A { fn f(&self) {} }",
        &["1:11..15: `this` is not an option of an `impl`, but of the type\nhelp: move `#[managed(this)]` to the type"],
    );
}

#[test]
fn repeated_options() {
    check("#[managed(this, this)] struct A;", &["1:17..21: `this` is given twice\nhelp: remove one of them"]);
    check(
        "#[managed] struct A { #[managed(mut)] #[managed(mut)] x: i32 }",
        &["1:49..52: `mut` is given twice\nhelp: remove one of them"],
    );
}

#[test]
fn empty_options() {
    let message = "this attribute has no options\n\
                   help: write `#[managed(mut)]`, `#[managed(weak)]` or `#[managed(untraced)]`, or remove it";
    check("#[managed] struct A { #[managed] x: i32 }", &[&format!("1:23..33: {message}")]);
    check("#[managed] struct A { #[managed()] x: i32 }", &[&format!("1:23..35: {message}")]);
    check("#[managed] struct A { #[managed = 1] x: i32 }", &[&format!("1:23..37: {message}")]);
}

#[test]
fn contradictory_options() {
    check(
        "#[managed] struct A { #[managed(mut, copy, guard)] x: i32 }",
        &["1:38..42: `x` cannot be read both by `copy` and by `guard`\nhelp: remove one of them"],
    );
    check(
        "#[managed] struct A { #[managed(copy)] x: i32 }",
        &["1:33..37: `copy` chooses the getter of a `mut` field, and `x` is immutable\n\
           help: write `#[managed(mut, copy)]`, or read the field as `.x`"],
    );
    check(
        "#[managed] struct A { #[managed(weak, guard)] x: Option<Gc<A>> }",
        &["1:39..44: a `weak` field has its own getter\nhelp: remove `guard`"],
    );
    check(
        "#[managed] struct A { #[managed(weak, untraced)] x: Option<Gc<A>> }",
        &["1:39..47: `x` is `weak`, so it is not traced anyway\nhelp: remove `untraced`"],
    );
}

#[test]
fn values_of_options() {
    check(
        "#[managed(acyclic = true)] struct A;",
        &["1:21..25: `acyclic` takes no value\nhelp: write `#[managed(acyclic)]`"],
    );
    check(
        "#[managed] struct A { #[managed(mut = 1)] x: i32 }",
        &["1:39..40: `mut` takes no value\nhelp: write `#[managed(mut)]`"],
    );
    check(
        "#[managed(crate)] struct A;",
        &["1:11..16: `crate` needs the path where refcycle is found\n\
           help: write `#[managed(crate = path::to::refcycle)]`"],
    );
    check(
        "#[managed(crate = \"a\")] struct A;",
        &["1:19..22: `crate` needs the path where refcycle is found\n\
           help: write `#[managed(crate = path::to::refcycle)]`"],
    );
    let new = "`new` needs a name for the constructor, or `false` for none\n\
               help: write `#[managed(new = from_fields)]` or `#[managed(new = false)]`";
    check("#[managed(new)] struct A;", &[&format!("1:11..14: {new}")]);
    check("#[managed(new = true)] struct A;", &[&format!("1:17..21: {new}")]);
    check("#[managed(new = a::b)] struct A;", &[&format!("1:17..21: {new}")]);
}

#[test]
fn text_that_is_no_list() {
    check("#[managed(1, this)] struct A;", &["1:11..12: expected the name of an option"]);
    check("#[managed(this acyclic, crate = a)] struct A;", &["1:16..23: expected `,` between two options"]);
    check(
        "#[managed] struct A { #[managed(default =, mut)] x: i32 }",
        &["1:33..40: expected a value after `default =`"],
    );
}

#[test]
fn enums_have_no_use_for_some() {
    check(
        "#[managed(this)] enum A { B }",
        &["1:11..15: an enum has no room for its own pointer\n\
           help: write such methods as `fn name(this: &Gc<Self>)` in a plain `impl` and call `Type::name(&gc)`, or wrap \
           the enum in a struct"],
    );
    let new = "enums get no constructor\nhelp: remove `new`, and write `Gc::new(Type::Variant(…))`";
    check("#[managed(new = make)] enum A { B }", &[&format!("1:17..21: {new}")]);
    check("#[managed(new = false)] enum A { B }", &[&format!("1:17..22: {new}")]);
    check(
        "#[managed] enum A { B(#[managed(mut)] i32), C { #[managed(weak)] c: Option<Gc<A>>, #[managed(default)] d: u8 } }",
        &[
            "1:33..36: `mut` does nothing in an enum, which gets no accessors\n\
             help: use a `Cell` or a `RefCell`, or move the fields into a managed struct",
            "1:59..63: `weak` does nothing in an enum, which gets no accessors\nhelp: declare the field as `Weak<…>`",
            "1:94..101: `default` does nothing in an enum, which gets no accessors\nhelp: remove it",
        ],
    );
}
