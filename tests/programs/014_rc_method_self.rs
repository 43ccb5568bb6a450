//! A method body sees the caller's reference plus its own `this`.

use super::python::*;

golden!("014_rc_method_self");

#[managed]
struct Boxed {
    value: i64,
}

/// Python passes `self` as a counted reference, so these take it by value.
impl Boxed {
    fn count(this: Gc<Self>) -> usize {
        gc::getrefcount(&this)
    }

    fn count_via(this: Gc<Self>) -> usize {
        Boxed::count(this.clone())
    }

    fn me(this: Gc<Self>) -> Gc<Self> {
        this
    }
}

fn main() {
    let a = Boxed::new(1);
    out!("method: {}", Boxed::count(a.clone()));
    out!("method calling method: {}", Boxed::count_via(a.clone()));
    out!("temporary: {}", Boxed::count(Boxed::new(2)));
    let b = Boxed::me(a.clone());
    out!("returned self is the same object: {} {}", repr(&Gc::ptr_eq(&b, &a)), gc::getrefcount(&a));
    drop(Boxed::me(Boxed::me(Boxed::me(a.clone()))));
    out!("discarded results leave nothing: {}", gc::getrefcount(&a));
}
