//! Python's memory model for Rust: counted references, a cycle collector, `__del__`, weak references.

pub mod builtins;
mod collector;
mod death;
pub mod gc;
mod header;
mod heap;
mod pointer;
#[doc(hidden)]
pub mod private;
mod trace;
mod unraisable;
mod weak;

pub use pointer::{Gc, GcStaysOnItsThread, Object};
pub use trace::{Trace, Tracer};
pub use weak::{Weak, WeakRef};
