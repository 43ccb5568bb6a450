//! Operators that drop the objects they work on: an operator holds its operands.

use super::python::*;

golden!("088_reentry_death_inside_comparison");

thread_local! {
    static ITEMS: Gc<List<Gc<T>>> = List::new();
}

fn items() -> Gc<List<Gc<T>>> {
    ITEMS.with(Gc::clone)
}

fn put<const N: usize>(numbers: [i64; N]) {
    items().items_mut().extend(numbers.map(T::new));
}

#[managed]
struct T {
    n: i64,
}

/// The operands are taken by value, as Python's evaluation holds them until the operator has returned.
impl T {
    fn eq(operands: (Gc<T>, Gc<T>)) -> bool {
        let (this, other) = &operands;
        out!("  compare {}", this.n);
        items().clear();
        out!("  cleared");
        other.n == this.n
    }

    fn add(operands: (Gc<T>, Gc<T>)) -> i64 {
        let (this, other) = &operands;
        items().clear();
        out!("  still adding {} {}", this.n, other.n);
        this.n + other.n
    }
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("  del {}", self.n);
    }
}

fn program() {
    put([1, 2]);
    out!("sum {}", T::add((items().at(0), items().at(1))));
    put([3, 4]);
    out!("equal {}", repr(&T::eq((items().at(0), items().at(1)))));
    put([5]);
    let probe = T::new(5);
    let found = List::each(&items()).any(|item| T::eq((item, probe.clone())));
    out!("found {}", repr(&found));
    out!("left {}", items().len());
}

fn main() {
    program();
    out!("end");
}
