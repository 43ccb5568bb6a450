//! The hash table of `dict` and `set`: entries in the order of insertion, found through an index of places.
//!
//! It is CPython's compact dict. An ordered map off the shelf would shift all later entries at a removal, or change their
//! order, and would call a key's equality while it is borrowed; here a removal leaves a hole, and the caller compares
//! keys, so that script code never runs inside the table.

use crate::trace::{Step, Trace, Tracer};
use hashbrown::HashTable;

/// An entry; dropped key first, as in CPython.
pub(crate) struct Entry<K, V> {
    hash: u64,
    pub key: K,
    pub value: V,
}

/// Entries in the order of insertion.
pub(crate) struct Table<K, V> {
    /// The places of the living entries, by hash.
    index: HashTable<usize>,
    /// A removed entry leaves a hole.
    entries: Vec<Option<Entry<K, V>>>,
    /// Changes whenever places change their meaning.
    epoch: u64,
    /// Changes whenever an entry comes or goes.
    version: u64,
}

impl<K, V> Table<K, V> {
    pub fn new() -> Self {
        Table { index: HashTable::new(), entries: Vec::new(), epoch: 0, version: 0 }
    }

    pub fn with_capacity(capacity: usize) -> Self {
        Table { index: HashTable::with_capacity(capacity), entries: Vec::with_capacity(capacity), epoch: 0, version: 0 }
    }

    pub fn len(&self) -> usize {
        self.index.len()
    }

    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    pub fn version(&self) -> u64 {
        self.version
    }

    /// The entry at a place, if there is one.
    #[inline]
    pub fn get(&self, place: usize) -> Option<&Entry<K, V>> {
        self.entries.get(place)?.as_ref()
    }

    pub fn get_mut(&mut self, place: usize) -> Option<&mut Entry<K, V>> {
        self.entries.get_mut(place)?.as_mut()
    }

    /// Places at which there is or was an entry.
    pub fn end(&self) -> usize {
        self.entries.len()
    }

    /// The first entry at or after a place.
    #[inline]
    pub fn next_from(&self, place: usize) -> Option<(usize, &Entry<K, V>)> {
        let rest = self.entries.get(place..)?;
        rest.iter().enumerate().find_map(|(i, entry)| Some((place + i, entry.as_ref()?)))
    }

    /// The last entry before a place.
    pub fn last_before(&self, place: usize) -> Option<(usize, &Entry<K, V>)> {
        let before = &self.entries[..place.min(self.entries.len())];
        before.iter().enumerate().rev().find_map(|(i, entry)| Some((i, entry.as_ref()?)))
    }

    /// The living entries.
    pub fn iter(&self) -> impl Iterator<Item = &Entry<K, V>> {
        self.entries.iter().flatten()
    }

    /// The first place with this hash whose key `is_wanted`.
    #[inline]
    pub fn find(&self, hash: u64, mut is_wanted: impl FnMut(usize, &K) -> bool) -> Option<usize> {
        let entries = &self.entries;
        let place = self.index.find(hash, |place| {
            entries[*place].as_ref().is_some_and(|entry| entry.hash == hash && is_wanted(*place, &entry.key))
        });
        place.copied()
    }

    /// Adds an entry whose key isn't there; gives its place.
    pub fn push(&mut self, hash: u64, key: K, value: V) -> usize {
        if self.entries.len() == self.entries.capacity() && self.entries.len() > 2 * self.len() {
            self.compact();
        }
        self.version += 1;
        let place = self.entries.len();
        self.entries.push(Some(Entry { hash, key, value }));
        let entries = &self.entries;
        self.index.insert_unique(hash, place, |place| entries[*place].as_ref().map_or(0, |entry| entry.hash));
        place
    }

    /// Closes the holes.
    fn compact(&mut self) {
        self.epoch += 1;
        self.entries.retain(Option::is_some);
        self.index.clear();
        for (place, entry) in self.entries.iter().enumerate() {
            if let Some(entry) = entry {
                // There is room for as many as there were.
                self.index.insert_unique(entry.hash, place, |_| unreachable!("the index doesn't grow"));
            }
        }
    }

    /// Takes the entry at a place out.
    pub fn remove(&mut self, place: usize) -> Option<Entry<K, V>> {
        let entry = self.entries.get_mut(place)?.take()?;
        self.version += 1;
        if let Ok(found) = self.index.find_entry(entry.hash, |candidate| *candidate == place) {
            found.remove();
        }
        while let Some(None) = self.entries.last() {
            self.entries.pop();
        }
        Some(entry)
    }

