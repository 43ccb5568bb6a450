//! Iterating over lists, by position: what is added meanwhile is visited, what is removed shifts the rest.

use super::List;
use crate::builtins::Result;
use crate::builtins::protocol::{Iterate, Reversible, ScriptIterator};
use crate::trace::{Trace, Tracer};

/// Forwards; lets go of the list when it has come to its end.
pub struct ListIter<T: Trace> {
    list: Option<List<T>>,
    place: usize,
}

impl<T: Trace + Clone> ScriptIterator for ListIter<T> {
    type Item = T;
    const CLASS: &'static str = "list_iterator";

    #[inline]
    fn next(&mut self) -> Result<Option<T>> {
        let Some(list) = &self.list else { return Ok(None) };
        let item = list.item(self.place);
        match item {
            Some(_) => self.place += 1,
            None => self.list = None,
        }
        Ok(item)
    }
}

// SAFETY: it owns its list.
unsafe impl<T: Trace> Trace for ListIter<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.list.trace(tracer);
    }
}

impl<T: Trace + Clone> Iterate for List<T> {
    type Item = T;
    type Iter = ListIter<T>;

    #[inline]
    fn iter(&self) -> Result<ListIter<T>> {
        Ok(ListIter { list: Some(self.clone()), place: 0 })
    }

    fn size_hint(&self) -> usize {
        self.count_items()
    }

    fn look_at_all<R>(&self, look: impl FnOnce(&[T]) -> R) -> Option<R> {
        Some(self.look(look))
    }
}

/// Backwards from the end that the list had.
pub struct ListIterRev<T: Trace> {
    list: Option<List<T>>,
    end: usize,
}

impl<T: Trace + Clone> ScriptIterator for ListIterRev<T> {
    type Item = T;
    const CLASS: &'static str = "list_reverseiterator";

    fn next(&mut self) -> Result<Option<T>> {
        let (Some(list), Some(place)) = (&self.list, self.end.checked_sub(1)) else {
            self.list = None;
            return Ok(None);
        };
        let item = list.item(place);
        match item {
            Some(_) => self.end = place,
            None => self.list = None,
        }
        Ok(item)
    }
}

// SAFETY: it owns its list.
unsafe impl<T: Trace> Trace for ListIterRev<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.list.trace(tracer);
    }
}

impl<T: Trace + Clone> Reversible for List<T> {
    type Item = T;
    type Reversed = ListIterRev<T>;

    fn reversed(&self) -> Result<ListIterRev<T>> {
        Ok(ListIterRev { list: Some(self.clone()), end: self.count_items() })
    }
}

/// For Rust: the items by position, as a script's `for` sees them.
impl<T: Trace + Clone> Iterator for ListIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        // Iterating over a list never fails.
        ScriptIterator::next(self).ok().flatten()
    }
}

impl<T: Trace + Clone> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = ListIter<T>;

    fn into_iter(self) -> ListIter<T> {
        ListIter { list: Some(self), place: 0 }
    }
}

impl<T: Trace + Clone> IntoIterator for &List<T> {
    type Item = T;
    type IntoIter = ListIter<T>;

    fn into_iter(self) -> ListIter<T> {
        self.clone().into_iter()
    }
}
