use super::check;

const RIGHT: &str = "help: write `fn __del__(&self) { … }` or `fn __del__(this: &Gc<Self>) { … }`";

#[test]
fn right_ones_are_silent() {
    check("#[managed] impl A { fn __del__(&self) {} }", &[]);
    check(
        "#[managed] impl<T> A<T> { fn __del__(this: &Gc<Self>) -> () {} fn f(this: &Gc<A<T>>, n: u8) {} fn g() {} }",
        &[],
    );
    check("#[managed] impl B for A { const N: u8 = 1; fn f(this: &refcycle::Gc<A>) {} }", &[]);
}

#[test]
fn a_finaliser_has_one_shape() {
    let shared = format!("`__del__` gets its object shared: it may be resurrected\n{RIGHT}");
    check("#[managed] impl A { fn __del__(&mut self) {} }", &[&format!("1:32..41: {shared}")]);
    check("#[managed] impl A { fn __del__(self) {} }", &[&format!("1:32..36: {shared}")]);
    check("#[managed] impl A { fn __del__(this: Gc<Self>) {} }", &[&format!("1:32..46: {shared}")]);
    check("#[managed] impl A { fn __del__(this: &Gc<B>) {} }", &[&format!("1:32..44: {shared}")]);
    check("#[managed] impl A { fn __del__() {} }", &[&format!("1:24..31: `__del__` takes its object\n{RIGHT}")]);
    check(
        "#[managed] impl A { async fn __del__<T>(&self, n: u8) -> u8 { 1 } }",
        &[
            "1:21..26: `__del__` cannot be `async`\nhelp: remove `async`",
            &format!("1:55..60: `__del__` returns nothing: nobody is there to take it\n{RIGHT}"),
            &format!("1:37..40: `__del__` cannot have parameters of its own\n{RIGHT}"),
            &format!("1:48..53: `__del__` takes nothing but its object\n{RIGHT}"),
        ],
    );
}

#[test]
fn a_finaliser_has_one_place() {
    check(
        "#[managed] impl A {
            fn __del__(&self) {}
            fn __del__(this: &Gc<Self>) {}
        }",
        &["3:16..23: `__del__` is written twice\nhelp: write one that does both"],
    );
    check(
        "#[managed] impl B for A { fn __del__(&self) {} }",
        &["1:30..37: `__del__` belongs to the type, not to a trait\nhelp: move it to `#[managed] impl Type { … }`"],
    );
    check(
        "#[managed] impl Drop for A { fn drop(&mut self) {} }",
        &["1:17..21: a managed type cannot implement `Drop`, which could see its fields after they died in a cycle\n\
           help: write `#[managed] impl` with `fn __del__(&self)`: it runs before anything is torn down"],
    );
}

#[test]
fn a_finaliser_is_that_of_all() {
    check("#[managed] impl<T: Trace, const N: usize> A<T, N> { fn __del__(&self) {} }", &[]);
    check(
        "#[managed] impl<T> A<T, i32> { fn __del__(&self) {} }",
        &["1:25..28: a `__del__` is that of every `A`, whatever its parameters are\n\
           help: write it in `impl<T> A<T>`, with the bounds of the type"],
    );
}

#[test]
fn misspelt_finalisers() {
    for name in ["__delete__", "__del", "__drop__", "__finalize__"] {
        let end = 24 + name.len();
        check(
            &format!("#[managed] impl A {{ fn {name}(&self) {{}} }}"),
            &[&format!("1:24..{end}: `{name}` would never be called\nhelp: a finaliser is called `__del__`")],
        );
    }
}

#[test]
fn pointers_taken_by_another_way() {
    check(
        "#[managed] impl A { fn f(self: &Gc<Self>) {} }",
        &["1:26..41: Rust has no `self` of this type\nhelp: write `fn f(this: &Gc<Self>, …)`"],
    );
    check(
        "#[managed] impl A { fn f(this: Gc<Self>) {} }",
        &["1:26..40: a method's own pointer is borrowed\nhelp: write `fn f(this: &Gc<Self>, …)`"],
    );
}
