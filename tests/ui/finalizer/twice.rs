use refcycle::{Gc, managed};


#[managed]
struct A;

#[managed]
impl A {
    fn __del__(&self) {}
    fn __del__(this: &Gc<Self>) {}
}

fn main() {}
