use refcycle::{Gc, managed};


struct Road {
    to: Gc<City>,
}

#[managed]
struct City {
    #[managed(mut)]
    roads: Vec<Road>,
}

fn main() {}
