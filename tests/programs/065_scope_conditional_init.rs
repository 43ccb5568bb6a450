//! A name bound on only one path is released at exit only if it was bound.

use super::python::*;

golden!("065_scope_conditional_init");

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

fn f(n: i64) -> &'static str {
    let (mut a, mut b) = (None, None);
    if n > 0 {
        a = Some(T::new("a"));
    }
    if n > 1 {
        out!("b bound {}", b.insert(T::new("b")).name);
    }
    if n > 2 {
        drop((a, b));
        return "early";
    }
    let c = T::new("c");
    drop((a, b, c));
    "late"
}

fn main() {
    for n in 0..4 {
        out!("call {n}");
        out!("{}", f(n));
    }
    out!("end");
}
