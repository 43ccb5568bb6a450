//! Python's memory model for Rust: counted references, a cycle collector, `__del__`, weak references.

mod acyclic;
pub mod builtins;
mod cell;
mod collector;
mod death;
mod debug;
mod foreign;
pub mod gc;
mod header;
mod heap;
mod managed;
mod pointer;
#[doc(hidden)]
pub mod private;
mod script;
mod trace;
mod unraisable;
mod weak;

pub use acyclic::{Acyclic, PointerFree};
pub use pointer::{Gc, GcStaysOnItsThread, Object};
pub use refcycle_macros::{Trace, gc_script, managed};
pub use trace::{Trace, Tracer};
pub use weak::{Weak, WeakRef};
