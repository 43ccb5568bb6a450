//! The returned object outlives the frame; other locals die before the caller continues.

use super::python::*;

golden!("043_scope_return_value_survives");

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

fn pick(keep_first: bool) -> Gc<T> {
    let first = T::new("first");
    let second = T::new("second");
    out!("returning");
    if keep_first {
        return first;
    }
    second
}

fn main() {
    let mut x = pick(true);
    out!("got {}", x.name);
    x = pick(false);
    out!("got {}", x.name);
    pick(true);
    out!("discarded");
}
