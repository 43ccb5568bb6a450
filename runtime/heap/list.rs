//! A growable list in a cell that needs no destructor, so that the heap's thread-local state needs none.

use core::cell::Cell;
use core::mem::ManuallyDrop;

/// A list that is changed through a shared reference. What it holds is leaked unless [`List::take`] is called.
pub(crate) struct List<T> {
    items: Cell<ManuallyDrop<Vec<T>>>,
}

impl<T> List<T> {
    pub(crate) const fn new() -> Self {
        List { items: Cell::new(ManuallyDrop::new(Vec::new())) }
    }

    /// Runs `change` on the items. `change` must not touch this list: it would find it empty.
    #[inline]
    pub(crate) fn with<R>(&self, change: impl FnOnce(&mut Vec<T>) -> R) -> R {
        let mut items = self.items.take();
        let result = change(&mut items);
        self.items.set(items);
        result
    }

    #[inline]
    pub(crate) fn push(&self, item: T) {
        self.with(|items| items.push(item));
    }

    #[inline]
    pub(crate) fn pop(&self) -> Option<T> {
        self.with(Vec::pop)
    }

    pub(crate) fn len(&self) -> usize {
        self.with(|items| items.len())
    }

    /// Takes all items and the memory out.
    pub(crate) fn take(&self) -> Vec<T> {
        ManuallyDrop::into_inner(self.items.take())
    }

    /// Gives items and memory back, after [`List::take`].
    pub(crate) fn put(&self, items: Vec<T>) {
        drop(self.take());
        self.items.set(ManuallyDrop::new(items));
    }
}
