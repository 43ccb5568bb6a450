//! How `#[managed]` stores the fields that change: what a getter hands out decides on the cell.

mod field;
mod guarded;
mod this;
mod weaken;

pub use field::{ByValue, Field, copied, trace_field};
pub use guarded::{FieldName, Guard, Guarded, trace_guarded};
pub use this::{HasThis, This};
pub use weaken::{WeakShown, Weaken};
