//! Which types can never be part of a cycle: objects of them are not tracked by the collector.
//!
//! A type can be in a cycle only if a pointer can be stored in an object after it is made. So a type cannot be if its
//! immutable parts lead to such types only ([`Acyclic`]), and its mutable parts hold no pointer ([`PointerFree`]). A
//! mutable part that may hold a pointer is out even if that pointer's type is acyclic: in `A { mut b: Gc<B> }` with
//! `B { a: Gc<A> }` each would be so by the other.
//!
//! Both are promises ([`Keeps`]) that a type keeps if its parts do. Asking that of a chain of types would go deeper than rustc
//! allows, so each type asks with less fuel than it was asked with, and without fuel the answer is no.

use core::cell::{Cell, OnceCell, RefCell};
use core::cmp::Ordering;
use core::marker::PhantomData;
use core::num;
use core::time::Duration;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::ffi::OsString;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::{Instant, SystemTime};

use crate::cell::{Field, Guarded, This};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use crate::weak::Weak;

/// A type whose values can never be part of a cycle.
///
/// `#[managed]` finds it where it can; `#[managed(acyclic)]` declares it, and is checked.
///
/// ```
/// use refcycle::{Acyclic, Gc, managed};
///
/// #[managed(acyclic)]
/// struct Stack<T: Acyclic> {
///     top: T,
///     rest: Option<Gc<Stack<T>>>,
/// }
///
/// let stack = Stack::new(2, Some(Stack::new(1, None)));
/// assert_eq!((stack.top, stack.rest.as_ref().unwrap().top), (2, 1));
/// ```
///
/// # Safety
/// All that a value refers to is `Acyclic`, and its mutable parts are `PointerFree`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` may be part of a cycle, so what holds it is not `acyclic`",
    label = "may be part of a cycle",
    note = "write `#[managed(acyclic)]` above the types that it refers to as well, or remove `acyclic` here",
    note = "a mutable field must not hold a `Gc`; a parameter needs the bound `refcycle::Acyclic`"
)]
pub unsafe trait Acyclic: Keeps<NoCycle, Full> {}

// SAFETY: that is the promise.
#[diagnostic::do_not_recommend]
unsafe impl<T: Keeps<NoCycle, Full> + ?Sized> Acyclic for T {}

/// A type whose values own no managed pointer.
///
/// # Safety
/// No value owns a `Gc`, whatever happens to it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can hold a pointer in a mutable field, which may close a cycle",
    label = "may close a cycle",
    note = "make the field immutable or `weak`, or remove `acyclic` from the type"
)]
pub unsafe trait PointerFree: Keeps<NoPointer, Full> {}

// SAFETY: that is the promise.
#[diagnostic::do_not_recommend]
unsafe impl<T: Keeps<NoPointer, Full> + ?Sized> PointerFree for T {}

/// The promise of [`Acyclic`].
pub struct NoCycle;

/// The promise of [`PointerFree`].
pub struct NoPointer;

/// Values keep the promise `P`, as can be seen with the fuel `F`.
///
/// # Safety
/// As for the trait that is named after the promise.
pub unsafe trait Keeps<P, F> {}

/// Fuel for one type, and the rest.
pub struct Fuel<F>(PhantomData<F>);

/// Fuel for a dozen types that refer to each other in a row; each takes up to ten steps of rustc's 128.
pub type Full = Fuel<Fuel<Fuel<Fuel<Fuel<Fuel<Fuel<Fuel<Fuel<Fuel<Fuel<Fuel<()>>>>>>>>>>>>;

// SAFETY: a reference that never changes, to what is acyclic.
unsafe impl<T: Keeps<NoCycle, F> + ?Sized, F> Keeps<NoCycle, F> for Gc<T> {}

/// Types without pointers.
macro_rules! plain {
    ($([$($generics:tt)*] $type:ty),+ $(,)?) => {$(
        // SAFETY: values of this type own no `Gc`.
        unsafe impl<Promise, Fuel, $($generics)*> Keeps<Promise, Fuel> for $type {}
    )+};
}

