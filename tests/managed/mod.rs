//! `#[managed]` and `#[derive(Trace)]`, used as a program uses them.

mod access;
mod acyclic;
mod construct;
mod finalizer;
mod hygiene;
mod kinds;
mod show;
mod this;
mod weak;
