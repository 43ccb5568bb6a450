//! A `__del__` that allocates enough to trigger automatic collections is safe.

use super::python::*;

golden!("091_reentry_del_allocates_many");

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

fn make_a_mess(name: &str) {
    for _ in 0..3000 {
        Loop::new();
    }
    out!("del {name}");
}

#[managed]
struct Messy {
    name: &'static str,
}

#[managed]
impl Messy {
    fn __del__(&self) {
        make_a_mess(self.name);
    }
}

#[managed(new = from_fields)]
struct MessyLoop {
    name: &'static str,
    #[managed(mut)]
    me: Option<Gc<MessyLoop>>,
}

impl MessyLoop {
    fn new(name: &'static str) -> Gc<Self> {
        let this = MessyLoop::from_fields(name, None);
        this.set_me(Some(this.clone()));
        this
    }
}

#[managed]
impl MessyLoop {
    fn __del__(&self) {
        make_a_mess(self.name);
    }
}

fn main() {
    gc::collect();
    gc::set_threshold(100, 5, 5);
    let m = Messy::new("acyclic");
    drop(m);
    out!("collected automatically inside __del__: {}", repr(&(DEAD.get() > 1000)));
    gc::collect();
    out!("all {}", DEAD.get());
    DEAD.set(0);
    MessyLoop::new("cyclic");
    gc::disable();
    gc::collect();
    gc::enable();
    gc::collect();
    out!("all {}", DEAD.get());
}
