//! [`WeakValueDictionary`].

use super::container::{Entries, Item, WeakIter, dictionary, empty, handle, pairs, role, upgraded};
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

role!(Values, "WeakValueDictionary", weak is key: false, looking removes: true, "dictionary changed size during iteration");

/// Python's `weakref.WeakValueDictionary`: values are not kept alive, and an entry goes when its value dies; if somebody
/// iterates then, when the dictionary is used next, as in CPython 3.11.
///
/// ```
/// use refcycle::builtins::weakref::WeakValueDictionary;
/// use refcycle::builtins::{List, Str, protocol::Len};
///
/// let cache: WeakValueDictionary<Str, List<i64>> = WeakValueDictionary::new();
/// let list = List::from([1]);
/// cache.insert("a".into(), list.clone()).unwrap();
/// assert_eq!(cache.get(&"a".into()).unwrap().unwrap().to_vec(), [1]);
/// drop(list);
/// assert_eq!(cache.len().unwrap(), 0);
/// ```
pub struct WeakValueDictionary<K: Trace, V: Referent>(Gc<Table<V::Object, K, Values>>);

handle!([K: Trace, V: Referent] WeakValueDictionary<K, V>, Table<V::Object, K, Values>);
dictionary!([K: Trace, V: Referent] [K: Key, V: Referent] WeakValueDictionary<K, V>);

impl<K: Trace, V: Referent> WeakValueDictionary<K, V> {
    /// An empty dictionary.
    pub fn new() -> Self {
        WeakValueDictionary(Table::new())
    }

    fn count(&self) -> usize {
        self.0.remove_pending();
        self.0.len()
    }
}

impl<K: Key, V: Referent> WeakValueDictionary<K, V> {
    fn find(&self, key: &K) -> Result<Option<usize>> {
        let living = |slot: &Slot<V::Object, K>| (!slot.weak.is_cleared()).then(|| slot.extra.clone());
        self.0.search(spread(key.hash()?), living, |stored| same_or_equal(stored, key))
    }

    /// `d.get(key)`
    pub fn get(&self, key: &K) -> Result<Option<V>> {
        self.0.remove_pending();
        Ok(self.find(key)?.and_then(|slot| upgraded(&self.0, slot)))
    }

    /// `d[key] = value`: an equal key that is there stays.
    pub fn insert(&self, key: K, value: V) -> Result<()> {
        self.0.remove_pending();
        match self.find(&key)? {
            Some(slot) => drop(Table::replace_object(&self.0, slot, value.pointer())),
            None => Table::add(&self.0, spread(key.hash()?), value.pointer(), key),
        }
        Ok(())
    }

    /// `d.pop(key, None)`
    pub fn pop_optional(&self, key: &K) -> Result<Option<V>> {
        self.0.remove_pending();
        let removed = self.find(key)?.and_then(|slot| self.0.remove(slot));
        Ok(removed.and_then(|slot| slot.weak.upgrade()).map(V::from_pointer))
    }

    #[cold]
    fn missing_key(key: &K) -> Exception {
        Exception::with_argument(&KEY_ERROR, key.clone())
    }

    /// `d.popitem()`: the newest entry.
    pub fn popitem(&self) -> Result<Tuple2<K, V>> {
        self.0.remove_pending();
        let (slot, value) = self.0.last().ok_or_else(empty)?;
        let removed = self.0.remove(slot).ok_or_else(empty)?;
        Ok(Tuple2 { _0: removed.extra, _1: V::from_pointer(value) })
    }

    /// `d.keys()`
    pub fn keys(&self) -> Iter<K> {
        WeakIter::<_, _, _, Keys>::object(&self.0)
    }

    /// `d.values()`
    pub fn values(&self) -> Iter<V> {
        WeakIter::<_, _, _, LivingValues<V>>::object(&self.0)
    }

    /// `d.items()`
    pub fn items(&self) -> Iter<Tuple2<K, V>> {
        WeakIter::<_, _, _, Items<V>>::object(&self.0)
    }

    /// `d.valuerefs()`
    pub fn valuerefs(&self) -> Result<List<Ref<V>>> {
        Ok(collect(&self.values())?.into_iter().map(|object| reference(&object)).collect())
    }
}

/// The keys of a [`WeakValueDictionary`].
pub enum Keys {}

impl<T: ?Sized, K: Clone + Trace> Item<T, K> for Keys {
    type Item = K;

    fn item(_object: Gc<T>, key: K) -> K {
        key
    }
}

/// The values of a [`WeakValueDictionary`].
pub struct LivingValues<V>(V);

impl<K, V: Referent> Item<V::Object, K> for LivingValues<V> {
    type Item = V;

    fn item(object: Gc<V::Object>, _key: K) -> V {
        V::from_pointer(object)
    }
}

/// The entries of a [`WeakValueDictionary`].
pub struct Items<V>(V);

impl<K: Clone + Trace, V: Referent> Item<V::Object, K> for Items<V> {
    type Item = Tuple2<K, V>;

    fn item(object: Gc<V::Object>, key: K) -> Tuple2<K, V> {
        Tuple2 { _0: key, _1: V::from_pointer(object) }
    }
}

impl<K: Key, V: Referent> Iterate for WeakValueDictionary<K, V> {
    type Item = K;
    type Iter = WeakIter<V::Object, K, Values, Keys>;

    fn iter(&self) -> Result<Self::Iter> {
        Ok(WeakIter::new(&self.0))
    }
}
