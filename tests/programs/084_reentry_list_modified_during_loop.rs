//! Removing from a list while looping over it: the loop goes by index, dropped items die at once.

use super::python::*;

golden!("084_reentry_list_modified_during_loop");

#[managed]
struct T {
    n: usize,
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("  del {}", self.n);
    }
}

fn build(n: usize) -> Gc<List<Gc<T>>> {
    List::of((0..n).map(T::new))
}

fn program() {
    let mut items = build(5);
    // The variable of a loop outlives it.
    let mut t = None;
    for next in List::each(&items) {
        let n = t.insert(next).n;
        out!("visit {n}");
        if n == 1 {
            items.pop_at(0);
            out!("popped the first");
        }
    }
    out!("left {}", repr(&items.map(|t| t.n)));
    items = build(4);
    out!("rebuilt");
    for next in List::each(&items) {
        drop(t.replace(next));
        out!("visit {}", t.as_ref().unwrap().n);
        items.clear();
        out!("cleared");
    }
    out!("left {}", items.len());
    items = build(2);
    for next in List::each(&items) {
        drop(t.replace(next));
        if items.len() < 4 {
            items.append(T::new(items.len()));
        }
        out!("visit {}", t.as_ref().unwrap().n);
    }
    out!("grown {}", repr(&items.map(|t| t.n)));
    drop((items, t));
}

fn main() {
    program();
    out!("end");
}
