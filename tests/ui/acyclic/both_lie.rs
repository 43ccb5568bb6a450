use refcycle::{Gc, managed};


#[managed(acyclic)]
struct A {
    #[managed(mut)]
    b: Option<Gc<B>>,
}

#[managed(acyclic)]
struct B {
    a: Gc<A>,
}

fn main() {}
