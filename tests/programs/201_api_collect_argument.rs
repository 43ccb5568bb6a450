//! `collect_generation` accepts generations 0, 1, 2 and refuses anything else.

use super::python::*;
use std::panic::catch_unwind;

golden!("201_api_collect_argument");

/// The message of the panic begins with that of CPython's exception, and goes on after a colon.
fn attempt(generation: i64) -> String {
    match catch_unwind(|| gc::collect_generation(generation as usize)) {
        Ok(_) => "ok".to_owned(),
        Err(panic) => {
            let message = panic.downcast::<String>().expect("a text");
            format!("ValueError: {}", message.split(':').next().unwrap())
        }
    }
}

fn main() {
    gc::collect();
    for g in [0, 1, 2, 3, -1, 100] {
        out!("{g} {}", attempt(g));
    }
}
