//! A list of weak references pruned by hand.

use super::python::*;

golden!("272_weak_list_scan");

#[managed]
struct T {
    n: i64,
}

fn alive(refs: &[Weak<T>]) -> String {
    let mut out = Vec::new();
    for r in refs {
        if let Some(t) = r.upgrade() {
            out.push(t.n);
        }
    }
    repr(&out)
}

fn main() {
    let items = List::of((0..6).map(T::new));
    let mut refs: Vec<Weak<T>> = items.map(Gc::downgrade);
    out!("{}", alive(&refs));
    items.replace(1..3, []);
    out!("{}", alive(&refs));
    items.pop();
    out!("{}", alive(&refs));
    refs.retain(|r| r.upgrade().is_some());
    out!("{}", refs.len());
    items.clear();
    out!("{} {}", alive(&refs), refs.len());
}
