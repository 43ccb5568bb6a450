//! [`WeakKeyDictionary`].

use super::container::{Entries, Item, WeakIter, dictionary, empty, handle, pairs, role};
use super::reference::{Ref, reference};
use crate::builtins::exceptions::KEY_ERROR;
use crate::builtins::protocol::{
    Contains, DelItem, Equal, GetItem, IOr, Identity, Iterate, Key, Or, SetItem, Show, collect, same_or_equal,
};
use crate::builtins::{Exception, Iter, List, Referent, Result, Tuple2};
use crate::pointer::Gc;
use crate::spread::spread;
use crate::trace::Trace;
use crate::weak::{Slot, Table};

role!(Keys, "WeakKeyDictionary", weak is key: true, looking removes: false, "dictionary changed size during iteration");

/// Python's `weakref.WeakKeyDictionary`: keys are not kept alive, and an entry goes when its key dies, with its value.
///
/// As in Python, the dictionary keeps its values, so that one which leads to its own key keeps it alive;
/// [`WeakKeyMap`](crate::WeakKeyMap) has true ephemerons.
///
/// ```
/// use refcycle::builtins::weakref::WeakKeyDictionary;
/// use refcycle::builtins::{Function, Str, protocol::Len};
///
/// let notes: WeakKeyDictionary<Function<(), ()>, Str> = WeakKeyDictionary::new();
/// let function = Function::new("f", (), |(), ()| Ok(()));
/// notes.insert(function.clone(), "a note".into()).unwrap();
/// assert_eq!(notes.get(&function).unwrap().unwrap(), "a note");
/// drop(function);
/// assert_eq!(notes.len().unwrap(), 0);
/// ```
pub struct WeakKeyDictionary<K: Referent, V: Trace>(Gc<Table<K::Object, V, Keys>>);

handle!([K: Referent, V: Trace] WeakKeyDictionary<K, V>, Table<K::Object, V, Keys>);
dictionary!([K: Referent, V: Trace] [K: Referent + Key, V: Trace + Clone] WeakKeyDictionary<K, V>);

impl<K: Referent, V: Trace> WeakKeyDictionary<K, V> {
    /// An empty dictionary.
    pub fn new() -> Self {
        WeakKeyDictionary(Table::new())
    }

    fn count(&self) -> usize {
        self.0.len()
    }
}

impl<K: Referent + Key, V: Trace + Clone> WeakKeyDictionary<K, V> {
    fn find(&self, key: &K) -> Result<Option<usize>> {
        let living = |slot: &Slot<K::Object, V>| slot.weak.upgrade().map(K::from_pointer);
        self.0.search(spread(key.hash()?), living, |stored| same_or_equal(stored, key))
    }

    fn value_at(&self, slot: usize) -> Option<V> {
        self.0.read(slot, |slot| slot.extra.clone())
    }

    /// `d.get(key)`
    pub fn get(&self, key: &K) -> Result<Option<V>> {
        Ok(self.find(key)?.and_then(|slot| self.value_at(slot)))
    }

    /// `d[key] = value`: an equal key that is there stays. The former value dies last.
    pub fn insert(&self, key: K, value: V) -> Result<()> {
        match self.find(&key)? {
            Some(slot) => drop(self.0.replace_extra(slot, value)),
            None => Table::add(&self.0, spread(key.hash()?), key.pointer(), value),
        }
        Ok(())
    }

    /// `d.pop(key, None)`
    pub fn pop_optional(&self, key: &K) -> Result<Option<V>> {
        let removed = self.find(key)?.and_then(|slot| self.0.remove(slot));
        Ok(removed.map(|slot| slot.extra))
    }

    #[cold]
    fn missing_key(key: &K) -> Exception {
        Exception::with_argument(&KEY_ERROR, reference(key))
    }

    /// `d.popitem()`: the newest entry.
    pub fn popitem(&self) -> Result<Tuple2<K, V>> {
        let (slot, key) = self.0.last().ok_or_else(empty)?;
        let removed = self.0.remove(slot).ok_or_else(empty)?;
        Ok(Tuple2 { _0: K::from_pointer(key), _1: removed.extra })
    }

    /// `d.keys()`
    pub fn keys(&self) -> Iter<K> {
        WeakIter::<_, _, _, LivingKeys<K>>::object(&self.0)
    }

    /// `d.values()`
    pub fn values(&self) -> Iter<V> {
        WeakIter::<_, _, _, Values>::object(&self.0)
    }

    /// `d.items()`
    pub fn items(&self) -> Iter<Tuple2<K, V>> {
        WeakIter::<_, _, _, Items<K>>::object(&self.0)
    }

    /// `d.keyrefs()`
    pub fn keyrefs(&self) -> Result<List<Ref<K>>> {
        Ok(collect(&self.keys())?.into_iter().map(|object| reference(&object)).collect())
    }
}

/// The keys of a [`WeakKeyDictionary`].
pub struct LivingKeys<K>(K);

impl<K: Referent, V> Item<K::Object, V> for LivingKeys<K> {
    type Item = K;

    fn item(object: Gc<K::Object>, _value: V) -> K {
        K::from_pointer(object)
    }
}

/// The values of a [`WeakKeyDictionary`].
pub enum Values {}

impl<T: ?Sized, V: Clone + Trace> Item<T, V> for Values {
    type Item = V;

    fn item(_object: Gc<T>, value: V) -> V {
        value
    }
}

/// The entries of a [`WeakKeyDictionary`].
pub struct Items<K>(K);

impl<K: Referent, V: Clone + Trace> Item<K::Object, V> for Items<K> {
    type Item = Tuple2<K, V>;

    fn item(object: Gc<K::Object>, value: V) -> Tuple2<K, V> {
        Tuple2 { _0: K::from_pointer(object), _1: value }
    }
}

impl<K: Referent + Key, V: Trace + Clone> Iterate for WeakKeyDictionary<K, V> {
    type Item = K;
    type Iter = WeakIter<K::Object, V, Keys, LivingKeys<K>>;

    fn iter(&self) -> Result<Self::Iter> {
        Ok(WeakIter::new(&self.0))
    }
}
