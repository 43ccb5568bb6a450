//! Insert, sort, reverse, swap and rotate move elements without destroying any.

use super::python::*;

golden!("076_scope_list_rearranging");

thread_local! {
    static DEAD: Cell<usize> = const { Cell::new(0) };
}

#[managed]
struct T {
    n: i64,
}

#[managed]
impl T {
    fn __del__(&self) {
        DEAD.set(DEAD.get() + 1);
        out!("del {}", self.n);
    }
}

fn show(items: &List<Gc<T>>) -> String {
    repr(&items.map(|t| t.n))
}

fn program() {
    let mut items = List::of([T::new(3), T::new(1), T::new(2)]);
    items.items_mut().insert(1, T::new(5));
    out!("{}", show(&items));
    items.items_mut().sort_by_key(|t| t.n);
    out!("{}", show(&items));
    items.items_mut().reverse();
    out!("{}", show(&items));
    items.items_mut().swap(0, 3);
    out!("{}", show(&items));
    let first = items.pop_at(0);
    items.append(first);
    out!("{}", show(&items));
    let copy = items.copy();
    copy.items_mut().sort_by_key(|t| t.n);
    let is_same = Gc::ptr_eq(&copy.at(0), &items.at(items.len() - 1));
    out!("{} {}", show(&copy), repr(&is_same));
    let rotated = [&items.items()[1..], &items.items()[..1]].concat();
    items = List::of(rotated);
    out!("{} dead {}", show(&items), DEAD.get());
    items.items_mut().extend([T::new(7), T::new(6)]);
    let key = |t: &&Gc<T>| t.n;
    let (max, min) = (items.items().iter().max_by_key(key).unwrap().n, items.items().iter().min_by_key(key).unwrap().n);
    out!("max {max} min {min}");
    let kept: Vec<_> = items.items().iter().filter(|t| t.n != 7).cloned().collect();
    items = List::of(kept);
    out!("filtered, dead {}", DEAD.get());
    copy.clear();
    out!("copy cleared, dead {}", DEAD.get());
    drop(items);
}

fn main() {
    program();
    out!("end");
}
