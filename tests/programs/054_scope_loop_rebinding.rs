//! In a loop body each rebinding destroys the previous iteration's object after the new one exists.

use super::python::*;

golden!("054_scope_loop_rebinding");

#[managed(new = from_fields)]
struct T {
    name: String,
}

impl T {
    fn new(name: String) -> Gc<Self> {
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

fn for_loop() {
    // Python's blocks are no scopes: the variable lives outside.
    let mut t: Option<Gc<T>> = None;
    for i in 0..3 {
        t = Some(T::new(format!("t{i}")));
        out!("body {}", t.as_ref().unwrap().name);
    }
    out!("loop done {}", t.as_ref().unwrap().name);
}

fn while_loop() {
    let (mut a, mut b) = (None, None);
    let mut n = 0;
    while n < 2 {
        drop(a.replace(T::new(format!("a{n}"))));
        drop(b.replace(T::new(format!("b{n}"))));
        n += 1;
    }
    out!("while done");
    drop((a, b));
}

fn main() {
    for_loop();
    out!("--");
    while_loop();
    out!("end");
}
