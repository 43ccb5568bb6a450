//! What keys of dicts and items of sets must be able to do.

use super::{Equal, Hashed, Identity, Show};
use crate::builtins::Dynamic;
use crate::trace::Trace;

/// Values that can be keys of a dict and items of a set.
#[diagnostic::on_unimplemented(
    message = "unhashable type: `{Self}`",
    label = "this can't be a key of a dict or an item of a set"
)]
pub trait Key: Hashed + Equal + Identity + Show + Dynamic + Clone + Trace {}

impl<T: Hashed + Equal + Identity + Show + Dynamic + Clone + Trace> Key for T {}
