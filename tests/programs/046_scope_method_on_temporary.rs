//! A temporary receiver stays alive until its method returns.

use super::python::*;

golden!("046_scope_method_on_temporary");

#[managed]
struct T {
    name: String,
}

/// In a chain of calls Python holds only the current link, so a method takes its object by value.
impl T {
    fn step(this: Gc<Self>) -> Gc<Self> {
        out!("step {}", this.name);
        this
    }

    fn next(this: Gc<Self>) -> Gc<Self> {
        out!("next {}", this.name);
        T::new(format!("{}'", this.name))
    }

    fn finish(&self) -> String {
        out!("finish {}", self.name);
        self.name.clone()
    }
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn t(name: &str) -> Gc<T> {
    T::new(name.to_owned())
}

fn main() {
    t("a").finish();
    out!("--");
    let s = T::step(T::step(t("b"))).finish();
    out!("got {s}");
    out!("--");
    let s = T::next(T::next(t("c"))).finish();
    out!("got {s}");
    out!("end");
}
