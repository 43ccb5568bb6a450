//! The dict itself: making, reading, comparing.

use crate::builtins::exceptions::KEY_ERROR;
use crate::builtins::lookup::Lookup;
use crate::builtins::protocol::{Contains, Equal, GetItem, Identity, Key, Len, Peek, Show, Truth};
use crate::builtins::recursion::{Comparing, Printing};
use crate::builtins::table::Table;
use crate::builtins::{Exception, Result};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use core::cell::RefCell;
use core::fmt;

/// Python's `dict`: a reference to a managed map that can be changed through any of its copies.
///
/// Keys are looked up by their `__hash__` and `__eq__`, which may be code of a script and may change the very dict.
///
/// ```
/// use refcycle::builtins::{Dict, Str};
///
/// let ages: Dict<Str, i64> = Dict::from_pairs([("ann".into(), 40), ("bob".into(), 35)]).unwrap();
/// assert_eq!(ages.get(&"ann".into()).unwrap(), Some(40));
/// assert_eq!(format!("{ages:?}"), "{'ann': 40, 'bob': 35}");
/// ```
pub struct Dict<K: Trace, V: Trace>(Gc<DictObject<K, V>>);

/// The object behind a [`Dict`].
pub struct DictObject<K, V> {
    table: RefCell<Table<K, V>>,
}

// SAFETY: the table is all that it owns.
unsafe impl<K: Trace, V: Trace> Trace for DictObject<K, V> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        if self.table.try_borrow().is_ok_and(|table| table.version() == 0) {
            tracer.uncounted_object();
        }
        self.table.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        self.table.trace_named(tracer);
    }

    fn acyclic() -> bool {
        K::acyclic() && V::acyclic()
    }

    fn type_name() -> &'static str {
        "dict"
    }

    #[inline]
    fn drops_quietly() -> bool {
        K::drops_quietly() && V::drops_quietly()
    }
}

crate::trace::handle!([K: Trace, V: Trace] Dict<K, V>);

impl<K: Trace, V: Trace> Dict<K, V> {
    /// An empty dict.
    #[track_caller]
    pub fn new() -> Dict<K, V> {
        Dict::of(Table::new())
    }

    #[track_caller]
    pub(super) fn of(table: Table<K, V>) -> Dict<K, V> {
        Dict(Gc::new(DictObject { table: RefCell::new(table) }))
    }

    /// The object, for functions that take any [`Gc`].
    pub fn object(&self) -> &Gc<DictObject<K, V>> {
        &self.0
    }

    pub(crate) fn from_object(object: Gc<DictObject<K, V>>) -> Dict<K, V> {
        Dict(object)
    }

    pub(super) fn table(&self) -> &RefCell<Table<K, V>> {
        &self.0.table
    }

    /// How many entries there are.
    #[inline]
    pub fn count_items(&self) -> usize {
        self.table().borrow().len()
    }
}

impl<K: Key, V: Trace + Clone> Dict<K, V> {
    /// A dict of pairs; a later value replaces an earlier one of an equal key.
    #[track_caller]
    pub fn from_pairs(pairs: impl IntoIterator<Item = (K, V)>) -> Result<Dict<K, V>> {
        let dict = Dict::new();
        for (key, value) in pairs {
            dict.insert(key, value)?;
        }
        Ok(dict)
    }

    /// `d.get(key)`
    pub fn get(&self, key: &K) -> Result<Option<V>> {
        let place = Lookup::new(key)?.find(self.table())?;
        Ok(place.and_then(|place| self.value_at(place)))
    }

    /// `d.get(key, default)`
    pub fn get_or(&self, key: &K, default: V) -> Result<V> {
        Ok(self.get(key)?.unwrap_or(default))
    }

    fn value_at(&self, place: usize) -> Option<V> {
        Some(self.table().borrow().get(place)?.value.clone())
    }

    /// `d.copy()`
    pub fn copy(&self) -> Dict<K, V> {
        let table = self.table().borrow().clone();
        Dict::of(table)
    }

    /// The entry at or after a place, copied.
    pub(super) fn entry_from(&self, place: usize) -> Option<(usize, K, V)> {
        let table = self.table().borrow();
        let (place, entry) = table.next_from(place)?;
        Some((place, entry.key.clone(), entry.value.clone()))
    }
}

#[cold]
pub(super) fn missing<K: Key>(key: &K) -> Exception {
    Exception::with_argument(&KEY_ERROR, key.clone())
}

impl<K: Key, V: Trace + Clone> GetItem<K> for Dict<K, V> {
    type Output = V;

    #[inline]
    fn getitem(&self, key: &K) -> Result<V> {
        match self.get(key)? {
            Some(value) => Ok(value),
            None => Err(missing(key)),
        }
    }
}

/// For keys whose `hash` and `==` are none of a script.
impl<K: Key, V: Trace + Clone> Peek<K> for Dict<K, V> {
    #[inline]
    fn peek(&self, key: &K) -> Option<V> {
        self.get(key).ok().flatten()
    }
}

impl<K: Key, V: Trace + Clone> Contains<K> for Dict<K, V> {
    fn contains(&self, key: &K) -> Result<bool> {
        Ok(Lookup::new(key)?.find(self.table())?.is_some())
    }
}

impl<K: Trace, V: Trace> Len for Dict<K, V> {
    #[inline]
    fn len(&self) -> Result<i64> {
        Ok(self.count_items() as i64)
    }
}

impl<K: Trace, V: Trace> Truth for Dict<K, V> {
    #[inline]
    fn truth(&self) -> Result<bool> {
        Ok(self.count_items() != 0)
    }
}

impl<K: Trace, V: Trace> Identity for Dict<K, V> {
    #[inline]
    fn is(&self, other: &Dict<K, V>) -> bool {
        Gc::ptr_eq(&self.0, &other.0)
    }

    fn id(&self) -> i64 {
        Gc::as_ptr(&self.0).addr() as i64
    }
}

impl<K: Key, V: Trace + Clone + Equal + Identity> Equal for Dict<K, V> {
    fn eq(&self, other: &Dict<K, V>) -> Result<bool> {
        if self.count_items() != other.count_items() {
            return Ok(false);
        }
        let _comparing = Comparing::enter()?;
        let mut place = 0;
        while let Some((found, key, value)) = self.entry_from(place) {
            match other.get(&key)? {
                Some(others) if crate::builtins::protocol::same_or_equal(&value, &others)? => place = found + 1,
                _ => return Ok(false),
            }
        }
        Ok(true)
    }
}

impl<K: Key, V: Trace + Clone + Show> Show for Dict<K, V> {
    fn type_name(&self) -> &'static str {
        "dict"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        let Some(_printing) = Printing::enter(Gc::as_ptr(&self.0))? else {
            out.push_str("{...}");
            return Ok(());
        };
        out.push('{');
        let mut place = 0;
        while let Some((found, key, value)) = self.entry_from(place) {
            if place > 0 {
                out.push_str(", ");
            }
            key.write_repr(out)?;
            out.push_str(": ");
            value.write_repr(out)?;
            place = found + 1;
        }
        out.push('}');
        Ok(())
    }
}

impl<K: Trace, V: Trace> Clone for Dict<K, V> {
    #[inline]
    fn clone(&self) -> Dict<K, V> {
        Dict(self.0.clone())
    }
}

impl<K: Trace, V: Trace> Default for Dict<K, V> {
    #[track_caller]
    fn default() -> Dict<K, V> {
        Dict::new()
    }
}

impl<K: Key, V: Trace + Clone + Show> fmt::Debug for Dict<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.repr().map_err(|_| fmt::Error)?)
    }
}
