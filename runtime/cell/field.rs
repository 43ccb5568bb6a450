//! [`Field`]: a field that is read by value, without a borrow flag.

use core::cell::UnsafeCell;
use core::cmp::Ordering;
use core::marker::PhantomData;
use core::{fmt, mem, num, time};

use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use crate::weak::Weak;

/// A value that can be duplicated without running code of the program: a copy, a count, or some of them.
///
/// # Safety
/// `duplicate` neither runs code that could reach the value's owner, nor panics.
#[diagnostic::on_unimplemented(
    message = "a getter cannot hand out `{Self}` by value",
    label = "neither a number nor a `Gc`, a `Weak` or an `Option` of them",
    note = "write `#[managed(mut, copy)]` if the type is `Copy`, `#[managed(mut, guard)]` to read it through a guard"
)]
pub unsafe trait ByValue: Sized {
    /// A second one.
    fn duplicate(&self) -> Self;
}

macro_rules! copies {
    ($([$($generics:tt)*] $type:ty),+ $(,)?) => {$(
        // SAFETY: a copy of bits.
        unsafe impl<$($generics)*> ByValue for $type {
            #[inline]
            fn duplicate(&self) -> Self {
                *self
            }
        }
    )+};
}

copies! {
    [] (), [] bool, [] char,
    [] u8, [] u16, [] u32, [] u64, [] u128, [] usize, [] i8, [] i16, [] i32, [] i64, [] i128, [] isize, [] f32, [] f64,
    [] num::NonZeroU8, [] num::NonZeroU16, [] num::NonZeroU32, [] num::NonZeroU64, [] num::NonZeroUsize,
    [] num::NonZeroI8, [] num::NonZeroI16, [] num::NonZeroI32, [] num::NonZeroI64, [] num::NonZeroIsize,
    [] time::Duration, [] std::time::Instant, [] std::time::SystemTime, [] Ordering,
    [T: ?Sized] &'static T, [T: ?Sized] PhantomData<T>,
    [R] fn() -> R, [A, R] fn(A) -> R, [A, B, R] fn(A, B) -> R, [A, B, C, R] fn(A, B, C) -> R,
    [A, B, C, D, R] fn(A, B, C, D) -> R,
}

// SAFETY: a count goes up; that neither runs code of the program nor panics.
unsafe impl<T: ?Sized> ByValue for Gc<T> {
    #[inline]
    fn duplicate(&self) -> Self {
        self.clone()
    }
}

// SAFETY: as for `Gc`.
unsafe impl<T: ?Sized> ByValue for Weak<T> {
    #[inline]
    fn duplicate(&self) -> Self {
        self.clone()
    }
}

// SAFETY: as its value.
unsafe impl<T: ByValue> ByValue for Option<T> {
    #[inline]
    fn duplicate(&self) -> Self {
        self.as_ref().map(T::duplicate)
    }
}

// SAFETY: as its items.
unsafe impl<T: ByValue, const N: usize> ByValue for [T; N] {
    #[inline]
    fn duplicate(&self) -> Self {
        self.each_ref().map(T::duplicate)
    }
}

macro_rules! tuples {
    ($($item:ident)+) => {
        // SAFETY: as its items.
        unsafe impl<$($item: ByValue),+> ByValue for ($($item,)+) {
            #[inline]
            fn duplicate(&self) -> Self {
                #[allow(non_snake_case, reason = "the items are named after their types")]
                let ($($item,)+) = self;
                ($($item.duplicate(),)+)
            }
        }
    };
}

tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);

/// Storage of a `mut` field that is read by value: as large as the value.
///
/// References into it end before any code of the program runs: those made in this file, and those of `at`, by its
/// contract. All of its `unsafe` rests on that.
pub struct Field<T>(UnsafeCell<T>);

impl<T> Field<T> {
    /// Stores the first value.
    #[inline]
    pub const fn new(value: T) -> Self {
        Field(UnsafeCell::new(value))
    }

    /// The value: a copy, or a reference counted once more.
    #[inline]
    pub fn get(&self) -> T
    where
        T: ByValue,
    {
        // SAFETY:
        // 1. the pointer is that of a live, initialised value, as `self` is borrowed;
        // 2. no `&mut` to the value exists: only `replace` makes one, which ends before `replace` runs any other code,
        //    and `Field` is not `Sync`;
        // 3. none is made while this reference lives: `duplicate` runs no code that could reach this field (contract of
        //    `ByValue`).
        unsafe { &*self.0.get() }.duplicate()
    }

    /// Stores the new value first and drops the old one last, so that a `__del__` may read and write this very field.
    #[inline]
    pub fn set(&self, value: T) {
        drop(self.replace(value));
    }

    /// Stores the new value and returns the old one.
    #[inline]
    pub fn replace(&self, value: T) -> T {
        // SAFETY:
        // 1. the pointer is that of a live, initialised value, as `self` is borrowed;
        // 2. no other reference to the value exists: those of `get`, `upgraded` and `trace` end before any code runs
        //    that could call this, and `Field` is not `Sync`;
        // 3. this `&mut` ends with `mem::replace`, which moves bits and runs no other code.
        mem::replace(unsafe { &mut *self.0.get() }, value)
    }

