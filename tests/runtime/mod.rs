//! The runtime, ring by ring.

mod bounded;
mod get_mut;
mod panics;
