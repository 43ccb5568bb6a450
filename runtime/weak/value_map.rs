//! [`WeakValueMap`]: objects by key, as long as they live.

use core::borrow::Borrow;
use core::fmt;
use core::hash::{BuildHasher, Hash};

use super::table::{Role, Table, Walk};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};

/// A map whose values it does not keep alive: Python's `WeakValueDictionary`.
///
/// An entry goes when its value dies: after the value's `__del__`, before its fields. One that comes back from its
/// `__del__` keeps its entry, unless a collection had found it.
///
/// Iteration is in the order of insertion; what dies meanwhile is left out, and what is inserted isn't seen. A clone
/// refers to the same map. Inserting, looking up and removing take constant time on average, and so does the end of an
/// entry when its value dies.
///
/// ```
/// use refcycle::{Gc, WeakValueMap};
///
/// let cache = WeakValueMap::new();
/// let one = Gc::new(1.0);
/// cache.insert("one", &one);
/// assert_eq!(cache.get("one").as_deref(), Some(&1.0));
/// drop(one);
/// assert!(cache.get("one").is_none());
/// assert!(cache.is_empty());
/// ```
pub struct WeakValueMap<K: Trace, V: Trace + ?Sized>(Gc<Table<V, K, Values>>);

/// The role of a [`WeakValueMap`]'s table.
pub enum Values {}

impl Role for Values {
    const TYPE_NAME: &'static str = "WeakValueMap";
    const WEAK_IS_KEY: bool = false;
    const IS_EPHEMERON: bool = false;
}

impl<K: Trace + Eq + Hash, V: Trace + ?Sized> WeakValueMap<K, V> {
    /// An empty map.
    pub fn new() -> Self {
        WeakValueMap(Table::new())
    }

    fn find<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        self.find_hashed(self.0.random.hash_one(key), key)
    }

    fn find_hashed<Q: Eq + Hash + ?Sized>(&self, hash: u64, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        self.0.find(hash, |slot| !slot.weak.is_cleared() && slot.extra.borrow() == key)
    }

    /// Sets the value of a key. Returns the former one, if it is alive.
    pub fn insert(&self, key: K, value: &Gc<V>) -> Option<Gc<V>> {
        let hash = self.0.random.hash_one(&key);
        if let Some(slot) = self.find_hashed(hash, &key)
            && let Some(old) = Table::replace_object(&self.0, slot, value)
        {
            return old.upgrade();
        }
        Table::add(&self.0, hash, value, key);
        None
    }

    /// The value of a key, if it is alive.
    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<Gc<V>>
    where
        K: Borrow<Q>,
    {
        let slot = self.find(key)?;
        self.0.read(slot, |slot| slot.weak.upgrade())?
    }

    /// The value of a key; that which `make` returns is inserted if there is none. `make` may use the map.
    ///
    /// ```
    /// use refcycle::{Gc, WeakValueMap};
    ///
    /// let names: WeakValueMap<u32, String> = WeakValueMap::new();
    /// let one = names.get_or_insert_with(1, || Gc::new("one".into()));
    /// let same = names.get_or_insert_with(1, || unreachable!());
    /// assert!(Gc::ptr_eq(&one, &same));
    /// ```
    pub fn get_or_insert_with(&self, key: K, make: impl FnOnce() -> Gc<V>) -> Gc<V> {
        self.get(&key).unwrap_or_else(|| {
            let value = make();
            self.insert(key, &value);
            value
        })
    }

    /// Removes a key. Returns its value, if it is alive.
    pub fn remove<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<Gc<V>>
    where
        K: Borrow<Q>,
    {
        let slot = self.find(key)?;
        self.0.remove(slot)?.weak.upgrade()
    }

    /// Has the key a value that is alive?
    pub fn contains_key<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_some_and(|slot| self.0.read(slot, |slot| slot.weak.header().is_some()) == Some(true))
    }
}

impl<K: Trace, V: Trace + ?Sized> WeakValueMap<K, V> {
    /// Removes the entry that was inserted last, and returns it; `None` if the map is empty.
    pub fn pop(&self) -> Option<(K, Gc<V>)> {
        let (slot, value) = self.0.last()?;
        Some((self.0.remove(slot)?.extra, value))
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is there no entry?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Removes all entries.
    pub fn clear(&self) {
        self.0.clear();
    }

    /// The keys.
    pub fn keys(&self) -> Vec<K>
    where
        K: Clone,
    {
        self.iter().map(|(key, _)| key).collect()
    }

    /// The values, which are alive as long as somebody has the list.
    pub fn values(&self) -> Vec<Gc<V>> {
        let mut walk = Table::iterate(&self.0);
        core::iter::from_fn(|| walk.next(|_| ())).map(|(value, ())| value).collect()
    }

    /// The entries: a clone of the key, and a counted reference to the value.
    ///
    /// ```
    /// use refcycle::{Gc, WeakValueMap};
    ///
    /// let map = WeakValueMap::new();
    /// let values = [Gc::new('a'), Gc::new('b')];
    /// (1..).zip(&values).for_each(|(number, value)| { map.insert(number, value); });
    /// assert!(map.iter().map(|(number, value)| (number, *value)).eq([(1, 'a'), (2, 'b')]));
    /// ```
    pub fn iter(&self) -> WeakValueIter<K, V>
    where
        K: Clone,
    {
        WeakValueIter(Table::iterate(&self.0))
    }

    /// Are these the same map?
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        Gc::ptr_eq(&this.0, &other.0)
    }
}

/// Iterates over the entries of a [`WeakValueMap`].
pub struct WeakValueIter<K: Trace, V: Trace + ?Sized>(Walk<V, K, Values>);

impl<K: Trace + Clone, V: Trace + ?Sized> Iterator for WeakValueIter<K, V> {
    type Item = (K, Gc<V>);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next(K::clone).map(|(value, key)| (key, value))
    }
}

impl<K: Trace + Clone, V: Trace + ?Sized> IntoIterator for &WeakValueMap<K, V> {
    type Item = (K, Gc<V>);
    type IntoIter = WeakValueIter<K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K: Trace, V: Trace + ?Sized> Clone for WeakValueMap<K, V> {
    fn clone(&self) -> Self {
        WeakValueMap(self.0.clone())
    }
}

impl<K: Trace + Eq + Hash, V: Trace + ?Sized> Default for WeakValueMap<K, V> {
    fn default() -> Self {
        WeakValueMap::new()
    }
}

impl<K: Trace, V: Trace + ?Sized> fmt::Debug for WeakValueMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<WeakValueMap of {}>", self.len())
    }
}

// SAFETY: it owns one `Gc`, to its table.
unsafe impl<K: Trace, V: Trace + ?Sized> Trace for WeakValueMap<K, V> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }

    fn drops_quietly() -> bool {
        true
    }
}
