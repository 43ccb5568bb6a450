//! The set itself: making, looking, iterating.

use crate::builtins::exceptions::RUNTIME_ERROR;
use crate::builtins::lookup::Lookup;
use crate::builtins::protocol::{Contains, Identity, Iterate, Key, Len, ScriptIterator, Show, Truth};
use crate::builtins::recursion::Printing;
use crate::builtins::table::Table;
use crate::builtins::{Exception, Result};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use core::cell::RefCell;
use core::fmt;

/// Python's `set`: a reference to a managed set that can be changed through any of its copies. It keeps the order of
/// insertion; CPython's order depends on hashes.
///
/// ```
/// use refcycle::builtins::Set;
///
/// let primes: Set<i64> = Set::from_items([2, 3, 5, 3]).unwrap();
/// assert_eq!(format!("{primes:?}"), "{2, 3, 5}");
/// ```
pub struct Set<T: Trace>(Gc<SetObject<T>>);

/// The object behind a [`Set`].
pub struct SetObject<T> {
    table: RefCell<Table<T, ()>>,
}

// SAFETY: the table is all that it owns.
unsafe impl<T: Trace> Trace for SetObject<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.table.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        self.table.trace_named(tracer);
    }

    fn type_name() -> &'static str {
        "set"
    }

    #[inline]
    fn drops_quietly() -> bool {
        T::drops_quietly()
    }
}

crate::trace::handle!([T: Trace] Set<T>);

impl<T: Trace> Set<T> {
    /// An empty set.
    #[track_caller]
    pub fn new() -> Set<T> {
        Set::of(Table::new())
    }

    #[track_caller]
    pub(super) fn of(table: Table<T, ()>) -> Set<T> {
        Set(Gc::new(SetObject { table: RefCell::new(table) }))
    }

    /// The object, for functions that take any [`Gc`].
    pub fn object(&self) -> &Gc<SetObject<T>> {
        &self.0
    }

    pub(crate) fn from_object(object: Gc<SetObject<T>>) -> Set<T> {
        Set(object)
    }

    pub(super) fn table(&self) -> &RefCell<Table<T, ()>> {
        &self.0.table
    }

    /// How many items there are.
    #[inline]
    pub fn count_items(&self) -> usize {
        self.table().borrow().len()
    }
}

impl<T: Key> Set<T> {
    /// A set of these items; of equal ones the first is kept.
    #[track_caller]
    pub fn from_items(items: impl IntoIterator<Item = T>) -> Result<Set<T>> {
        let set = Set::new();
        for item in items {
            set.add(item)?;
        }
        Ok(set)
    }

    /// `s.copy()`
    pub fn copy(&self) -> Set<T> {
        let table = self.table().borrow().clone();
        Set::of(table)
    }

    /// The item at or after a place, copied.
    pub(super) fn item_from(&self, place: usize) -> Option<(usize, T)> {
        let table = self.table().borrow();
        let (place, entry) = table.next_from(place)?;
        Some((place, entry.key.clone()))
    }
}

impl<T: Key> Contains<T> for Set<T> {
    fn contains(&self, item: &T) -> Result<bool> {
        Ok(Lookup::new(item)?.find(self.table())?.is_some())
    }
}

impl<T: Trace> Len for Set<T> {
    #[inline]
    fn len(&self) -> Result<i64> {
        Ok(self.count_items() as i64)
    }
}

impl<T: Trace> Truth for Set<T> {
    #[inline]
    fn truth(&self) -> Result<bool> {
        Ok(self.count_items() != 0)
    }
}

impl<T: Trace> Identity for Set<T> {
    #[inline]
    fn is(&self, other: &Set<T>) -> bool {
        Gc::ptr_eq(&self.0, &other.0)
    }

    fn id(&self) -> i64 {
        Gc::as_ptr(&self.0).addr() as i64
    }
}

impl<T: Key> Show for Set<T> {
    fn type_name(&self) -> &'static str {
        "set"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        let Some(_printing) = Printing::enter(Gc::as_ptr(&self.0))? else {
            out.push_str("set(...)");
            return Ok(());
        };
        if self.count_items() == 0 {
            out.push_str("set()");
            return Ok(());
        }
        out.push('{');
        let mut place = 0;
        while let Some((found, item)) = self.item_from(place) {
            if place > 0 {
                out.push_str(", ");
            }
            item.write_repr(out)?;
            place = found + 1;
        }
        out.push('}');
        Ok(())
    }
}

impl<T: Trace> Clone for Set<T> {
    #[inline]
    fn clone(&self) -> Set<T> {
        Set(self.0.clone())
    }
}

impl<T: Trace> Default for Set<T> {
    #[track_caller]
    fn default() -> Set<T> {
        Set::new()
    }
}

impl<T: Key> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.repr().map_err(|_| fmt::Error)?)
    }
}

/// An iterator over a set, which must not change its size meanwhile.
pub struct SetIter<T: Trace> {
    set: Option<Set<T>>,
    place: usize,
    len: usize,
    epoch: u64,
}

impl<T: Key> ScriptIterator for SetIter<T> {
    type Item = T;
    const CLASS: &'static str = "set_iterator";

    fn next(&mut self) -> Result<Option<T>> {
        let Some(set) = &self.set else { return Ok(None) };
        let (len, epoch) = {
            let table = set.table().borrow();
            (table.len(), table.epoch())
        };
        if len != self.len || epoch != self.epoch {
            // It stays so, whatever is done to the set later.
            self.len = usize::MAX;
            return Err(changed_size());
        }
        let item = set.item_from(self.place);
        match item {
            Some((place, item)) => {
                self.place = place + 1;
                Ok(Some(item))
            }
            None => {
                self.set = None;
                Ok(None)
            }
        }
    }
}

#[cold]
fn changed_size() -> Exception {
    Exception::new(&RUNTIME_ERROR, "Set changed size during iteration")
}

// SAFETY: the set is all that it owns.
unsafe impl<T: Trace> Trace for SetIter<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.set.trace(tracer);
    }
}

impl<T: Key> Iterate for Set<T> {
    type Item = T;
    type Iter = SetIter<T>;

    fn iter(&self) -> Result<SetIter<T>> {
        let (len, epoch) = {
            let table = self.table().borrow();
            (table.len(), table.epoch())
        };
        Ok(SetIter { set: Some(self.clone()), place: 0, len, epoch })
    }

    fn size_hint(&self) -> usize {
        self.count_items()
    }
}
