//! [`Object`]: a counted reference to an object of any type.

use core::any::TypeId;
use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;

use super::{Gc, GcStaysOnItsThread, release};
use crate::header::{BORROWED, Header, Mark, value_of};
use crate::trace::{Trace, Tracer};

/// A counted reference to an object of any type, as the functions of [`gc`](crate::gc) give them out.
///
/// ```
/// use refcycle::{Gc, Object};
///
/// let object = Object::from(Gc::new(5_u8));
/// assert_eq!(object.type_name(), "u8");
/// assert_eq!(*object.downcast::<u8>().unwrap(), 5);
/// ```
pub struct Object {
    header: NonNull<Header>,
    marker: PhantomData<dyn GcStaysOnItsThread>,
}

impl Object {
    /// A new counted reference to an object, unless its value must not be looked at: that of an object being cleared, or
    /// of one that is borrowed mutably.
    ///
    /// # Safety
    /// `header` must be that of an object with a value, or of a dying one.
    pub(crate) unsafe fn from_header(header: NonNull<Header>) -> Option<Self> {
        // SAFETY: the caller's promise.
        let head = unsafe { header.as_ref() };
        if !head.is_alive() || head.mark() == Mark::Dead || head.has(BORROWED) {
            return None;
        }
        head.increment();
        Some(Object { header, marker: PhantomData })
    }

    pub(crate) fn header(&self) -> NonNull<Header> {
        self.header
    }

    pub(crate) fn head(&self) -> &Header {
        // SAFETY: this reference keeps the object alive.
        unsafe { self.header.as_ref() }
    }

    /// The name of the object's type.
    pub fn type_name(&self) -> &'static str {
        (self.head().table().type_name)()
    }

    /// Is the object's value a `T`?
    pub fn is<T: Trace>(&self) -> bool {
        (self.head().table().type_id)() == TypeId::of::<T>()
    }

    /// The same reference with its type.
    ///
    /// # Errors
    /// Gives `self` back if the object's value is not a `T`.
    pub fn downcast<T: Trace>(self) -> Result<Gc<T>, Self> {
        match self.is::<T>() {
            // SAFETY: the value is a `T`.
            true => Ok(unsafe { self.cast() }),
            false => Err(self),
        }
    }

    /// The same reference, as one to what the object's value starts with.
    ///
    /// # Safety
    /// The value must start with a `T`.
    pub(crate) unsafe fn cast<T>(self) -> Gc<T> {
        let header = ManuallyDrop::new(self).header();
        // SAFETY: the caller's promise; the reference is handed over.
        unsafe { Gc::from_non_null(value_of(header).cast()) }
    }

    /// The object as a value of a language on top, if its type has such a form.
    pub(crate) fn as_value(&self) -> Option<Box<dyn core::any::Any>> {
        (self.head().table().as_value)().map(|value| value(self.clone()))
    }

    /// Where the object's value lies.
    pub(crate) fn address(&self) -> usize {
        value_of(self.header).addr().get()
    }

    /// Do both refer to the same object?
    pub fn ptr_eq(&self, other: &Self) -> bool {
        self.header() == other.header()
    }

    /// The number of references to the object, this one included.
    pub fn strong_count(&self) -> usize {
        self.head().count() as usize
    }
}

/// A counted reference whose object the functions of [`gc`](crate::gc) can look at: a [`Gc`], an [`Object`] or a
/// [`Generator`](crate::Generator).
pub trait Reference: sealed::Reference {}

pub(crate) mod sealed {
    use super::{Header, NonNull};

    /// Where the reference leads.
    pub trait Reference {
        /// The object's header.
        fn header_of_object(&self) -> NonNull<Header>;
    }
}

impl<T: ?Sized> Reference for Gc<T> {}

impl<T: ?Sized> sealed::Reference for Gc<T> {
    fn header_of_object(&self) -> NonNull<Header> {
        self.header()
    }
}

impl Reference for Object {}

impl sealed::Reference for Object {
    fn header_of_object(&self) -> NonNull<Header> {
        self.header
    }
}

/// The header of the object that a reference leads to, with the provenance of the whole object.
pub(crate) fn header_at(reference: &impl Reference) -> NonNull<Header> {
    reference.header_of_object()
}

/// The header of the object that a reference leads to; it lives as long as the reference.
pub(crate) fn head_of(reference: &impl Reference) -> &Header {
    // SAFETY: a counted reference keeps its object alive.
    unsafe { reference.header_of_object().as_ref() }
}

impl<T: ?Sized> From<Gc<T>> for Object {
    fn from(pointer: Gc<T>) -> Self {
        let header = ManuallyDrop::new(pointer).header();
        Object { header, marker: PhantomData }
    }
}

impl Clone for Object {
    fn clone(&self) -> Self {
        self.head().increment();
        Object { header: self.header, marker: PhantomData }
    }
}

impl Drop for Object {
    fn drop(&mut self) {
        // SAFETY: an `Object` owns a counted reference. Its type isn't known, so it may have something to drop.
        unsafe { release(self.header) }
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} object at {:p}>", self.type_name(), value_of(self.header()))
    }
}

// SAFETY: reports the one reference that it is.
unsafe impl Trace for Object {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.reference(self.header);
    }
}
