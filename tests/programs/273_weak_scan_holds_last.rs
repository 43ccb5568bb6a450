//! A strong variable left over from a scan keeps its object alive.

use super::python::*;

golden!("273_weak_scan_holds_last");

#[managed]
struct T {
    name: &'static str,
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn main() {
    let items = List::of([T::new("a"), T::new("b"), T::new("c")]);
    let refs = items.map(Gc::downgrade);
    let mut got = None;
    for r in &refs {
        got = r.upgrade();
    }
    let states = || repr(&refs.iter().map(|r| r.upgrade().is_some()).collect::<Vec<_>>());
    out!("last got {}", got.as_ref().unwrap().name);
    items.clear();
    out!("after clear {}", states());
    drop(got);
    out!("after None {}", states());
}
