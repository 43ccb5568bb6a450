use refcycle::{Gc, managed};


#[managed]
struct A;

#[managed]
impl A {
    fn __del__(&mut self) {}
}

#[managed]
struct B;

#[managed]
impl B {
    fn __del__(this: Gc<Self>, reason: u8) -> bool {
        true
    }
}

#[managed]
struct C;

#[managed]
impl C {
    async fn __del__() {}
}

fn main() {}
