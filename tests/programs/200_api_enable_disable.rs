//! `enable`, `disable` and `is_enabled` toggle a flag; `collect` works in both states and changes neither.

use super::python::*;

golden!("200_api_enable_disable");

fn main() {
    out!("{}", repr(&gc::is_enabled()));
    gc::disable();
    out!("{}", repr(&gc::is_enabled()));
    gc::disable();
    gc::collect();
    out!("{}", repr(&gc::is_enabled()));
    gc::enable();
    gc::enable();
    gc::collect();
    out!("{}", repr(&gc::is_enabled()));
}
