//! `gc::collect` from a gc callback is refused while a collection is running.

use super::python::*;
use refcycle::gc::callbacks::{self, Phase};

golden!("218_api_collect_inside_callback");

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

fn main() {
    gc::collect();
    gc::disable();
    let watch = callbacks::append(|phase, _| {
        let phase = if phase == Phase::Start { "start" } else { "stop" };
        out!("{phase} inner collect returns {}", gc::collect());
    });
    Loop::new();
    Loop::new();
    out!("outer collect returns {}", gc::collect());
    callbacks::remove(watch);
}
