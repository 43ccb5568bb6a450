//! Over a whole run the returns of `collect` add up to the number of objects lost in cycles.

use super::python::*;

golden!("221_api_sum_of_returns");

thread_local! {
    static DEAD: Cell<usize> = const { Cell::new(0) };
}

#[managed]
struct RingCell {
    #[managed(mut, default)]
    next: Option<Gc<RingCell>>,
}

#[managed]
impl RingCell {
    fn __del__(&self) {
        DEAD.set(DEAD.get() + 1);
    }
}

fn cells(n: usize) {
    let first = RingCell::new();
    let mut last = first.clone();
    for _ in 0..n - 1 {
        let c = RingCell::new();
        last.set_next(Some(c.clone()));
        last = c;
    }
    last.set_next(Some(first));
}

fn main() {
    gc::collect();
    gc::disable();
    let mut total = 0;
    for size in 1..11 {
        cells(size);
        if size % 3 == 0 {
            total += gc::collect_generation(0);
        }
    }
    total += gc::collect();
    out!("sum of returns {total} finalized {}", DEAD.get());
}
