//! [`WeakKeyMap`]: something for each object, as long as it lives.

use core::fmt;

use super::likeness::{ByIdentity, ByValue, Likeness};
use super::table::{Role, Table, Walk};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};

/// A map whose keys it does not keep alive: Python's `WeakKeyDictionary`, but with true ephemerons.
///
/// An entry goes when its key dies: after the key's `__del__`, before its fields. The value is kept for the key's sake
/// only, so that one which leads back to its key, directly or through other such maps, does not keep it alive: a
/// collection finds it. (Python's keeps both as long as the dictionary lives.)
///
/// Keys are compared by identity, or by value in a map made with [`WeakKeyMap::by_value`]: then the key that was inserted
/// first stays. Iteration is in the order of insertion; what dies meanwhile is left out, and what is inserted isn't seen.
/// A clone refers to the same map.
///
/// Inserting, looking up and removing take constant time on average, and so does the end of an entry when its key dies.
/// While there are such maps, a full collection looks at all objects; chains of values that lead to other keys cost it
/// time in proportion to their number, in whatever order and through however many maps they were made.
///
/// ```
/// use refcycle::{Gc, WeakKeyMap, gc};
///
/// let notes: WeakKeyMap<String, Gc<(u32, Gc<String>)>> = WeakKeyMap::new();
/// let key = Gc::new(String::from("key"));
/// notes.insert(&key, Gc::new((1, key.clone())));
/// assert_eq!(notes.get(&key).unwrap().0, 1);
///
/// drop(key); // the value refers to it
/// gc::collect();
/// assert!(notes.is_empty());
/// ```
pub struct WeakKeyMap<K, V, L = ByIdentity>(Gc<Table<K, V, Of<L>>>)
where
    K: Trace + ?Sized,
    V: Trace,
    L: Likeness<K>;

/// The role of a [`WeakKeyMap`]'s table.
pub struct Of<L>(L);

impl<L: 'static> Role for Of<L> {
    const TYPE_NAME: &'static str = "WeakKeyMap";
    const WEAK_IS_KEY: bool = true;
    const IS_EPHEMERON: bool = true;
}

impl<K: Trace + ?Sized, V: Trace> WeakKeyMap<K, V> {
    /// An empty map whose keys are compared by identity.
    pub fn new() -> Self {
        WeakKeyMap(Table::new())
    }
}

impl<K: Trace + ?Sized, V: Trace> WeakKeyMap<K, V, ByValue>
where
    ByValue: Likeness<K>,
{
    /// An empty map whose keys are compared by value.
    ///
    /// ```
    /// use refcycle::{Gc, WeakKeyMap};
    ///
    /// let ages: WeakKeyMap<str, u32, _> = WeakKeyMap::by_value();
    /// let ann: Gc<str> = Gc::from("Ann");
    /// ages.insert(&ann, 33);
    /// assert_eq!(ages.get("Ann"), Some(33));
    /// ```
    pub fn by_value() -> Self {
        WeakKeyMap(Table::new())
    }
}

