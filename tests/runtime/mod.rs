//! The runtime, ring by ring.

mod bounded;
mod depth;
mod get_mut;
mod heap;
mod hold;
mod panics;
mod pointer;
mod reentrancy;
mod sliced;
mod soundness;
mod uninit;
mod walking;
