//! Finding a key in a table that code of a script may change meanwhile.

use super::Result;
use super::protocol::Key;
use super::table::Table;
use crate::spread::spread;
use core::cell::RefCell;

/// A key with its hash, computed once.
pub(crate) struct Lookup<'a, K> {
    key: &'a K,
    pub hash: u64,
}

impl<'a, K: Key> Lookup<'a, K> {
    /// Hashes the key, which may run code of a script.
    pub fn new(key: &'a K) -> Result<Self> {
        Ok(Lookup { key, hash: spread(key.hash()?) })
    }

    /// The place of the key. It holds as long as no code of a script runs.
    pub fn find<V>(&self, table: &RefCell<Table<K, V>>) -> Result<Option<usize>> {
        if !K::COMPARING_RUNS_CODE {
            let mut failure = None;
            let place = table.borrow().find(self.hash, |_, key| {
                key.is(self.key) || key.eq(self.key).unwrap_or_else(|error| failure.replace(error).is_some())
            });
            return failure.map_or(Ok(place), Err);
        }
        loop {
            if let Some(found) = self.find_once(table)? {
                return Ok(found);
            }
        }
    }

    /// One pass; None if an `__eq__` has changed the table, so that it has to be made again, as in CPython.
    fn find_once<V>(&self, table: &RefCell<Table<K, V>>) -> Result<Option<Option<usize>>> {
        // Held by copies, since an `__eq__` may remove them from the table.
        let mut candidates = Vec::new();
        let same = table.borrow().find(self.hash, |place, key| {
            if key.is(self.key) {
                return true;
            }
            candidates.push((place, key.clone()));
            false
        });
        if same.is_some() || candidates.is_empty() {
            return Ok(Some(same));
        }
        let version = table.borrow().version();
        let mut found = None;
        for (place, candidate) in &candidates {
            let is_equal = candidate.eq(self.key)?;
            if table.borrow().version() != version {
                return Ok(None);
            }
            if is_equal {
                found = Some(*place);
                break;
            }
        }
        // The last copy of a removed key may die here.
        drop(candidates);
        Ok((table.borrow().version() == version).then_some(found))
    }
}
