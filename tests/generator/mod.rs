//! Generators.

mod cost;
mod cycles;
mod delegation;
mod exceptions;
mod hazards;
mod life;
mod support;
mod written;
