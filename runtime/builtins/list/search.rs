//! Finding items.

use super::List;
use crate::builtins::exceptions::VALUE_ERROR;
use crate::builtins::protocol::{Contains, Equal, Identity, Show, same_or_equal};
use crate::builtins::{Exception, Result};
use crate::trace::Trace;

impl<T: Trace + Clone + Equal + Identity> List<T> {
    /// The first place, not before `place`, of an item that is the same or equal.
    pub(super) fn find_from(&self, mut place: usize, wanted: &T) -> Result<Option<usize>> {
        // An `__eq__` may change the list, so each item is held while it is compared, and nothing else.
        while let Some(item) = self.item(place) {
            if same_or_equal(&item, wanted)? {
                return Ok(Some(place));
            }
            place += 1;
        }
        Ok(None)
    }

    /// `xs.count(item)`
    pub fn count(&self, item: &T) -> Result<i64> {
        let (mut count, mut place) = (0, 0);
        while let Some(found) = self.find_from(place, item)? {
            count += 1;
            place = found + 1;
        }
        Ok(count)
    }
}

impl<T: Trace + Clone + Equal + Identity + Show> List<T> {
    /// `xs.index(item, start, end)`
    pub fn index(&self, item: &T, start: Option<i64>, end: Option<i64>) -> Result<i64> {
        let len = self.count_items() as i64;
        let from_end = |index: i64| if index < 0 { (index + len).max(0) } else { index };
        let (start, end) = (from_end(start.unwrap_or(0)), end.map_or(i64::MAX, from_end));
        match self.find_from(start as usize, item)? {
            Some(place) if (place as i64) < end => Ok(place as i64),
            _ => Err(Exception::new(&VALUE_ERROR, format!("{} is not in list", item.repr()?))),
        }
    }
}

impl<T: Trace + Clone + Equal + Identity> Contains<T> for List<T> {
    fn contains(&self, item: &T) -> Result<bool> {
        Ok(self.find_from(0, item)?.is_some())
    }
}
