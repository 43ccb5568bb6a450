//! [`Guarded`]: a field that is read and changed through guards.

use core::cell::{Ref, RefCell, RefMut};
use core::cmp::Ordering;
use core::ops::{Deref, DerefMut};
use core::{fmt, mem};

use super::Weaken;
use crate::death::{DeathsDeferred, defer_deaths};
use crate::trace::{Trace, Tracer};

/// What a borrow conflict is about.
pub struct FieldName {
    /// The type.
    pub owner: &'static str,
    /// The field.
    pub field: &'static str,
}

impl FieldName {
    #[cold]
    #[inline(never)]
    #[track_caller]
    fn is_being_changed(&self) -> ! {
        let FieldName { owner, field } = self;
        panic!(
            "`{owner}.{field}` cannot be read while it is being changed: a guard of `{field}_mut()` is still alive; \
             end its statement or its block first"
        );
    }

    #[cold]
    #[inline(never)]
    #[track_caller]
    fn is_in_use(&self, is_read: bool) -> ! {
        let FieldName { owner, field } = self;
        let guard = if is_read { "" } else { "_mut" };
        panic!(
            "`{owner}.{field}` cannot be changed while it is in use: a guard of `{field}{guard}()` is still alive; end \
             its statement or its block first, or clone what you iterate over"
        );
    }
}

/// Storage of a `mut` field that is read by guard: a `RefCell` that knows the field's name.
///
/// While it is mutably borrowed it is not traced: what it refers to counts as referred to from outside.
pub struct Guarded<T>(RefCell<T>);

/// Write access to a field. Deaths that it causes, and automatic collections, wait until it is dropped.
pub struct Guard<'a, T> {
    // Dropped first: what dies afterwards may read and write the field.
    value: RefMut<'a, T>,
    _deaths: DeathsDeferred,
}

impl<T> Guarded<T> {
    /// Stores the first value.
    #[inline]
    pub const fn new(value: T) -> Self {
        Guarded(RefCell::new(value))
    }

    #[cfg(feature = "serde")]
    pub(crate) fn as_cell(&self) -> &RefCell<T> {
        &self.0
    }

    /// The value, for reading.
    #[inline]
    #[track_caller]
    pub fn read(&self, name: &'static FieldName) -> Ref<'_, T> {
        self.0.try_borrow().unwrap_or_else(|_| name.is_being_changed())
    }

    /// The value, to be changed in place.
    #[inline]
    #[track_caller]
    pub fn write(&self, name: &'static FieldName) -> Guard<'_, T> {
        Guard { value: self.borrow_mut(name), _deaths: defer_deaths() }
    }

    /// Stores the new value first and drops the old one last.
    #[inline]
    #[track_caller]
    pub fn set(&self, value: T, name: &'static FieldName) {
        drop(self.replace(value, name));
    }

    /// Stores the new value and returns the old one.
    #[inline]
    #[track_caller]
    pub fn replace(&self, value: T, name: &'static FieldName) -> T {
        mem::replace(&mut self.borrow_mut(name), value)
    }

    /// Takes the value and leaves the default one.
    #[inline]
    #[track_caller]
    pub fn take(&self, name: &'static FieldName) -> T
    where
        T: Default,
    {
        self.replace(T::default(), name)
    }

    /// What the weak references in it point to, without those that are gone.
    #[inline]
    #[track_caller]
    pub fn upgraded(&self, name: &'static FieldName) -> T::Strong
    where
        T: Weaken,
    {
        self.read(name).upgraded()
    }

    #[inline]
    #[track_caller]
    fn borrow_mut(&self, name: &'static FieldName) -> RefMut<'_, T> {
        self.0.try_borrow_mut().unwrap_or_else(|_| name.is_in_use(self.0.try_borrow().is_ok()))
    }
}

// SAFETY: the value is all that the cell owns; while it is mutably borrowed nothing is reported, which leaks at worst.
unsafe impl<T: Trace> Trace for Guarded<T> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        // SAFETY: the reference ends with this call, and tracing runs no code that could borrow mutably.
        if let Ok(value) = unsafe { self.0.try_borrow_unguarded() } {
            value.trace(tracer);
        }
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        if let Ok(value) = self.0.try_borrow() {
            value.trace_named(tracer);
        }
    }

    #[inline]
    fn drops_quietly() -> bool {
        T::drops_quietly()
    }
}

/// `trace` of a [`Guarded`], with the type spelled out by the caller: an error stands on it.
#[inline]
pub fn trace_guarded<T: Trace>(field: &Guarded<T>, tracer: &mut Tracer<'_>) {
    field.trace(tracer);
}

impl<T> Deref for Guard<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Guard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Guard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for Guard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: fmt::Debug> fmt::Debug for Guarded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.try_borrow() {
            Ok(value) => value.fmt(f),
            Err(_) => f.write_str("<being changed>"),
        }
    }
}

impl<T: Clone> Clone for Guarded<T> {
    fn clone(&self) -> Self {
        Guarded(self.0.clone())
    }
}

impl<T: Default> Default for Guarded<T> {
    fn default() -> Self {
        Guarded::new(T::default())
    }
}

impl<T: PartialEq> PartialEq for Guarded<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: Eq> Eq for Guarded<T> {}

impl<T: PartialOrd> PartialOrd for Guarded<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.partial_cmp(&other.0)
    }
}

impl<T: Ord> Ord for Guarded<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::rc::Rc;

    static NAME: FieldName = FieldName { owner: "Node", field: "children" };

    fn message(conflict: impl FnOnce()) -> String {
        *catch_unwind(AssertUnwindSafe(conflict)).unwrap_err().downcast::<String>().unwrap()
    }

    #[test]
    fn values_are_read_changed_and_exchanged() {
        let names = Guarded::new(vec![1]);
        names.write(&NAME).push(2);
        assert_eq!(*names.read(&NAME), [1, 2]);
        assert_eq!(names.replace(vec![3], &NAME), [1, 2]);
        assert_eq!(names.take(&NAME), [3]);
        names.set(vec![4], &NAME);
        assert_eq!(format!("{names:?}"), "[4]");
    }

    #[test]
    fn a_conflict_names_the_type_the_field_and_the_way_out() {
        let names = Guarded::new(vec![1]);
        let guard = names.write(&NAME);
        assert_eq!(
            message(|| drop(names.read(&NAME))),
            "`Node.children` cannot be read while it is being changed: a guard of `children_mut()` is still alive; end \
             its statement or its block first"
        );
        assert!(message(|| drop(names.write(&NAME))).contains("a guard of `children_mut()` is still alive"));
        assert_eq!(format!("{names:?}"), "<being changed>");
        drop(guard);
        let _reading = names.read(&NAME);
        assert!(message(|| names.set(vec![], &NAME)).contains("a guard of `children()` is still alive"));
    }

    #[test]
    fn a_drop_may_change_the_field_that_drops() {
        struct Loud(Rc<Guarded<Vec<Loud>>>);
        impl Drop for Loud {
            fn drop(&mut self) {
                assert!(self.0.write(&NAME).is_empty());
            }
        }
        let field = Rc::new(Guarded::new(Vec::new()));
        field.write(&NAME).push(Loud(field.clone()));
        field.set(Vec::new(), &NAME);
    }
}
