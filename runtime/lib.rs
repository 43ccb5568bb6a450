//! refcycle
pub mod builtins;
