//! Adding and removing items.

use super::Set;
use crate::builtins::exceptions::KEY_ERROR;
use crate::builtins::lookup::Lookup;
use crate::builtins::protocol::{Iterate, Key, collect};
use crate::builtins::{Exception, Result};
use crate::trace::Trace;

impl<T: Key> Set<T> {
    /// `s.add(item)`: an equal item that is there stays.
    pub fn add(&self, item: T) -> Result<()> {
        let lookup = Lookup::new(&item)?;
        let hash = lookup.hash;
        if lookup.find(self.table())?.is_none() {
            self.table().borrow_mut().push(hash, item, ());
        }
        Ok(())
    }

    /// Takes an equal item out.
    pub(super) fn take(&self, item: &T) -> Result<Option<T>> {
        let place = Lookup::new(item)?.find(self.table())?;
        let entry = place.and_then(|place| self.table().borrow_mut().remove(place));
        Ok(entry.map(|entry| entry.key))
    }

    /// `s.remove(item)`
    pub fn remove(&self, item: &T) -> Result<()> {
        match self.take(item)? {
            Some(removed) => {
                drop(removed);
                Ok(())
            }
            None => Err(Exception::with_argument(&KEY_ERROR, item.clone())),
        }
    }

    /// `s.discard(item)`
    pub fn discard(&self, item: &T) -> Result<()> {
        let removed = self.take(item)?;
        drop(removed);
        Ok(())
    }

    /// `s.pop()`: the oldest item.
    pub fn pop(&self) -> Result<T> {
        let entry = {
            let mut table = self.table().borrow_mut();
            let first = table.next_from(0).map(|(place, _)| place);
            first.and_then(|place| table.remove(place))
        };
        entry.map(|entry| entry.key).ok_or_else(|| Exception::new(&KEY_ERROR, "pop from an empty set"))
    }

    /// `s.update(items)`
    pub fn update<I: Iterate<Item = T>>(&self, items: &I) -> Result<()> {
        // Collected first: it may be an iterator over this very set.
        for item in collect(items)? {
            self.add(item)?;
        }
        Ok(())
    }
}

impl<T: Trace> Set<T> {
    /// `s.clear()`: the set is empty before the first item dies.
    pub fn clear(&self) {
        let former = self.table().borrow_mut().take();
        drop(former);
    }
}
