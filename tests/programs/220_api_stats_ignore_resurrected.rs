//! Resurrected objects count neither in the return value nor in the stats.

use super::python::*;
use std::cell::RefCell;

golden!("220_api_stats_ignore_resurrected");

thread_local! {
    static SAVED: RefCell<Vec<Gc<Phoenix>>> = const { RefCell::new(Vec::new()) };
}

#[managed(new = from_fields)]
struct Phoenix {
    #[managed(mut)]
    me: Option<Gc<Phoenix>>,
}

impl Phoenix {
    fn new() -> Gc<Self> {
        let this = Phoenix::from_fields(None);
        this.set_me(Some(this.clone()));
        this
    }
}

#[managed]
impl Phoenix {
    fn __del__(this: &Gc<Self>) {
        SAVED.with_borrow_mut(|saved| saved.push(this.clone()));
    }
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

fn collected() -> usize {
    gc::get_stats()[2].collected
}

fn report(base: usize) {
    let found = gc::collect();
    out!("return {found} stats {} saved {}", collected() - base, SAVED.with_borrow(Vec::len));
}

fn main() {
    gc::collect();
    gc::disable();
    let base = collected();
    for _ in 0..4 {
        Loop::new();
        Phoenix::new();
    }
    report(base);
    drop(SAVED.take());
    let base = collected();
    report(base);
}