plain! {
    [] (), [] bool, [] char,
    [] u8, [] u16, [] u32, [] u64, [] u128, [] usize,
    [] i8, [] i16, [] i32, [] i64, [] i128, [] isize, [] f32, [] f64,
    [] num::NonZeroU8, [] num::NonZeroU16, [] num::NonZeroU32, [] num::NonZeroU64, [] num::NonZeroUsize,
    [] num::NonZeroI8, [] num::NonZeroI16, [] num::NonZeroI32, [] num::NonZeroI64, [] num::NonZeroIsize,
    [] str, [] String, [] OsString, [] PathBuf, [] Ordering, [] Duration, [] Instant, [] SystemTime,
    [] IpAddr, [] SocketAddr,
    [T: ?Sized + 'static] &'static T, [T: ?Sized] PhantomData<T>, [T: ?Sized] Weak<T>, [T] This<T>,
    [R] fn() -> R, [A, R] fn(A) -> R, [A, B, R] fn(A, B) -> R, [A, B, C, R] fn(A, B, C) -> R,
}

/// Types that own their parameters and lend them mutably only to who has them mutably.
macro_rules! containers {
    ($([$($part:ident),+; $($generics:tt)*] $type:ty),+ $(,)?) => {$(
        // SAFETY: the parts are all that it owns, and immutable behind `&`.
        unsafe impl<Promise, Fuel, $($part: Keeps<Promise, Fuel>,)+ $($generics)*> Keeps<Promise, Fuel> for $type {}
    )+};
}

containers! {
    [T;] Option<T>, [T, E;] Result<T, E>, [T;] Vec<T>, [T;] VecDeque<T>, [T;] LinkedList<T>, [T;] BinaryHeap<T>,
    [T;] BTreeSet<T>, [K, V;] BTreeMap<K, V>, [T; S] HashSet<T, S>, [K, V; S] HashMap<K, V, S>, [T;] [T],
    [T; const N: usize] [T; N], [A;] (A,), [A, B;] (A, B), [A, B, C;] (A, B, C), [A, B, C, D;] (A, B, C, D),
    [A, B, C, D, E;] (A, B, C, D, E), [A, B, C, D, E, F;] (A, B, C, D, E, F),
}

// SAFETY: a box owns its value.
unsafe impl<P, F, T: Keeps<P, F> + ?Sized> Keeps<P, F> for Box<T> {}

/// Types whose content changes behind `&`.
macro_rules! cells {
    ($($cell:ident),+) => {$(
        // SAFETY: the content owns no `Gc`, whatever it is changed to.
        unsafe impl<P, F, T: Keeps<NoPointer, F>> Keeps<P, F> for $cell<T> {}
    )+};
}

cells!(Cell, RefCell, OnceCell, Field, Guarded);

/// Compiles if `T` is acyclic.
pub const fn require_acyclic<T: Acyclic + ?Sized>() {}

/// Compiles if `T` is pointer-free.
pub const fn require_pointer_free<T: PointerFree + ?Sized>() {}

/// `Probe::<T>::ACYCLIC` of a type without parameters is `true` if `T` is known to be [`Acyclic`]; with [`MaybeCyclic`]
/// in scope it is `false` otherwise.
pub struct Probe<T: ?Sized>(PhantomData<T>);

impl<T: Acyclic + ?Sized> Probe<T> {
    /// Shadows that of `MaybeCyclic`.
    pub const ACYCLIC: bool = true;
}

/// The answer of a [`Probe`] without a better one.
pub trait MaybeCyclic {
    /// It may be part of a cycle.
    const ACYCLIC: bool = false;
}

impl<T: ?Sized> MaybeCyclic for Probe<T> {}

/// Whether a type has a `__del__`. Such a type is tracked unless declared otherwise: in dead cycles finalisers run in the
/// order of creation. The lifetime is there because rustc refuses a condition without one that does not hold.
pub struct Finalized<'a, const YES: bool>(PhantomData<&'a ()>);

/// It has none.
pub trait No {}

impl No for Finalized<'_, false> {}

/// Stands for the type itself in its own condition for being acyclic.
pub struct Itself;

// SAFETY: an assumption, in the proof of what is assumed: recursion alone makes no cycle.
unsafe impl<F> Keeps<NoCycle, F> for Itself {}

// SAFETY: owns nothing.
unsafe impl Trace for Itself {
    fn trace(&self, _: &mut Tracer<'_>) {}
}

/// Stands for the type itself in its own condition for being pointer-free.
pub struct ItselfPointerFree;

// SAFETY: as for `Itself`.
unsafe impl<F> Keeps<NoPointer, F> for ItselfPointerFree {}

// SAFETY: owns nothing.
unsafe impl Trace for ItselfPointerFree {
    fn trace(&self, _: &mut Tracer<'_>) {}
}
