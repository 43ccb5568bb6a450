//! Unpacking rebinds left to right after the whole right-hand side exists; chained assignment shares one object.

use super::python::*;

golden!("057_scope_tuple_assignment");

#[managed(new = from_fields)]
struct T {
    name: String,
}

impl T {
    fn new(name: impl Into<String>) -> Gc<Self> {
        let name = name.into();
        out!("new {name}");
        T::from_fields(name)
    }
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn pair(n: i64) -> (Gc<T>, Gc<T>) {
    (T::new(format!("a{n}")), T::new(format!("b{n}")))
}

fn main() {
    let mut a = T::new("a1");
    let mut b = T::new("b1");
    (a, b) = pair(2);
    out!("pair rebound {} {}", a.name, b.name);
    (a, b) = pair(3);
    out!("pair rebound {} {}", a.name, b.name);
    let x = T::new("xy");
    let y = x.clone();
    out!("chained {}", repr(&Gc::ptr_eq(&x, &y)));
    drop(x);
    out!("one name left");
    drop(y);
    out!("none left");
    drop((a, b));
}
