//! A growable list in a cell that needs no destructor, so that the heap's thread-local state needs none.

use core::cell::UnsafeCell;
use core::mem::{self, ManuallyDrop};

/// A list that is changed through a shared reference. What it holds is leaked unless [`List::take`] is called.
pub(crate) struct List<T> {
    items: UnsafeCell<ManuallyDrop<Vec<T>>>,
}

impl<T> List<T> {
    pub(crate) const fn new() -> Self {
        List { items: UnsafeCell::new(ManuallyDrop::new(Vec::new())) }
    }

    /// Stores other items; the old ones are returned.
    #[inline]
    fn replace(&self, items: Vec<T>) -> Vec<T> {
        // SAFETY: references to the items end within the functions of this file, and none of those runs other code
        // meanwhile; the list is not `Sync`.
        ManuallyDrop::into_inner(mem::replace(unsafe { &mut *self.items.get() }, ManuallyDrop::new(items)))
    }

    /// Runs `change` on the items. `change` must not touch this list: it would find it empty.
    #[inline]
    pub(crate) fn with<R>(&self, change: impl FnOnce(&mut Vec<T>) -> R) -> R {
        let mut items = ManuallyDrop::new(self.replace(Vec::new()));
        let result = change(&mut items);
        mem::forget(self.replace(ManuallyDrop::into_inner(items)));
        result
    }

    #[inline]
    pub(crate) fn push(&self, item: T) {
        // SAFETY: as in `replace`; pushing within the capacity runs no other code.
        let items = unsafe { &mut *self.items.get() };
        if items.len() < items.capacity() {
            items.push(item);
        } else {
            self.push_growing(item);
        }
    }

    #[cold]
    #[inline(never)]
    fn push_growing(&self, item: T) {
        self.with(|items| items.push(item));
    }

    #[inline]
    pub(crate) fn pop(&self) -> Option<T> {
        // SAFETY: as in `replace`; popping runs no other code.
        unsafe { &mut *self.items.get() }.pop()
    }

    #[inline]
    pub(crate) fn get(&self, index: usize) -> Option<T>
    where
        T: Copy,
    {
        // SAFETY: as in `replace`; copying runs no other code.
        unsafe { &*self.items.get() }.get(index).copied()
    }

    pub(crate) fn len(&self) -> usize {
        // SAFETY: as in `replace`.
        unsafe { &*self.items.get() }.len()
    }

    /// Takes all items and the memory out.
    pub(crate) fn take(&self) -> Vec<T> {
        self.replace(Vec::new())
    }

    /// Gives items and memory back, after [`List::take`].
    pub(crate) fn put(&self, items: Vec<T>) {
        drop(self.replace(items));
    }
}
