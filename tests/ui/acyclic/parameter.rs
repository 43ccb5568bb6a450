use refcycle::{Gc, managed};

use refcycle::Trace;

#[managed(acyclic)]
struct Pair<T: Trace> {
    left: T,
    right: Gc<T>,
}

fn main() {}
