//! Collecting generation n resets the counts up to n and adds one to the next.

use super::python::*;

golden!("203_api_generation_counts");

fn older() -> String {
    let (_, young, middle) = gc::get_count();
    format!("{young} {middle}")
}

fn main() {
    gc::disable();
    gc::collect();
    out!("after full {}", older());
    gc::collect_generation(0);
    out!("after 0 {}", older());
    gc::collect_generation(0);
    gc::collect_generation(0);
    out!("after 0 0 {}", older());
    gc::collect_generation(1);
    out!("after 1 {}", older());
    gc::collect_generation(0);
    gc::collect_generation(1);
    out!("after 0 1 {}", older());
    gc::collect_generation(2);
    out!("after 2 {}", older());
}
