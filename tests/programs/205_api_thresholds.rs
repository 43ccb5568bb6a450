//! Default thresholds are 700, 10, 10; `set_threshold` replaces them.

use super::python::*;

golden!("205_api_thresholds");

/// Python's `set_threshold` leaves those that are not given as they were; Rust's takes all three.
fn set_threshold(young: usize, middle: Option<usize>) {
    let (_, old_middle, old) = gc::get_threshold();
    gc::set_threshold(young, middle.unwrap_or(old_middle), old);
}

fn main() {
    out!("{}", repr(&gc::get_threshold()));
    set_threshold(500, None);
    out!("{}", repr(&gc::get_threshold()));
    set_threshold(400, Some(8));
    out!("{}", repr(&gc::get_threshold()));
    gc::set_threshold(300, 7, 6);
    out!("{}", repr(&gc::get_threshold()));
    set_threshold(0, None);
    out!("{} {}", repr(&gc::get_threshold()), repr(&gc::is_enabled()));
    gc::set_threshold(700, 10, 10);
    out!("{}", repr(&gc::get_threshold()));
}
