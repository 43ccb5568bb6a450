//! Variables follow the same rules everywhere: rebinding, `None` and `drop` act at once.

use super::python::*;

golden!("074_scope_top_level");

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

fn main() {
    let mut a = Some(T::new("a"));
    let b = Some(T::new("b"));
    drop(a.replace(T::new("a2")));
    out!("a rebound");
    let c = b.clone();
    drop(b);
    out!("b is None, c still holds {}", c.as_ref().unwrap().name);
    drop(a);
    out!("a deleted");
    let mut t = None;
    for i in 0..2 {
        t = Some(T::new(format!("loop{i}")));
    }
    out!("loop over");
    drop(t);
    let mut d = None;
    if c.is_some() {
        d = Some(T::new("block"));
    }
    out!("blocks are not scopes: {}", d.as_ref().unwrap().name);
    drop(d);
    drop(c);
    out!("end");
}
