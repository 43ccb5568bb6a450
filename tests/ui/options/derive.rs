use refcycle::{Gc, Trace};

#[derive(Trace)]
struct Road {
    #[managed(mut)]
    length: f64,
    #[managed(weak)]
    to: Option<Gc<String>>,
}

fn main() {}
