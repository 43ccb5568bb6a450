//! Which types can never be part of a cycle: objects of them are not tracked by the collector.
//!
//! A type can be in a cycle only if a pointer can be stored in an object after it is made. So a type cannot be if its
//! immutable parts lead to such types only ([`Acyclic`]), and its mutable parts hold no pointer ([`PointerFree`]). A
//! mutable part that may hold a pointer is out even if that pointer's type is acyclic: in `A { mut b: Gc<B> }` with
//! `B { a: Gc<A> }` each would be so by the other.

use core::marker::PhantomData;

use crate::cell::{Field, Guarded, This};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use crate::weak::Weak;

/// A type whose values can never be part of a cycle.
///
/// `#[managed]` finds it where it can; `#[managed(acyclic)]` declares it, and is checked.
///
/// # Safety
/// All that a value refers to is `Acyclic`, and its mutable parts are `PointerFree`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` may be part of a cycle, so what holds it is not `acyclic`",
    label = "may be part of a cycle",
    note = "write `#[managed(acyclic)]` above `{Self}` too if it cannot be, or remove `acyclic` here"
)]
pub unsafe trait Acyclic {}

/// A type whose values own no managed pointer.
///
/// # Safety
/// No value owns a `Gc`, whatever happens to it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can hold a pointer in a mutable field, which may close a cycle",
    label = "may close a cycle",
    note = "make the field immutable or `weak`, or remove `acyclic` from the type"
)]
pub unsafe trait PointerFree {}
