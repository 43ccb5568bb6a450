use refcycle::{Gc, managed};

use refcycle::Trace;

trait Shape: Trace {}

#[managed(acyclic)]
struct Scene {
    shapes: Vec<Gc<dyn Shape>>,
}

fn main() {}
