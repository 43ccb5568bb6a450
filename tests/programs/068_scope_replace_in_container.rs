//! `items[i] = new` releases the old element after the new one is stored.

use super::python::*;

golden!("068_scope_replace_in_container");

#[managed]
struct T {
    name: &'static str,
    home: Gc<List<Gc<T>>>,
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {} while home has {}", self.name, repr(&self.home.map(|t| t.name)));
    }
}

fn main() {
    let home = List::new();
    home.append(T::new("a", home.clone()));
    home.append(T::new("b", home.clone()));
    out!("replace 0");
    home.put(0, T::new("c", home.clone()));
    out!("replace 1");
    home.put(1, T::new("d", home.clone()));
    out!("remove last");
    home.pop();
    out!("clear");
    home.clear();
    out!("end {}", home.len());
}
