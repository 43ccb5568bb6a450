//! `xs[a:b:c]`: reading, assigning, deleting.

use super::List;
use crate::builtins::backwards::Backwards;
use crate::builtins::exceptions::VALUE_ERROR;
use crate::builtins::protocol::{DelItem, GetItem, Iterate, SetItem, collect};
use crate::builtins::slice::{Selection, Slice};
use crate::builtins::{Exception, Result};
use crate::trace::Trace;

impl<T: Trace + Clone> GetItem<Slice> for List<T> {
    type Output = List<T>;

    fn getitem(&self, slice: &Slice) -> Result<List<T>> {
        let selection = slice.select(self.count_items())?;
        let items = self.look(|items| match selection.range() {
            Some(range) => items[range].to_vec(),
            None => selection.indices().map(|place| items[place].clone()).collect(),
        });
        Ok(List::from(items))
    }
}

impl<T: Trace> DelItem<Slice> for List<T> {
    fn delitem(&self, slice: &Slice) -> Result<()> {
        let selection = slice.select(self.count_items())?;
        if let Some(range) = selection.range() {
            let removed: Backwards<T> = self.change(|items| items.drain(range).collect::<Vec<T>>()).into();
            drop(removed);
        } else {
            let removed = self.change(|items| take_out(items, selection.ascending()));
            drop(removed);
        }
        Ok(())
    }
}

/// Takes the selected items out, in ascending order of places: the order in which CPython releases them.
fn take_out<T>(items: &mut Vec<T>, selection: Selection) -> Vec<T> {
    let mut removed = Vec::with_capacity(selection.count);
    let mut selected = selection.indices().peekable();
    for (place, item) in core::mem::take(items).into_iter().enumerate() {
        if selected.next_if_eq(&place).is_some() {
            removed.push(item);
        } else {
            items.push(item);
        }
    }
    removed
}

impl<T: Trace + Clone, I: Iterate<Item = T>> SetItem<Slice, I> for List<T> {
    fn setitem(&self, slice: Slice, value: I) -> Result<()> {
        // The new items are complete before the list is looked at, as in CPython: getting them may run any code.
        let new = collect(&value)?;
        let selection = slice.select(self.count_items())?;
        if slice.step.is_none_or(|step| step == 1) {
            let start = selection.start as usize;
            let former: Backwards<T> =
                self.change(|items| items.splice(start..start + selection.count, new).collect::<Vec<T>>()).into();
            drop(former);
            return Ok(());
        }
        if new.len() != selection.count {
            return Err(wrong_size(new.len(), selection.count));
        }
        let former: Vec<T> = self.change(|items| {
            selection.indices().zip(new).map(|(place, item)| core::mem::replace(&mut items[place], item)).collect()
        });
        drop(former);
        Ok(())
    }
}

#[cold]
fn wrong_size(given: usize, expected: usize) -> Exception {
    let message = format!("attempt to assign sequence of size {given} to extended slice of size {expected}");
    Exception::new(&VALUE_ERROR, message)
}
