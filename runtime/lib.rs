//! Python's memory model for Rust: counted references, a cycle collector, `__del__`, weak references.

mod acyclic;
mod cell;
mod collector;
mod death;
mod debug;
mod foreign;
pub mod gc;
pub mod generator;
mod header;
mod heap;
mod managed;
mod pointer;
#[doc(hidden)]
pub mod private;
mod trace;
mod unraisable;
mod weak;

pub use acyclic::{Acyclic, PointerFree};
pub use generator::{Generator, GeneratorState, Step};
pub use pointer::{Gc, GcStaysOnItsThread, Object};
pub use refcycle_macros::{Trace, managed};
pub use trace::{Trace, Tracer};
pub use weak::{Weak, WeakRef};
