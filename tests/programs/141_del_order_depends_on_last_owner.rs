//! Which path drops the last reference decides when a shared object dies.

use super::python::*;

golden!("141_del_order_depends_on_last_owner");

#[managed(new = from_fields)]
struct T {
    name: &'static str,
    uses: Gc<List<Gc<T>>>,
}

impl T {
    fn new<const N: usize>(name: &'static str, uses: [Gc<T>; N]) -> Gc<Self> {
        T::from_fields(name, List::of(uses))
    }
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn program() {
    let base = T::new("base", []);
    let left = T::new("left", [base.clone()]);
    let right = T::new("right", [base.clone()]);
    let top = T::new("top", [left.clone(), right.clone()]);
    drop((base, left, right));
    out!("drop top");
    drop(top);
    out!("--");
    let base = T::new("base2", []);
    let left = T::new("left2", [base.clone()]);
    let top = T::new("top2", [base.clone(), left.clone()]);
    drop(base);
    drop(left);
    out!("drop top2");
    drop(top);
    out!("--");
    let base = T::new("base3", []);
    let last = T::new("last3", [base.clone(), base.clone()]);
    let top = T::new("top3", [T::new("mid3", [base.clone()]), base.clone(), last]);
    drop(top);
    out!("base3 still named");
    drop(base);
}

fn main() {
    program();
    out!("end");
}
