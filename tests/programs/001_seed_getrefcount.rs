//! The notebook's reference counts: 2, 3, 2.

use super::python::*;

golden!("001_seed_getrefcount");

fn main() {
    let a: Gc<List<i64>> = List::new();
    out!("{}", gc::getrefcount(&a));

    let b = a.clone();
    out!("{}", gc::getrefcount(&a));

    drop(b);
    out!("{}", gc::getrefcount(&a));
}
