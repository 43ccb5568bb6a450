//! A method bound to an object keeps it alive: a closure that owns a reference.

use super::python::*;

golden!("015_rc_bound_method");

#[managed]
struct Boxed {
    name: &'static str,
}

impl Boxed {
    fn hello(&self) -> String {
        format!("hello {}", self.name)
    }
}

#[managed]
impl Boxed {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

/// `a.hello`, not called.
fn bound_hello(a: &Gc<Boxed>) -> impl Fn() -> String + use<> {
    let a = a.clone();
    move || a.hello()
}

fn main() {
    let a = Boxed::new("a");
    out!("{}", gc::getrefcount(&a));
    let m = bound_hello(&a);
    out!("{}", gc::getrefcount(&a));
    let n = bound_hello(&a);
    out!("{}", gc::getrefcount(&a));
    drop(n);
    out!("{}", gc::getrefcount(&a));
    drop(a);
    out!("still callable: {}", m());
    drop(m);
    out!("end");
}
