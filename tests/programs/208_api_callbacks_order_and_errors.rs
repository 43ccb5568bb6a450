//! Callbacks run in list order in both phases; a panic in one goes to the unraisable hook and the next still runs.

use super::python::*;
use refcycle::gc::callbacks::{self, Info, Phase};

golden!("208_api_callbacks_order_and_errors");

fn name(phase: Phase) -> &'static str {
    match phase {
        Phase::Start => "start",
        Phase::Stop => "stop",
    }
}

fn first(phase: Phase, _: &Info) {
    out!("first {}", name(phase));
}

fn failing(phase: Phase, _: &Info) {
    out!("failing {}", name(phase));
    raise("ValueError", format!("in callback at {}", name(phase)));
}

fn last(phase: Phase, _: &Info) {
    out!("last {}", name(phase));
}

fn main() {
    set_unraisable_hook(|kind, message| out!("unraisable {kind} {message}"));
    gc::collect();
    gc::disable();
    callbacks::append(first);
    let failing = callbacks::append(failing);
    callbacks::append(last);
    out!("collected {}", gc::collect());
    callbacks::remove(failing);
    out!("collected {}", gc::collect());
    callbacks::clear();
    out!("collected {}", gc::collect());
}
