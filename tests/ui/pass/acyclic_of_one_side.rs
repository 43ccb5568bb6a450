use refcycle::{Gc, managed};


#[managed(acyclic)]
struct A {
    b: Vec<Gc<B>>,
}

#[managed]
struct B {
    a: Option<Gc<A>>,
}

fn main() {}
