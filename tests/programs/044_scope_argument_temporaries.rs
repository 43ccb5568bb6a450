//! Argument temporaries die when the callee returns, in parameter order, before the next statement.

use super::python::*;

golden!("044_scope_argument_temporaries");

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

fn take(a: Gc<T>, b: Gc<T>) -> String {
    out!("take {} {}", a.name, b.name);
    let result = format!("{}{}", a.name, b.name);
    drop((a, b));
    result
}

fn pass_on(a: Gc<T>) -> Gc<T> {
    out!("pass_on {}", a.name);
    a
}

fn wrap(a: Gc<T>) -> Gc<T> {
    out!("wrap {}", a.name);
    T::new(format!("w({})", a.name))
}

fn main() {
    out!("result {}", take(T::new("a"), T::new("b")));
    out!("--");
    take(wrap(T::new("x")), T::new("y"));
    out!("--");
    take(pass_on(T::new("m")), wrap(pass_on(T::new("n"))));
    out!("end");
}
