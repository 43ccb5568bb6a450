//! Adding and removing items.

use super::List;
use crate::builtins::exceptions::{INDEX_ERROR, VALUE_ERROR};
use crate::builtins::protocol::{DelItem, Equal, Identity, Iterate, SetItem, collect};
use crate::builtins::slice::{out_of_range, place};
use crate::builtins::{Exception, Result};
use crate::trace::Trace;

impl<T: Trace> List<T> {
    /// `xs.append(item)`
    #[inline]
    pub fn append(&self, item: T) {
        self.change(|items| items.push(item));
    }

    /// `xs.insert(index, item)`: an index beyond an end means that end.
    pub fn insert(&self, index: i64, item: T) {
        self.change(|items| {
            let len = items.len() as i64;
            let index = if index < 0 { index.saturating_add(len) } else { index };
            items.insert(index.clamp(0, len) as usize, item);
        });
    }

    /// `xs.pop(index)`
    #[inline]
    pub fn pop(&self, index: i64) -> Result<T> {
        self.take_item(index).ok_or_else(|| self.nothing_to_pop())
    }

    /// Takes the item at an index out, if there is one.
    #[inline]
    pub fn take_item(&self, index: i64) -> Option<T> {
        self.change(|items| {
            if index == -1 {
                return items.pop();
            }
            place(index, items.len()).map(|place| items.remove(place))
        })
    }

    /// Puts a value in the place of the item at an index, and hands that out, if there is one.
    #[inline]
    pub fn replace_item(&self, index: i64, value: T) -> Option<T> {
        let former = self.change(|items| match place(index, items.len()) {
            Some(place) => Ok(core::mem::replace(&mut items[place], value)),
            None => Err(value),
        });
        former.ok()
    }

    #[cold]
    fn nothing_to_pop(&self) -> Exception {
        let message = if self.count_items() == 0 { "pop from empty list" } else { "pop index out of range" };
        Exception::new(&INDEX_ERROR, message)
    }

    /// `xs.clear()`: the list is empty before the first item dies.
    pub fn clear(&self) {
        let former = self.take();
        drop(former);
    }

    /// `xs.reverse()`
    pub fn reverse(&self) {
        self.change(|items| items.reverse());
    }
}

impl<T: Trace + Clone> List<T> {
    /// `xs.extend(items)`
    pub fn extend<I: Iterate<Item = T>>(&self, items: &I) -> Result<()> {
        // Collected first: the iterator may be one over this very list, and may run any code.
        let mut new = collect(items)?;
        self.change(|items| items.append(&mut new));
        Ok(())
    }
}

impl<T: Trace + Clone + Equal + Identity> List<T> {
    /// `xs.remove(item)`: the first that is equal.
    pub fn remove(&self, item: &T) -> Result<()> {
        match self.find_from(0, item)? {
            Some(place) => {
                // Comparing may have shortened the list.
                let removed = self.change(|items| (place < items.len()).then(|| items.remove(place)));
                drop(removed);
                Ok(())
            }
            None => Err(Exception::new(&VALUE_ERROR, "list.remove(x): x not in list")),
        }
    }
}

impl<T: Trace> SetItem<i64, T> for List<T> {
    #[inline]
    fn setitem(&self, index: i64, value: T) -> Result<()> {
        match self.replace_item(index, value) {
            Some(former) => {
                drop(former);
                Ok(())
            }
            None => Err(out_of_range("list assignment index out of range")),
        }
    }
}

impl<T: Trace> DelItem<i64> for List<T> {
    fn delitem(&self, index: &i64) -> Result<()> {
        let removed = self.change(|items| place(*index, items.len()).map(|place| items.remove(place)));
        if removed.is_none() {
            return Err(out_of_range("list assignment index out of range"));
        }
        drop(removed);
        Ok(())
    }
}
