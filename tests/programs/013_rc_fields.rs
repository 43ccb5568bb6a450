//! Storing in a field adds one; overwriting the field or destroying the owner removes it.

use super::python::*;

golden!("013_rc_fields");

#[managed]
struct Boxed {
    value: i64,
}

#[managed]
struct Holder {
    #[managed(mut)]
    left: Option<Gc<Boxed>>,
    #[managed(mut)]
    right: Option<Gc<Boxed>>,
}

fn main() {
    let a = Boxed::new(1);
    let base = gc::getrefcount(&a);
    let h = Holder::new(Some(a.clone()), None);
    out!("one field: {}", gc::getrefcount(&a) - base);
    h.set_right(Some(a.clone()));
    out!("two fields: {}", gc::getrefcount(&a) - base);
    h.set_left(None);
    out!("left cleared: {}", gc::getrefcount(&a) - base);
    h.set_right(Some(a.clone()));
    out!("same value stored again: {}", gc::getrefcount(&a) - base);
    let h2 = Holder::new(Some(a.clone()), Some(a.clone()));
    out!("second holder: {}", gc::getrefcount(&a) - base);
    drop(h2);
    out!("second holder gone: {}", gc::getrefcount(&a) - base);
    drop(h);
    out!("first holder gone: {}", gc::getrefcount(&a) - base);
}
