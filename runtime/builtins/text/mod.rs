//! `str` and `bytes`.

mod align;
mod bytes;
mod case;
mod check;
mod classify;
mod codec;
mod containers;
mod index;
mod quote;
mod repr;
mod search;
mod split;
mod strip;
mod tables;
mod value;

pub use bytes::{Bytes, BytesIter};
pub(crate) use classify::{decimal_value, is_space};
pub(in crate::builtins) use codec::Codec;
pub(crate) use quote::{ascii_of, repr_of, write_bytes, write_quoted};
pub use search::Affix;
pub use value::Str;
