//! [`Weak`].

use core::cell::Cell;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ptr::NonNull;

use std::hash::DefaultHasher;

use super::{WeakEntry, free_if_unused};
use crate::header::{Header, header_of};
use crate::pointer::Gc;

/// A reference that does not keep its object alive; [`std::rc::Weak`]'s API.
///
/// ```
/// use refcycle::{Gc, Weak};
///
/// let text = Gc::new(String::from("short-lived"));
/// let weak: Weak<String> = Gc::downgrade(&text);
/// assert_eq!(weak.upgrade().as_deref().map(String::as_str), Some("short-lived"));
/// drop(text);
/// assert!(weak.upgrade().is_none());
/// ```
pub struct Weak<T: ?Sized> {
    /// `None` for [`Weak::new`].
    entry: Option<NonNull<WeakEntry>>,
    /// The object's value; dangling for [`Weak::new`], and never followed unless the entry says that it is alive.
    target: NonNull<T>,
}

impl<T> Weak<T> {
    /// A weak reference to nothing.
    #[inline]
    pub const fn new() -> Self {
        Weak { entry: None, target: NonNull::dangling() }
    }
}

impl<T: ?Sized> Weak<T> {
    /// A weak reference to the object that `target` is the value of.
    ///
    /// # Safety
    /// `target` must be the value of an object that is alive or being built.
    pub(crate) unsafe fn to(target: NonNull<T>) -> Self {
        // SAFETY: the caller's promise.
        let entry = WeakEntry::of(unsafe { header_of(target) });
        // SAFETY: the entry was found in a live header, or just made.
        let head = unsafe { entry.as_ref() };
        head.weak.set(head.weak.get() + 1);
        Weak { entry: Some(entry), target }
    }

    pub(super) fn entry(&self) -> Option<&WeakEntry> {
        // SAFETY: the entry lives as long as a `Weak` is counted in it.
        self.entry.map(|entry| unsafe { entry.as_ref() })
    }

    /// The object's header while somebody keeps it.
    pub(crate) fn header(&self) -> Option<NonNull<Header>> {
        let header = self.entry()?.object.get()?;
        // SAFETY: an attached entry's object has a valid header.
        unsafe { header.as_ref() }.is_alive().then_some(header)
    }

    /// Has the reference been cleared? An object that waits to die is dying, but not dead.
    pub(crate) fn is_cleared(&self) -> bool {
        self.entry().is_none_or(|entry| entry.object.get().is_none())
    }

    /// Puts the entry back into the header of an object that has just got its table.
    pub(crate) fn reattach(&self, header: NonNull<Header>) {
        let entry = self.entry.expect("made by `to`");
        // SAFETY: callers pass the header of the object that they have made this reference to.
        unsafe { header.as_ref() }.set_weak_entry(entry);
    }

    /// A counted reference, or `None` if the object is dead, dying or still being built.
    ///
    /// Inside a `__del__` that runs because the last reference went, the object is still there; inside one that the
    /// collector runs it is not, nor are the other members of the dead cycle.
    #[inline]
    pub fn upgrade(&self) -> Option<Gc<T>> {
        let header = self.header()?;
        // SAFETY: the object is alive.
        unsafe { header.as_ref() }.increment();
        // SAFETY: `target` is the value of that object, and the reference was just counted.
        Some(unsafe { Gc::from_non_null(self.target) })
    }

    /// The number of `Gc`s to the object, 0 if it is dead.
    pub fn strong_count(&self) -> usize {
        // SAFETY: the object is alive.
        self.header().map_or(0, |header| unsafe { header.as_ref() }.count() as usize)
    }

    /// The number of weak references to the object, 0 if it is dead.
    pub fn weak_count(&self) -> usize {
        match self.entry() {
            Some(entry) if self.header().is_some() => entry.weak.get(),
            _ => 0,
        }
    }

    /// Do both refer to the same object, dead or alive? Two `Weak::new()` do.
    #[inline]
    pub fn ptr_eq(&self, other: &Self) -> bool {
        self.entry == other.entry && core::ptr::addr_eq(self.target.as_ptr(), other.target.as_ptr())
    }

    /// The address of the object's value; it dangles once the object is dead.
    #[inline]
    pub fn as_ptr(&self) -> *const T {
        self.target.as_ptr()
    }
}

impl<T: ?Sized> Clone for Weak<T> {
    #[inline]
    fn clone(&self) -> Self {
        if let Some(entry) = self.entry() {
            entry.weak.set(entry.weak.get() + 1);
        }
        Weak { entry: self.entry, target: self.target }
    }
}

impl<T: ?Sized> Drop for Weak<T> {
    #[inline]
    fn drop(&mut self) {
        let Some(pointer) = self.entry else { return };
        // SAFETY: the entry lives as long as a `Weak` is counted in it.
        let entry = unsafe { pointer.as_ref() };
        entry.weak.set(entry.weak.get() - 1);
        if entry.weak.get() == 0 {
            entry.detach();
            // SAFETY: this was the last `Weak`, and the entry is detached.
            unsafe { free_if_unused(pointer) };
        }
    }
}

impl<T> Default for Weak<T> {
    fn default() -> Self {
        Weak::new()
    }
}

/// References to living objects compare as those do, others by identity, as Python's `weakref.ref` does.
impl<T: PartialEq + ?Sized> PartialEq for Weak<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self.upgrade(), other.upgrade()) {
            (Some(a), Some(b)) => *a == *b,
            _ => self.ptr_eq(other),
        }
    }
}

impl<T: Eq + ?Sized> Eq for Weak<T> {}

/// The object's hash as it was when one of its weak references was hashed first: so the reference can be looked up when
/// the object is dead.
///
/// # Panics
/// If the object is dead and none of its weak references was hashed before, as Python raises a `TypeError`. (That of
/// [`Weak::new`] has a hash.)
impl<T: Hash + ?Sized> Hash for Weak<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let hash = self.entry().map_or(0, |entry| kept_hash(&entry.more().hash, || self.upgrade()));
        state.write_u64(hash);
    }
}

/// The hash that was kept, else that of the object, which is kept from now on.
pub(super) fn kept_hash<T: Hash + ?Sized>(kept: &Cell<Option<u64>>, object: impl FnOnce() -> Option<Gc<T>>) -> u64 {
    kept.get().unwrap_or_else(|| {
        let mut hasher = DefaultHasher::new();
        object().expect("weak object has gone away").hash(&mut hasher);
        let hash = hasher.finish();
        kept.set(Some(hash));
        hash
    })
}

impl<T: ?Sized> fmt::Debug for Weak<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(Weak)")
    }
}
