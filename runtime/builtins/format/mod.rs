//! Format specifiers: what stands behind the colon in `f "{x:>8.2f}"`.

mod float;
mod int;
mod number;
mod spec;
mod text;

pub(crate) use float::format_float;
pub(crate) use int::{format_bool, format_int};
pub(crate) use text::format_text;
