//! Debug flags are bits that can be set, read back and cleared.

use super::python::*;
use refcycle::gc::Debug;

golden!("219_api_debug_flags");

fn main() {
    out!("{}", gc::get_debug().bits());
    let flags = [Debug::STATS, Debug::COLLECTABLE, Debug::UNCOLLECTABLE, Debug::SAVEALL, Debug::LEAK];
    out!("{}", flags.map(|flag| flag.bits().to_string()).join(" "));
    gc::set_debug(Debug::SAVEALL);
    out!("{}", repr(&(gc::get_debug() == Debug::SAVEALL)));
    gc::set_debug(Debug::UNCOLLECTABLE | Debug::SAVEALL);
    out!("{}", gc::get_debug().bits());
    gc::set_debug(Debug::NONE);
    out!("{}", gc::get_debug().bits());
}
