//! Weak references do not count.

use super::python::*;

golden!("020_rc_weakref_free");

#[managed]
struct Boxed {
    name: &'static str,
}

fn main() {
    let a = Boxed::new("a");
    out!("{} {}", gc::getrefcount(&a), Gc::weak_count(&a));
    let r = Gc::downgrade(&a);
    out!("{} {}", gc::getrefcount(&a), Gc::weak_count(&a));
    let strong = r.upgrade();
    let is_same = strong.as_ref().is_some_and(|strong| Gc::ptr_eq(strong, &a));
    out!("called: {} {}", repr(&is_same), gc::getrefcount(&a));
    drop(strong);
    out!("dropped: {}", gc::getrefcount(&a));
    drop(a);
    out!("dead: {}", repr(&r.upgrade().is_none()));
}
