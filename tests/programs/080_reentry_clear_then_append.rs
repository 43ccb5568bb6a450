//! A `__del__` that appends to the list being cleared: the list is already empty, the new items stay.

use super::python::*;

golden!("080_reentry_clear_then_append");

#[managed]
struct T {
    name: String,
    home: Gc<List<Gc<T>>>,
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {} home {}", self.name, repr(&self.home.map(|t| t.name.clone())));
        if !self.name.starts_with("ghost") {
            self.home.append(T::new(format!("ghost of {}", self.name), self.home.clone()));
        }
    }
}

fn program() {
    let home = List::new();
    for n in ["a", "b", "c"] {
        home.append(T::new(n.to_owned(), home.clone()));
    }
    out!("clear");
    home.clear();
    out!("left {}", repr(&home.map(|t| t.name.clone())));
    out!("clear again");
    home.clear();
    out!("left {}", home.len());
}

fn main() {
    program();
    out!("end");
}
