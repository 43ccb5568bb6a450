//! Temporary references made inside `__del__` (list, dict, call argument) do not resurrect.

use super::python::*;
use std::collections::HashMap;

golden!("136_del_new_reference_inside_then_dropped");

thread_local! {
    static SEEN: Cell<usize> = const { Cell::new(0) };
}

#[managed]
struct T {
    name: &'static str,
}

impl T {
    fn look(this: &Gc<Self>, other: Gc<T>) -> bool {
        SEEN.set(SEEN.get() + 1);
        Gc::ptr_eq(this, &other)
    }
}

#[managed]
impl T {
    fn __del__(this: &Gc<Self>) {
        let alias = this.clone();
        let items = List::of([this.clone(), alias.clone()]);
        let table = HashMap::from([("me", this.clone())]);
        let is_same = Gc::ptr_eq(&table["me"], &alias);
        out!("del {} {} {} {}", this.name, items.len(), repr(&is_same), repr(&T::look(this, alias.clone())));
    }
}

fn main() {
    let t = T::new("t");
    drop(t);
    out!("end {}", SEEN.get());
}
