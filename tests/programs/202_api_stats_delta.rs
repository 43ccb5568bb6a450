//! `get_stats` counts collections, collected and uncollectable per generation.

use super::python::*;

golden!("202_api_stats_delta");

#[managed(new = from_fields)]
struct Loop {
    #[managed(mut)]
    me: Option<Gc<Loop>>,
}

impl Loop {
    fn new() -> Gc<Self> {
        let this = Loop::from_fields(None);
        this.set_me(Some(this.clone()));
        this
    }
}

fn snapshot() -> Vec<usize> {
    gc::get_stats().iter().flat_map(|s| [s.collections, s.collected, s.uncollectable]).collect()
}

fn delta(a: &[usize], b: &[usize]) -> String {
    repr(&a.iter().zip(b).map(|(a, b)| b - a).collect::<Vec<_>>())
}

fn main() {
    gc::collect();
    gc::disable();
    let before = snapshot();
    for _ in 0..3 {
        Loop::new();
    }
    gc::collect_generation(0);
    let after = snapshot();
    out!("collect(0): {}", delta(&before, &after));

    let before = snapshot();
    let keep = Loop::new();
    gc::collect_generation(0);
    drop(keep);
    Loop::new();
    gc::collect_generation(1);
    let after = snapshot();
    out!("collect(0), collect(1): {}", delta(&before, &after));

    let before = snapshot();
    for _ in 0..7 {
        Loop::new();
    }
    gc::collect();
    gc::collect();
    let after = snapshot();
    out!("collect() twice: {}", delta(&before, &after));
}
