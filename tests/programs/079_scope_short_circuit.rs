//! And, or and conditional expressions build only what they need and drop what they pass over.

use super::python::*;

golden!("079_scope_short_circuit");

#[managed(new = from_fields)]
struct T {
    name: String,
    truth: bool,
}

impl T {
    fn new(name: impl Into<String>, truth: bool) -> Gc<Self> {
        let name = name.into();
        out!("new {name}");
        T::from_fields(name, truth)
    }
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

/// `a or b` of objects.
fn or(a: Gc<T>, b: impl FnOnce() -> Gc<T>) -> Gc<T> {
    if a.truth {
        return a;
    }
    drop(a);
    b()
}

/// `a and b` of objects.
fn and(a: Gc<T>, b: impl FnOnce() -> Gc<T>) -> Gc<T> {
    if !a.truth {
        return a;
    }
    drop(a);
    b()
}

/// The truth of a temporary.
fn truth(t: Gc<T>) -> bool {
    t.truth
}

fn main() {
    let mut x = or(T::new("a", true), || T::new("b", true));
    out!("or gave {}", x.name);
    x = or(T::new("c", false), || T::new("d", true));
    out!("or gave {}", x.name);
    x = and(T::new("e", true), || T::new("f", false));
    out!("and gave {}", x.name);
    x = and(T::new("g", false), || T::new("h", true));
    out!("and gave {}", x.name);
    x = if truth(T::new("cond", false)) { T::new("i", true) } else { T::new("j", true) };
    out!("conditional gave {}", x.name);
    out!("not {}", repr(&!truth(T::new("k", true))));
    if truth(T::new("in if", true)) {
        out!("branch taken");
    }
    let mut n = 0;
    while truth(T::new(format!("in while {n}"), n < 1)) {
        out!("loop body");
        n += 1;
    }
    out!("end");
}
