//! The macros of refcycle.
