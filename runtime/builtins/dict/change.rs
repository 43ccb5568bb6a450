//! Adding and removing entries.

use super::Dict;
use super::object::missing;
use crate::builtins::exceptions::KEY_ERROR;
use crate::builtins::lookup::Lookup;
use crate::builtins::protocol::{DelItem, IOr, Iterate, Key, Or, ScriptIterator, SetItem};
use crate::builtins::tuple::Tuple2;
use crate::builtins::{Exception, Result};
use crate::trace::Trace;

impl<K: Key, V: Trace + Clone> Dict<K, V> {
    /// `d[key] = value`: an equal key that is there stays, with its place. The former value dies last.
    pub fn insert(&self, key: K, value: V) -> Result<()> {
        let lookup = Lookup::new(&key)?;
        let hash = lookup.hash;
        let place = lookup.find(self.table())?;
        let former = {
            let mut table = self.table().borrow_mut();
            match place.and_then(|place| table.get_mut(place)) {
                Some(entry) => Some((core::mem::replace(&mut entry.value, value), key)),
                None => {
                    table.push(hash, key, value);
                    None
                }
            }
        };
        drop(former);
        Ok(())
    }

    fn remove(&self, key: &K) -> Result<Option<(K, V)>> {
        let place = Lookup::new(key)?.find(self.table())?;
        let entry = place.and_then(|place| self.table().borrow_mut().remove(place));
        Ok(entry.map(|entry| (entry.key, entry.value)))
    }

    /// `d.pop(key)`
    pub fn pop(&self, key: &K) -> Result<V> {
        match self.remove(key)? {
            Some((_, value)) => Ok(value),
            None => Err(missing(key)),
        }
    }

    /// `d.pop(key, default)`
    pub fn pop_or(&self, key: &K, default: V) -> Result<V> {
        Ok(self.remove(key)?.map_or(default, |(_, value)| value))
    }

    /// `d.pop(key, None)`
    pub fn pop_optional(&self, key: &K) -> Result<Option<V>> {
        Ok(self.remove(key)?.map(|(_, value)| value))
    }

    /// `d.popitem()`: the newest entry.
    pub fn popitem(&self) -> Result<Tuple2<K, V>> {
        let entry = {
            let mut table = self.table().borrow_mut();
            let last = table.last_before(table.end()).map(|(place, _)| place);
            last.and_then(|place| table.remove(place))
        };
        match entry {
            Some(entry) => Ok(Tuple2 { _0: entry.key, _1: entry.value }),
            None => Err(Exception::new(&KEY_ERROR, "popitem(): dictionary is empty")),
        }
    }

    /// `d.setdefault(key, default)`: the default is dropped at once if it isn't needed.
    pub fn setdefault(&self, key: K, default: V) -> Result<V> {
        let lookup = Lookup::new(&key)?;
        let hash = lookup.hash;
        if let Some(place) = lookup.find(self.table())? {
            let value = self.table().borrow().get(place).map(|entry| entry.value.clone());
            return Ok(value.unwrap_or(default));
        }
        self.table().borrow_mut().push(hash, key, default.clone());
        Ok(default)
    }

    /// `d.clear()`: the dict is empty before the first entry dies.
    pub fn clear(&self) {
        if self.table().borrow().len() > 0 {
            let former = self.table().borrow_mut().take();
            drop(former);
        }
    }

    /// `dict.fromkeys(keys, value)`
    pub fn fromkeys_with<I: Iterate<Item = K> + ?Sized>(keys: &I, value: V) -> Result<Dict<K, V>> {
        let dict = Dict::new();
        let mut keys = keys.iter()?;
        while let Some(key) = keys.next()? {
            dict.insert(key, value.clone())?;
        }
        Ok(dict)
    }

    /// `d.update(pairs)`
    pub fn update_from<I: Iterate<Item = Tuple2<K, V>> + ?Sized>(&self, pairs: &I) -> Result<()> {
        let mut pairs = pairs.iter()?;
        while let Some(Tuple2 { _0: key, _1: value }) = pairs.next()? {
            self.insert(key, value)?;
        }
        Ok(())
    }

    /// `d.update(other)`
    pub fn update(&self, other: &Dict<K, V>) -> Result<()> {
        if crate::builtins::protocol::Identity::is(self, other) {
            return Ok(());
        }
        let mut place = 0;
        while let Some((found, key, value)) = other.entry_from(place) {
            self.insert(key, value)?;
            place = found + 1;
        }
        Ok(())
    }
}

impl<K: Key> Dict<K, ()> {
    /// `dict.fromkeys(keys)`
    pub fn fromkeys<I: Iterate<Item = K> + ?Sized>(keys: &I) -> Result<Dict<K, ()>> {
        Dict::fromkeys_with(keys, ())
    }
}

impl<K: Key, V: Trace + Clone> SetItem<K, V> for Dict<K, V> {
    #[inline]
    fn setitem(&self, key: K, value: V) -> Result<()> {
        self.insert(key, value)
    }
}

impl<K: Key, V: Trace + Clone> DelItem<K> for Dict<K, V> {
    fn delitem(&self, key: &K) -> Result<()> {
        match self.remove(key)? {
            Some((key, value)) => {
                drop(key);
                drop(value);
                Ok(())
            }
            None => Err(missing(key)),
        }
    }
}

impl<K: Key, V: Trace + Clone> Or for Dict<K, V> {
    type Output = Dict<K, V>;

    fn or(&self, other: &Dict<K, V>) -> Result<Dict<K, V>> {
        let both = self.copy();
        both.update(other)?;
        Ok(both)
    }
}

/// `d |= other` changes the dict itself.
impl<K: Key, V: Trace + Clone> IOr for Dict<K, V> {
    fn ior(&self, other: &Dict<K, V>) -> Result<Dict<K, V>> {
        self.update(other)?;
        Ok(self.clone())
    }
}
