use refcycle::managed;

use refcycle::Trace;

struct Foreign;

#[managed]
struct Cell<T: Trace> {
    value: T,
}

fn main() {
    let _cell = Cell::new(Foreign);
}
