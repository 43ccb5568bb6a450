//! The list itself: making, copying, looking into it.

use crate::builtins::Result;
use crate::builtins::backwards::Backwards;
use crate::builtins::protocol::{GetItem, Identity, Len, Peek, Show, Truth};
use crate::builtins::recursion::Printing;
use crate::builtins::slice::{out_of_range, place};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use core::cell::RefCell;
use core::fmt;

/// Python's `list`: a reference to a managed sequence that can be changed through any of its copies.
///
/// No borrow is held while code of a script can run, so a `__del__` may change the very list from which it was removed.
/// A list dies last item first, as in CPython.
///
/// ```
/// use refcycle::builtins::List;
///
/// let a = List::from([1, 2]);
/// let b = a.clone();
/// b.append(3);
/// assert_eq!(a.to_vec(), [1, 2, 3]);
/// ```
pub struct List<T: Trace>(Gc<ListObject<T>>);

/// The object behind a [`List`].
pub struct ListObject<T> {
    items: RefCell<Backwards<T>>,
}

// SAFETY: the items are all that it owns.
unsafe impl<T: Trace> Trace for ListObject<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.items.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        self.items.trace_named(tracer);
    }

    fn type_name() -> &'static str {
        "list"
    }

    #[inline]
    fn drops_quietly() -> bool {
        T::drops_quietly()
    }
}

crate::trace::handle!([T: Trace] List<T>);

impl<T: Trace> List<T> {
    /// An empty list.
    #[track_caller]
    pub fn new() -> List<T> {
        List::from(Vec::new())
    }

    /// The object, for functions that take any [`Gc`].
    pub fn object(&self) -> &Gc<ListObject<T>> {
        &self.0
    }

    pub(crate) fn from_object(object: Gc<ListObject<T>>) -> List<T> {
        List(object)
    }

    /// Looks at the items. `look` must not run code of a script, but that of clones of items.
    #[inline]
    pub(crate) fn look<R>(&self, look: impl FnOnce(&[T]) -> R) -> R {
        if T::clones_quietly() {
            // SAFETY:
            // 1. the items are alive, as the list is;
            // 2. no `&mut` to them exists: only `change` makes one, whose callers, all of them in this crate, run nothing
            //    there that comes back to a list;
            // 3. none is made while this reference lives: the callers of `look`, too, are in this crate and run no code of
            //    a program; they may clone items, which is no such code either.
            return look(unsafe { &*self.0.items.as_ptr() });
        }
        look(&self.0.items.borrow())
    }

    /// Changes the items. `change` must neither run code of a script nor drop items: it hands out what is to be dropped.
    #[inline]
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut Vec<T>) -> R) -> R {
        if T::clones_quietly() {
            // SAFETY: as in `look`; 2. and 3. hold for references of either kind.
            return change(unsafe { &mut *self.0.items.as_ptr() });
        }
        change(&mut self.0.items.borrow_mut())
    }

    /// Takes all items out.
    pub(crate) fn take(&self) -> Backwards<T> {
        self.0.items.take()
    }

    /// How many items there are.
    #[inline]
    pub fn count_items(&self) -> usize {
        self.look(<[T]>::len)
    }
}

impl<T: Trace + Clone> List<T> {
    /// A copy of the items.
    pub fn to_vec(&self) -> Vec<T> {
        self.look(<[T]>::to_vec)
    }

    /// The item at a place counted from the beginning, if there is one.
    #[inline]
    pub fn item(&self, place: usize) -> Option<T> {
        self.look(|items| items.get(place).cloned())
    }

    /// `xs.copy()`
    pub fn copy(&self) -> List<T> {
        List::from(self.to_vec())
    }
}

impl<T: Trace + Clone> GetItem<i64> for List<T> {
    type Output = T;

    #[inline]
    fn getitem(&self, index: &i64) -> Result<T> {
        self.peek(index).ok_or_else(|| out_of_range("list index out of range"))
    }
}

impl<T: Trace + Clone> Peek<i64> for List<T> {
    #[inline]
    fn peek(&self, index: &i64) -> Option<T> {
        self.look(|items| place(*index, items.len()).map(|place| items[place].clone()))
    }
}

impl<T: Trace> Len for List<T> {
    #[inline]
    fn len(&self) -> Result<i64> {
        Ok(self.count_items() as i64)
    }
}

impl<T: Trace> Truth for List<T> {
    #[inline]
    fn truth(&self) -> Result<bool> {
        Ok(self.count_items() != 0)
    }
}

impl<T: Trace> Identity for List<T> {
    #[inline]
    fn is(&self, other: &List<T>) -> bool {
        Gc::ptr_eq(&self.0, &other.0)
    }

    fn id(&self) -> i64 {
        Gc::as_ptr(&self.0).addr() as i64
    }
}

impl<T: Trace + Clone + Show> Show for List<T> {
    fn type_name(&self) -> &'static str {
        "list"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        let Some(_printing) = Printing::enter(Gc::as_ptr(&self.0))? else {
            out.push_str("[...]");
            return Ok(());
        };
        out.push('[');
        let mut place = 0;
        // A `__repr__` may change the list, so nothing is remembered but the place.
        while let Some(item) = self.item(place) {
            if place > 0 {
                out.push_str(", ");
            }
            item.write_repr(out)?;
            place += 1;
        }
        out.push(']');
        Ok(())
    }
}

impl<T: Trace> Clone for List<T> {
    #[inline]
    fn clone(&self) -> List<T> {
        List(self.0.clone())
    }
}

impl<T: Trace> Default for List<T> {
    #[track_caller]
    fn default() -> List<T> {
        List::new()
    }
}

impl<T: Trace> From<Vec<T>> for List<T> {
    #[inline]
    #[track_caller]
    fn from(items: Vec<T>) -> List<T> {
        List(Gc::new(ListObject { items: RefCell::new(items.into()) }))
    }
}

impl<T: Trace, const N: usize> From<[T; N]> for List<T> {
    #[track_caller]
    fn from(items: [T; N]) -> List<T> {
        List::from(Vec::from(items))
    }
}

impl<T: Trace> FromIterator<T> for List<T> {
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> List<T> {
        List::from(Vec::from_iter(items))
    }
}

impl<T: Trace + Clone + Show> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.repr().map_err(|_| fmt::Error)?)
    }
}
