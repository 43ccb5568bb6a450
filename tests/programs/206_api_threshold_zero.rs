//! Threshold 0 stops automatic collection although the collector is enabled.

use super::python::*;

golden!("206_api_threshold_zero");

thread_local! {
    static DEAD: Cell<usize> = const { Cell::new(0) };
}

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

#[managed]
impl Loop {
    fn __del__(&self) {
        DEAD.set(DEAD.get() + 1);
    }
}

fn main() {
    gc::collect();
    gc::set_threshold(0, 10, 10);
    for _ in 0..5000 {
        Loop::new();
    }
    out!("enabled {} dead {}", repr(&gc::is_enabled()), DEAD.get());
    let collected = gc::collect();
    out!("collect {collected} dead {}", DEAD.get());
    gc::set_threshold(100, 10, 10);
    DEAD.set(0);
    for _ in 0..5000 {
        Loop::new();
    }
    out!("with threshold 100, most are dead: {}", repr(&(DEAD.get() > 4000)));
}
