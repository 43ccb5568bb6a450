//! What only generated code of scripts needs: attributes that may be unset, names that may be unbound, ways out of
//! `finally`, classes that derive from one another.

mod argument;
mod attr;
mod caught;
mod class;
mod fits;
mod flow;
mod foreign;
mod local;
pub mod names;
mod none;
mod outcome;
mod place;
mod same;
mod seen;
mod show;
mod unpack;
mod yield_from;

pub use argument::{Change, Changed, Convert, Copied, Lends, Passed, Shown, Slot, once};
pub use attr::{Attr, Constant, Late, Shared, WeakAttr, undeletable};
pub use caught::Caught;
pub use class::{
    ClassPointer, Extends, HasClass, HasOwnClass, Instance, MethodTable, derived_pointer, downcast, downcast_ref,
    exception_object, upcast, upcast_ref,
};
pub use fits::{Fits, fitting, lent};
pub use flow::{Flow, IntoResult, uncaught};
pub use foreign::{Fields, Got, Lent, Methods, PlainFields, Reached, There};
pub use local::Local;
pub use none::{IsNone, attribute_of_none, not_none};
pub use outcome::{Given, Handled, Outcome};
pub use place::{Fitted, Placed};
pub use same::{Address, Is, Values, is_same};
pub use seen::{Bound, Seen, ToScript};
pub use show::{default_repr, show};
pub use unpack::{matched, unpack, unpack_rest};
pub use yield_from::{Converted, Items, Source, yield_from};