impl<K, V, L> WeakKeyMap<K, V, L>
where
    K: Trace + ?Sized,
    V: Trace,
    L: Likeness<K>,
{
    fn hash(&self, key: &K) -> u64 {
        L::hash(&self.0.random, key)
    }

    fn find(&self, key: &K) -> Option<usize> {
        self.find_hashed(self.hash(key), key)
    }

    fn find_hashed(&self, hash: u64, key: &K) -> Option<usize> {
        self.0.find(hash, |slot| L::is_same(&slot.weak, key))
    }

    /// Sets the value of a key. Returns the former one.
    pub fn insert(&self, key: &Gc<K>, value: V) -> Option<V> {
        let mut value = value;
        let hash = self.hash(key);
        if let Some(slot) = self.find_hashed(hash, key) {
            match self.0.replace_extra(slot, value) {
                Ok(old) => return Some(old),
                Err(new) => value = new,
            }
        }
        Table::add(&self.0, hash, key, value);
        None
    }

    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<V>
    where
        V: Clone,
    {
        self.with(key, V::clone)
    }

    /// What `look` makes of the value of a key, which need not be cloned for that.
    ///
    /// # Panics
    /// If `look` changes the map.
    ///
    /// ```
    /// use refcycle::{Gc, WeakKeyMap};
    ///
    /// let names: WeakKeyMap<u8, Vec<String>> = WeakKeyMap::new();
    /// let key = Gc::new(1);
    /// names.insert(&key, vec!["one".into(), "uno".into()]);
    /// assert_eq!(names.with(&key, Vec::len), Some(2));
    /// ```
    pub fn with<R>(&self, key: &K, look: impl FnOnce(&V) -> R) -> Option<R> {
        let slot = self.find(key)?;
        self.0.read(slot, |slot| look(&slot.extra))
    }

    /// The value of a key; that which `make` returns is inserted if there is none. `make` may use the map.
    ///
    /// ```
    /// use refcycle::{Gc, WeakKeyMap};
    ///
    /// let lengths: WeakKeyMap<String, usize> = WeakKeyMap::new();
    /// let text = Gc::new(String::from("text"));
    /// assert_eq!(lengths.get_or_insert_with(&text, || text.len()), 4);
    /// assert_eq!(lengths.get(&text), Some(4));
    /// ```
    pub fn get_or_insert_with(&self, key: &Gc<K>, make: impl FnOnce() -> V) -> V
    where
        V: Clone,
    {
        self.get(key).unwrap_or_else(|| {
            let value = make();
            self.insert(key, value.clone());
            value
        })
    }

    /// Removes a key. Returns its value.
    pub fn remove(&self, key: &K) -> Option<V> {
        let slot = self.find(key)?;
        Some(self.0.remove(slot)?.extra)
    }

    /// Removes the entry that was inserted last, and returns it; `None` if the map is empty.
    pub fn pop(&self) -> Option<(Gc<K>, V)> {
        let (slot, key) = self.0.last()?;
        Some((key, self.0.remove(slot)?.extra))
    }

    /// Has the key a value?
    pub fn contains_key(&self, key: &K) -> bool {
        self.find(key).is_some()
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

    /// The keys, which are alive as long as somebody has the list.
    pub fn keys(&self) -> Vec<Gc<K>> {
        let mut walk = Table::iterate(&self.0);
        core::iter::from_fn(|| walk.next(|_| ())).map(|(key, ())| key).collect()
    }

    /// The values, in the order of [`WeakKeyMap::keys`].
    pub fn values(&self) -> Vec<V>
    where
        V: Clone,
    {
        self.iter().map(|(_, value)| value).collect()
    }

    /// The entries: a counted reference to the key, and a clone of the value.
    ///
    /// ```
    /// use refcycle::{Gc, WeakKeyMap};
    ///
    /// let map = WeakKeyMap::new();
    /// let keys = [Gc::new('a'), Gc::new('b')];
    /// keys.iter().zip(1..).for_each(|(key, number)| { map.insert(key, number); });
    /// assert!(map.iter().map(|(key, number)| (*key, number)).eq([('a', 1), ('b', 2)]));
    /// ```
    pub fn iter(&self) -> WeakKeyIter<K, V, L>
    where
        V: Clone,
    {
        WeakKeyIter(Table::iterate(&self.0))
    }

    /// Are these the same map?
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        Gc::ptr_eq(&this.0, &other.0)
    }
}

/// Iterates over the entries of a [`WeakKeyMap`].
pub struct WeakKeyIter<K, V, L>(Walk<K, V, Of<L>>)
where
    K: Trace + ?Sized,
    V: Trace,
    L: Likeness<K>;

impl<K, V, L> Iterator for WeakKeyIter<K, V, L>
where
    K: Trace + ?Sized,
    V: Trace + Clone,
    L: Likeness<K>,
{
    type Item = (Gc<K>, V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next(V::clone)
    }
}

impl<K, V, L> IntoIterator for &WeakKeyMap<K, V, L>
where
    K: Trace + ?Sized,
    V: Trace + Clone,
    L: Likeness<K>,
{
    type Item = (Gc<K>, V);
    type IntoIter = WeakKeyIter<K, V, L>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K, V, L> Clone for WeakKeyMap<K, V, L>
where
    K: Trace + ?Sized,
    V: Trace,
    L: Likeness<K>,
{
    fn clone(&self) -> Self {
        WeakKeyMap(self.0.clone())
    }
}

impl<K: Trace + ?Sized, V: Trace> Default for WeakKeyMap<K, V> {
    fn default() -> Self {
        WeakKeyMap::new()
    }
}

impl<K, V, L> fmt::Debug for WeakKeyMap<K, V, L>
where
    K: Trace + ?Sized,
    V: Trace,
    L: Likeness<K>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<WeakKeyMap of {}>", self.len())
    }
}

// SAFETY: it owns one `Gc`, to its table.
unsafe impl<K, V, L> Trace for WeakKeyMap<K, V, L>
where
    K: Trace + ?Sized,
    V: Trace,
    L: Likeness<K>,
{
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }

    fn drops_quietly() -> bool {
        true
    }
}
