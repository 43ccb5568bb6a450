use refcycle::{Gc, managed};


#[managed(acyclic)]
struct A {
    b: Option<Gc<B>>,
}

#[managed]
struct B {
    #[managed(mut)]
    a: Option<Gc<A>>,
}

fn main() {}
