//! [`Value`]: what a generic parameter of a script can always do.

use super::Dynamic;
use super::protocol::{Equal, Identity, Show, Truth};
use crate::trace::Trace;

/// The values of scripts: they can be copied, printed, tested and compared with `==` and `is`. A generic parameter
/// without a bound is one of these.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` is no value that a script can copy, print and compare",
    note = "use it in a `rust! {{ … }}` block, or wrap it in a `#[managed]` type"
)]
pub trait Value: Clone + Show + Truth + Equal + Identity + Dynamic + Trace {}

impl<T: Clone + Show + Truth + Equal + Identity + Dynamic + Trace> Value for T {}
