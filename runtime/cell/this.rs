//! [`This`]: the hidden word with an object's own pointer.

use core::cell::OnceCell;
use core::mem::ManuallyDrop;
use core::{any, ptr};

use crate::pointer::Gc;

/// The pointer of the object that it lies in, uncounted.
///
/// It is set once, when the value has been placed, and the value never leaves that place while anybody can see it: for
/// types with this word the pointer's API neither moves the value out nor lends it mutably
/// (`Trace::holds_itself`). So where there is a `&This` of a placed value there is its object, alive.
pub struct This<T>(OnceCell<ManuallyDrop<Gc<T>>>);

/// A type whose objects know their own pointer.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not know its own pointer, which this method asks for",
    label = "asks for the object's own pointer",
    note = "write `#[managed(this)]` above the type: it costs one word in each object",
    note = "or leave `#[managed]` off this `impl` block and call the function as `{Self}::name(&object, …)`"
)]
pub trait HasThis: Sized {
    /// The pointer to this very object.
    fn this(&self) -> &Gc<Self>;
}

impl<T> This<T> {
    /// Not placed yet.
    #[inline]
    pub const fn new() -> Self {
        This(OnceCell::new())
    }

    /// Called once the object is placed.
    ///
    /// # Safety
    /// `this` must be the object that this word lies in, and `T::holds_itself()` must be true.
    #[inline]
    pub unsafe fn set(&self, this: &Gc<T>) {
        // SAFETY: a bitwise copy of a `Gc` that is never dropped, so no count is taken twice. It can be reached only
        // through this word, so only while the object lives, as it lies there and stays there, see the type.
        let copy = unsafe { ptr::read(this) };
        let _ = self.0.set(ManuallyDrop::new(copy));
    }

    /// The object's pointer.
    #[inline]
    #[track_caller]
    pub fn get(&self) -> &Gc<T> {
        match self.0.get() {
            Some(this) => this,
            None => not_placed(any::type_name::<T>()),
        }
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn not_placed(name: &str) -> ! {
    panic!("a value of `{name}` is not in a `Gc`, so it has no pointer; make objects with its `new`");
}

/// A copy of the value is not the object.
impl<T> Clone for This<T> {
    fn clone(&self) -> Self {
        This::new()
    }
}

impl<T> Default for This<T> {
    fn default() -> Self {
        This::new()
    }
}

// The word says nothing about the value.
impl<T> PartialEq for This<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for This<T> {}

impl<T> PartialOrd for This<T> {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for This<T> {
    fn cmp(&self, _: &Self) -> core::cmp::Ordering {
        core::cmp::Ordering::Equal
    }
}

impl<T> core::hash::Hash for This<T> {
    fn hash<H: core::hash::Hasher>(&self, _: &mut H) {}
}
