//! Objects made in a comprehension live in its result only.

use super::python::*;
use std::collections::BTreeMap;

golden!("064_scope_comprehension");

#[managed(new = from_fields)]
struct T {
    name: String,
    n: i64,
}

impl T {
    fn new(n: i64) -> Gc<Self> {
        T::from_fields(format!("t{n}"), n)
    }
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn program() {
    let kept = List::of((0..3).map(T::new));
    out!("kept {}", kept.len());
    let values: Vec<i64> = (3..5).map(|i| T::new(i).n * 10).collect();
    out!("values {}", repr(&values));
    let all = List::of([T::new(5), T::new(6), T::new(7), T::new(8)]);
    let even = List::of(List::each(&all).filter(|t| t.n % 2 == 0));
    drop(all);
    out!("even {}", repr(&even.map(|t| t.name.clone())));
    let mut table: BTreeMap<String, Gc<T>> = List::each(&kept).map(|t| (t.name.clone(), t)).collect();
    kept.clear();
    out!("table keeps {}", repr(&table.keys().collect::<Vec<_>>()));
    table.remove("t1");
    let total: i64 = even.map(|t| t.n).into_iter().sum();
    out!("total {total}");
    drop((even, table));
}

fn main() {
    program();
    out!("end");
}
