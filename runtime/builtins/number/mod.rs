//! Python's numbers: `int` in 64 bits with checked arithmetic, `float`, and how both are read, rounded and printed.

pub mod constant;
pub mod float;
pub mod int;
mod methods;
mod parse;
mod repr;
mod round;

pub use methods::{FloatMethods, IntMethods};
pub use parse::{parse_float, parse_int};
pub use repr::float_repr;
pub(crate) use repr::{Decimal, special_name, write_float};
pub use round::{round_float, round_float_to_int, round_int};
