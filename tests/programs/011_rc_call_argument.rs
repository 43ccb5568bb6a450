//! Inside a call the parameter is one more reference; it goes away at return.

use super::python::*;

golden!("011_rc_call_argument");

#[managed]
struct Boxed {
    value: i64,
}

fn probe(p: Gc<Boxed>) -> usize {
    gc::getrefcount(&p)
}

fn probe_twice(p: Gc<Boxed>, _q: Gc<Boxed>) -> usize {
    gc::getrefcount(&p)
}

fn nested(p: Gc<Boxed>) -> usize {
    probe(p.clone())
}

fn main() {
    let a = Boxed::new(1);
    out!("caller only: {}", gc::getrefcount(&a));
    out!("in callee: {}", probe(a.clone()));
    out!("passed twice: {}", probe_twice(a.clone(), a.clone()));
    out!("two frames deep: {}", nested(a.clone()));
    out!("caller only: {}", gc::getrefcount(&a));
    out!("temporary in callee: {}", probe(Boxed::new(2)));
    // In Python the temporary is the argument itself, so nothing else counts.
    out!("temporary: {}", Gc::strong_count(&Boxed::new(3)));
}
