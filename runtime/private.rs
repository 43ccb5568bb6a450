//! What generated code names. Not part of the API: it changes without notice.

pub use core;
pub use core::cell::Ref;
pub use core::default::Default;
pub use core::fmt;
pub use core::marker::PhantomData;
pub use core::mem::needs_drop;
pub use core::ops::{Deref, FnOnce};
pub use core::option::Option;

pub use crate::__traits_of_self as traits_of_self;
pub use crate::acyclic::{
    Finalized, Fuel, Itself, ItselfPointerFree, Keeps, MaybeCyclic, No, NoCycle, NoPointer, Probe, require_acyclic,
    require_pointer_free,
};
pub use crate::builtins::Object;
pub use crate::builtins::traits::{FindTraits, Traits, WithoutTraits};
pub use crate::cell::{
    Field, FieldName, Guard, Guarded, HasThis, This, WeakShown, Weaken, copied, trace_field, trace_guarded,
};
pub use crate::collector::walk::{Limits as WalkLimits, set_walk_limits, walk};
pub use crate::death::{DeathsDeferred, defer_deaths};
pub use crate::debug::debug_object;
pub use crate::generator::{Co, Generator, returned, sent};
pub use crate::hold::{Hold, Lend};
pub use crate::managed::{FindFinalizer, IsSet, MadeByNew, Managed, Set, is_managed, write__del__instead_of_Drop};
pub use crate::pointer::{Gc, unsize};
pub use crate::script::PlainFields;
pub use crate::short_name::short_name;
pub use crate::trace::{AsValue, Named, ReportNothing, Trace, Tracer};
pub use crate::weak::Weak;
pub use refcycle_macros::managed;

/// What scripts are made of.
pub mod py {
    pub use crate::builtins::*;
    pub use crate::script::*;
}
