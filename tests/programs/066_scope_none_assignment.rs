//! Assigning `None` releases at once, in program order, whatever the creation order.

use super::python::*;

golden!("066_scope_none_assignment");

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

fn program() {
    let mut a = Some(T::new("a"));
    let mut b = Some(T::new("b"));
    let mut c = Some(T::new("c"));
    b.take();
    out!("b is None: {}", repr(&b.is_none()));
    c.take();
    a.take();
    out!("all None");
    b = Some(T::new("b2"));
    b = b.clone();
    out!("self assignment keeps {}", b.as_ref().unwrap().name);
}

fn main() {
    program();
    out!("end");
}
