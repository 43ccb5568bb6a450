//! `Trace` for types of other crates, each behind the feature of its crate's name.

#[cfg(feature = "arrayvec")]
mod arrayvec;
#[cfg(feature = "bytes")]
mod bytes;
#[cfg(feature = "either")]
mod either;
#[cfg(feature = "hashbrown")]
mod hashbrown;
#[cfg(feature = "indexmap")]
mod indexmap;
#[cfg(feature = "petgraph")]
mod petgraph;
#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "serde_json")]
mod serde_json;
#[cfg(feature = "slotmap")]
mod slotmap;
#[cfg(feature = "smallvec")]
mod smallvec;

/// `Trace` and its companions for containers that own values of their `parts`, which `|this, tracer|` reports.
#[allow(unused_macros, reason = "used by features")]
macro_rules! containers {
    ($([$($part:ident),+; $($generics:tt)*] $type:ty => |$this:ident, $tracer:ident| $report:expr);+ $(;)?) => {$(
        // SAFETY: the parts are all that a container of this type owns, and going over them runs no code of theirs.
        unsafe impl<$($part: $crate::Trace,)+ $($generics)*> $crate::Trace for $type {
            fn trace(&self, $tracer: &mut $crate::Tracer<'_>) {
                let $this = self;
                $report
            }

            #[inline]
            fn acyclic() -> bool {
                $($part::acyclic())&&+
            }
        }
        // SAFETY: as above, and what it owns can be changed only by who has the container mutably.
        unsafe impl<P, F, $($part: $crate::acyclic::Keeps<P, F>,)+ $($generics)*> $crate::acyclic::Keeps<P, F> for $type {}
    )+};
}

/// `Trace` and its companions for types that own no managed pointer.
#[allow(unused_macros, reason = "used by features")]
macro_rules! plain {
    ($([$($generics:tt)*] $type:ty),+ $(,)?) => {$(
        // SAFETY: values of this type own no `Gc`.
        unsafe impl<$($generics)*> $crate::Trace for $type {
            #[inline]
            fn trace(&self, _: &mut $crate::Tracer<'_>) {}

            #[inline]
            fn acyclic() -> bool {
                true
            }
        }
        // SAFETY: as above.
        unsafe impl<Promise, Fuel, $($generics)*> $crate::acyclic::Keeps<Promise, Fuel> for $type {}
    )+};
}

#[allow(unused_imports, reason = "used by features")]
use {containers, plain};