    /// Shows the value to `look`.
    ///
    /// # Safety
    /// `look` must not run code of the program.
    #[inline]
    pub(crate) unsafe fn look<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        // SAFETY: 1. and 2. as in `get`; 3. the caller's promise.
        look(unsafe { &*self.0.get() })
    }

    /// The value where it is.
    ///
    /// # Safety
    /// The value must not be changed while the reference is used, so no code of the program may run meanwhile.
    #[inline]
    pub unsafe fn at(&self) -> &T {
        // SAFETY: 1. as in `get`; 2. `replace` makes the only `&mut`, and ends before anything else; 3. the caller's
        // promise.
        unsafe { &*self.0.get() }
    }

    /// Takes the value and leaves the default one.
    #[inline]
    pub fn take(&self) -> T
    where
        T: Default,
    {
        self.replace(T::default())
    }
}

/// A value that the option `copy` can hand out.
///
/// # Safety
/// As for [`ByValue`].
#[diagnostic::on_unimplemented(
    message = "`copy` on a field of type `{Self}`, which is neither `Copy` nor a `Gc`",
    label = "cannot be handed out by value",
    note = "write `#[managed(mut)]` alone to read it through a guard"
)]
pub unsafe trait Load<How> {
    /// A second one.
    fn load(&self) -> Self;
}

/// [`Load`] by a copy of bits.
pub struct Bits;

/// [`Load`] by a count.
pub struct Counted;

// SAFETY: a copy of bits.
#[diagnostic::do_not_recommend]
unsafe impl<T: Copy> Load<Bits> for T {
    #[inline]
    fn load(&self) -> Self {
        *self
    }
}

macro_rules! counted {
    ($($type:ty),+) => {$(
        // SAFETY: as `duplicate`.
        #[diagnostic::do_not_recommend]
        unsafe impl<T: ?Sized> Load<Counted> for $type {
            #[inline]
            fn load(&self) -> Self {
                self.duplicate()
            }
        }
    )+};
}

counted!(Gc<T>, Weak<T>, Option<Gc<T>>, Option<Weak<T>>);

/// The value of a field with the option `copy`; the type is spelled out by the caller: an error stands on it.
#[inline]
pub fn copied<T: Load<How>, How>(field: &Field<T>) -> T {
    // SAFETY: `load` runs no code of the program (contract of `Load`).
    unsafe { field.look(T::load) }
}

/// `trace` of a [`Field`], with the type spelled out by the caller: an error stands on it.
#[inline]
pub fn trace_field<T: Trace>(field: &Field<T>, tracer: &mut Tracer<'_>) {
    field.trace(tracer);
}

impl<T: Trace + ?Sized> Field<Option<Weak<T>>> {
    /// The object that the weak reference points to, unless it is gone.
    #[inline]
    pub fn upgraded(&self) -> Option<Gc<T>> {
        // SAFETY: 1. and 2. as in `get`; 3. `upgrade` looks at a flag and raises a count: no code of the program.
        unsafe { &*self.0.get() }.as_ref()?.upgrade()
    }
}

// SAFETY: the value is all that a field owns, and it is reported by its own `trace`.
unsafe impl<T: Trace> Trace for Field<T> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        // SAFETY: 1. and 2. as in `get`; 3. tracing runs no code of the program (contract of `Trace`).
        unsafe { &*self.0.get() }.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        // SAFETY: as in `trace`.
        unsafe { &*self.0.get() }.trace_named(tracer);
    }

    #[inline]
    fn drops_quietly() -> bool {
        T::drops_quietly()
    }
}

impl<T: ByValue + fmt::Debug> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl<T: ByValue> Clone for Field<T> {
    fn clone(&self) -> Self {
        Field::new(self.get())
    }
}

impl<T: Default> Default for Field<T> {
    fn default() -> Self {
        Field::new(T::default())
    }
}

impl<T: ByValue + PartialEq> PartialEq for Field<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: ByValue + Eq> Eq for Field<T> {}

impl<T: ByValue + PartialOrd> PartialOrd for Field<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.get().partial_cmp(&other.get())
    }
}

impl<T: ByValue + Ord> Ord for Field<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.get().cmp(&other.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn a_pointer_field_is_one_word() {
        assert_eq!(size_of::<Field<Option<Gc<u8>>>>(), size_of::<usize>());
        assert_eq!(size_of::<Field<u8>>(), 1);
    }

    #[test]
    fn values_are_copied_or_counted() {
        let number = Field::new(1);
        number.set(2);
        assert_eq!((number.get(), copied(&number), number.replace(3), number.take(), number.get()), (2, 2, 2, 3, 0));

        let pointer = Field::new(Some(Gc::new(7)));
        let other = pointer.get().unwrap();
        assert_eq!(Gc::strong_count(&other), 2);
        pointer.set(None);
        assert_eq!(Gc::strong_count(&other), 1);
        assert!(pointer.get().is_none());
    }

    #[test]
    fn a_drop_may_change_the_field_that_drops() {
        struct Link(Rc<Field<Option<Link>>>, u32);
        impl Drop for Link {
            fn drop(&mut self) {
                let next = (self.1 > 0).then(|| Link(self.0.clone(), self.1 - 1));
                self.0.set(next);
            }
        }
        let field = Rc::new(Field::new(None));
        field.set(Some(Link(field.clone(), 10)));
        let turns = (0..).find(|_| field.take().is_none());
        assert_eq!(turns, Some(11));
        assert_eq!(Rc::strong_count(&field), 1);
    }

    #[test]
    fn comparisons_look_at_the_values() {
        assert!(Field::new(1) == Field::new(1));
        assert!(Field::new(1) < Field::new(2));
        assert_eq!(Field::new((1, 'a')).clone().get(), (1, 'a'));
        assert_eq!(format!("{:?}", Field::new(Some(1))), "Some(1)");
    }
}
