//! Every name bound to an object adds one; `drop` of a name removes one.

use super::python::*;

golden!("010_rc_alias");

#[managed]
struct Boxed {
    value: i64,
}

fn main() {
    let a = Boxed::new(1);
    out!("one name: {}", gc::getrefcount(&a));
    let b = a.clone();
    let mut c = b.clone();
    out!("three names: {}", gc::getrefcount(&a));
    drop(b);
    out!("two names: {}", gc::getrefcount(&c));
    c = Boxed::new(2);
    out!("one name: {} other: {}", gc::getrefcount(&a), gc::getrefcount(&c));
}
