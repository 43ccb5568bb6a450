//! The runtime, ring by ring.

mod get_mut;