    /// Takes everything out.
    pub fn take(&mut self) -> Table<K, V> {
        let (epoch, version) = (self.epoch + 1, self.version + 1);
        core::mem::replace(self, Table { epoch, version, ..Table::new() })
    }

    /// Becomes `other`; this table must be empty.
    pub fn adopt(&mut self, other: Table<K, V>) {
        debug_assert_eq!(self.len(), 0);
        let (epoch, version) = (self.epoch + 1, self.version + 1);
        *self = Table { epoch, version, ..other };
    }
}

impl<K: Clone, V: Clone> Clone for Table<K, V> {
    fn clone(&self) -> Self {
        let mut copy = Table::with_capacity(self.len());
        for entry in self.iter() {
            copy.push(entry.hash, entry.key.clone(), entry.value.clone());
        }
        copy
    }
}

// SAFETY: the entries are all that it owns; the index holds numbers.
unsafe impl<K: Trace, V: Trace> Trace for Table<K, V> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.items(self.entries.iter(), |entry, tracer| {
            if let Some(entry) = entry {
                entry.key.trace(tracer);
                entry.value.trace(tracer);
            }
        });
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        for (index, entry) in self.iter().enumerate() {
            tracer.step(Step::Key(index), |tracer| entry.key.trace_named(tracer));
            tracer.step(Step::Index(index), |tracer| entry.value.trace_named(tracer));
        }
    }

    fn acyclic() -> bool {
        K::acyclic() && V::acyclic()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spread::spread;

    fn find(table: &Table<i64, ()>, key: i64) -> Option<usize> {
        table.find(spread(key), |_, k| *k == key)
    }

    fn keys(table: &Table<i64, ()>) -> Vec<i64> {
        table.iter().map(|entry| entry.key).collect()
    }

    #[test]
    fn a_removal_keeps_the_order() {
        let mut table = Table::new();
        for key in 0..5 {
            table.push(spread(key), key, ());
        }
        let place = find(&table, 2).unwrap();
        assert_eq!(table.remove(place).unwrap().key, 2);
        table.push(spread(2), 2, ());
        assert_eq!(keys(&table), [0, 1, 3, 4, 2]);
        assert_eq!(table.next_from(2).unwrap().1.key, 3);
        assert_eq!(table.last_before(3).unwrap().1.key, 1);
    }

    #[test]
    fn holes_are_closed_when_there_are_many() {
        let mut table = Table::new();
        for key in 0..10_000 {
            table.push(spread(key), key, ());
            if key >= 3 {
                let place = find(&table, key - 3).unwrap();
                table.remove(place);
            }
        }
        assert_eq!(keys(&table), [9997, 9998, 9999]);
        assert!(table.entries.capacity() < 100);
        assert!(find(&table, 5000).is_none() && find(&table, 9998).is_some());
    }

    #[test]
    fn removing_from_the_end_leaves_no_holes() {
        let mut table = Table::new();
        for key in 0..100 {
            table.push(spread(key), key, ());
        }
        while let Some((place, _)) = table.last_before(table.end()) {
            table.remove(place);
        }
        assert_eq!((table.len(), table.end()), (0, 0));
    }

    #[test]
    fn it_agrees_with_a_plain_list() {
        let mut random = 1u64;
        let mut next = |limit: u64| {
            random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (random >> 33) % limit
        };
        let mut table: Table<i64, ()> = Table::new();
        let mut model: Vec<i64> = Vec::new();
        for step in 0..20_000 {
            let key = next(if step % 2000 < 1000 { 300 } else { 20 }) as i64;
            let place = find(&table, key);
            assert_eq!(place.is_some(), model.contains(&key));
            match (next(4), place) {
                (0 | 1, None) => {
                    table.push(spread(key), key, ());
                    model.push(key);
                }
                (2, Some(place)) => {
                    assert_eq!(table.remove(place).unwrap().key, key);
                    model.retain(|k| *k != key);
                }
                (3, _) if step % 500 == 0 => assert_eq!(table.take().iter().count(), core::mem::take(&mut model).len()),
                _ => {}
            }
            assert_eq!(table.len(), model.len());
            if step % 50 == 0 {
                assert_eq!(keys(&table), model);
                assert_eq!(table.last_before(table.end()).map(|(_, entry)| entry.key), model.last().copied());
            }
        }
    }
}
