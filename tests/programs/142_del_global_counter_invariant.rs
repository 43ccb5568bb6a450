//! Live-object accounting through constructor and `__del__` balances over a mixed workload.

use super::python::*;

golden!("142_del_global_counter_invariant");

thread_local! {
    static MADE: Cell<usize> = const { Cell::new(0) };
    static DEAD: Cell<usize> = const { Cell::new(0) };
}

#[managed(new = from_fields)]
struct Item {
    value: usize,
    #[managed(mut)]
    link: Option<Gc<Item>>,
}

impl Item {
    fn new(value: usize) -> Gc<Self> {
        MADE.set(MADE.get() + 1);
        Item::from_fields(value, None)
    }
}

#[managed]
impl Item {
    fn __del__(&self) {
        DEAD.set(DEAD.get() + 1);
    }
}

fn churn(seed: usize, steps: usize) -> usize {
    let pool = List::new();
    let mut state = seed;
    for i in 0..steps {
        state = (state * 1103515245 + 12345) % 2147483648;
        let action = (state / 65536) % 4;
        if action < 2 || pool.is_empty() {
            pool.append(Item::new(i));
        } else if action == 2 {
            pool.pop_at((state / 7) % pool.len());
        } else {
            let a = pool.at((state / 11) % pool.len());
            let b = pool.at((state / 13) % pool.len());
            a.set_link(Some(b));
        }
    }
    pool.len()
}

fn main() {
    gc::collect();
    gc::disable();
    let left = churn(42, 400);
    out!("pool size at end {left}");
    out!("made {} dead before collect {}", MADE.get(), DEAD.get());
    out!("cycles found {}", repr(&(gc::collect() > 0)));
    out!("alive now {}", MADE.get() - DEAD.get());
}
