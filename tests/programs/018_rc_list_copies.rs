//! Repetition, slicing, concatenation and copying each add one reference per slot.

use super::python::*;

golden!("018_rc_list_copies");

#[managed]
struct Boxed {
    value: i64,
}

fn main() {
    let a = Boxed::new(1);
    let base = gc::getrefcount(&a);
    let rep = List::of(vec![a.clone(); 4]);
    out!("repeat: {}", gc::getrefcount(&a) - base);
    let part = List::of(rep.items()[1..3].to_vec());
    out!("slice: {}", gc::getrefcount(&a) - base);
    let both = List::of([rep.map(Gc::clone), part.map(Gc::clone)].concat());
    out!("concat: {}", gc::getrefcount(&a) - base);
    let twin = both.copy();
    out!("copy: {}", gc::getrefcount(&a) - base);
    let alias = twin.clone();
    out!("alias of list adds none: {} {}", gc::getrefcount(&a) - base, repr(&Gc::ptr_eq(&alias, &twin)));
    twin.items_mut().extend([a.clone(), a.clone()]);
    out!("extend: {}", gc::getrefcount(&a) - base);
    drop((rep, part, both));
    out!("three lists gone: {}", gc::getrefcount(&a) - base);
    drop(twin);
    out!("still aliased: {}", gc::getrefcount(&a) - base);
    drop(alias);
    out!("all gone: {}", gc::getrefcount(&a) - base);
}
