//! Fields of script classes: unset until the first assignment, unset again after `del`.

use core::cell::RefCell;
use std::thread::LocalKey;

use crate::builtins::exceptions::ATTRIBUTE_ERROR;
use crate::builtins::{Exception, Result};
use crate::cell::{ByValue, Field};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use crate::weak::Weak;

/// A field, or a class attribute.
pub struct Attr<T>(RefCell<Option<T>>);

// SAFETY: it owns its value and nothing else.
unsafe impl<T: Trace> Trace for Attr<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        self.0.trace_named(tracer);
    }

    #[inline]
    fn drops_quietly() -> bool {
        T::drops_quietly()
    }
}

impl<T> Attr<T> {
    /// One that is set.
    pub const fn new(value: T) -> Attr<T> {
        Attr(RefCell::new(Some(value)))
    }

    /// One that is not.
    pub const fn unset() -> Attr<T> {
        Attr(RefCell::new(None))
    }

    /// Sets it; the former value dies after.
    #[inline]
    pub fn set(&self, value: T) {
        let former = self.0.replace(Some(value));
        drop(former);
    }

    /// Unsets it, if it is set.
    pub(crate) fn unset_quietly(&self) {
        let former = self.0.take();
        drop(former);
    }

    /// `del object.field`
    pub fn delete(&self, class: &'static str, field: &'static str) -> Result<()> {
        let former = self.0.take();
        match former {
            Some(_) => Ok(()),
            None => Err(missing(class, field)),
        }
    }
}

impl<T: Clone> Attr<T> {
    /// The value, or an AttributeError.
    #[inline]
    pub fn get(&self, class: &'static str, field: &'static str) -> Result<T> {
        self.0.borrow().clone().ok_or_else(|| missing(class, field))
    }

    /// The value, or the class's.
    #[inline]
    pub fn get_or(&self, shared: impl Shared<T>, class: &'static str, field: &'static str) -> Result<T> {
        let own = self.0.borrow().clone();
        match own {
            Some(value) => Ok(value),
            None => shared.get(class, field),
        }
    }
}

/// A field that is set before anybody can read it.
pub struct Late<T>(Field<Option<T>>);

// SAFETY: it owns its value and nothing else.
unsafe impl<T: Trace> Trace for Late<T> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        self.0.trace_named(tracer);
    }

    #[inline]
    fn drops_quietly() -> bool {
        T::drops_quietly()
    }
}

impl<T> Late<T> {
    /// One that is to be set.
    pub const fn unset() -> Late<T> {
        Late(Field::new(None))
    }

    /// Sets it; the former value dies after.
    #[inline]
    pub fn set(&self, value: T) {
        self.0.set(Some(value));
    }

    /// Sets it and returns the former value.
    #[inline]
    pub fn replace(&self, value: T) -> Option<T> {
        self.0.replace(Some(value))
    }

    /// The value where it is.
    ///
    /// # Safety
    /// The field must not be changed while the reference is used.
    ///
    /// # Panics
    /// If it isn't set, as `get`.
    #[inline]
    pub unsafe fn at(&self) -> &T {
        // SAFETY: the caller's promise.
        match unsafe { self.0.at() } {
            Some(value) => value,
            None => early(),
        }
    }
}

impl<T: ByValue> Late<T> {
    /// The value.
    ///
    /// # Panics
    /// If it isn't set: an object that is still being made was found in another way than by its references.
    #[inline]
    pub fn get(&self) -> T {
        match self.0.get() {
            Some(value) => value,
            None => early(),
        }
    }
}

#[cold]
#[inline(never)]
fn early() -> ! {
    panic!("the object is still being made")
}

/// What objects show that have not set a class attribute themselves.
pub trait Shared<T> {
    /// The class's value, or an AttributeError.
    fn get(self, class: &'static str, field: &'static str) -> Result<T>;
}

/// One value for the thread.
impl<T: Clone> Shared<T> for &'static LocalKey<Attr<T>> {
    #[inline]
    fn get(self, class: &'static str, field: &'static str) -> Result<T> {
        self.with(|shared| shared.get(class, field))
    }
}

/// A class attribute whose type depends on the class's generic parameters: a literal, which needs no place.
pub struct Constant<T>(pub fn() -> T);

impl<T> Shared<T> for Constant<T> {
    #[inline]
    fn get(self, _class: &'static str, _field: &'static str) -> Result<T> {
        Ok((self.0)())
    }
}

#[cold]
fn missing(class: &str, field: &str) -> Exception {
    Exception::new(&ATTRIBUTE_ERROR, format!("'{class}' object has no attribute '{field}'"))
}

/// `del object.field` by way of an `any`, where the script of the class never deletes the field.
#[cold]
pub fn undeletable(class: &str, field: &str) -> Result<()> {
    Err(Exception::new(&ATTRIBUTE_ERROR, format!("'{class}' object attribute '{field}' cannot be deleted")))
}

/// A kind of reference that has a weak form.
pub trait Counted {
    /// The weak form.
    type Weak: Trace;

    /// A weak reference to the same object.
    fn weaken(&self) -> Self::Weak;

    /// The object, if it is still there.
    fn strengthen(weak: &Self::Weak) -> Option<Self>
    where
        Self: Sized;
}

impl<T: Trace> Counted for Gc<T> {
    type Weak = Weak<T>;

    fn weaken(&self) -> Weak<T> {
        Gc::downgrade(self)
    }

    fn strengthen(weak: &Weak<T>) -> Option<Gc<T>> {
        weak.upgrade()
    }
}

/// A `weak` field.
pub struct WeakAttr<G: Counted>(RefCell<Option<Option<G::Weak>>>);

// SAFETY: it owns a weak reference, if that owns anything.
unsafe impl<G: Counted + 'static> Trace for WeakAttr<G> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        self.0.trace_named(tracer);
    }

    #[inline]
    fn drops_quietly() -> bool {
        G::Weak::drops_quietly()
    }
}

impl<G: Counted> WeakAttr<G> {
    /// One that is not set.
    pub const fn unset() -> WeakAttr<G> {
        WeakAttr(RefCell::new(None))
    }

    /// Refers to an object without keeping it.
    pub fn set(&self, object: Option<G>) {
        let weak = object.as_ref().map(G::weaken);
        let former = self.0.replace(Some(weak));
        drop(former);
    }

    /// The object, if there is one and it lives.
    pub fn get(&self, class: &'static str, field: &'static str) -> Result<Option<G>> {
        match &*self.0.borrow() {
            Some(weak) => Ok(weak.as_ref().and_then(G::strengthen)),
            None => Err(missing(class, field)),
        }
    }

    /// The object, or that of the class attribute.
    pub fn get_or(
        &self,
        shared: impl Shared<Option<G>>,
        class: &'static str,
        field: &'static str,
    ) -> Result<Option<G>> {
        match &*self.0.borrow() {
            Some(weak) => Ok(weak.as_ref().and_then(G::strengthen)),
            None => shared.get(class, field),
        }
    }

    /// `del object.field`
    pub fn delete(&self, class: &'static str, field: &'static str) -> Result<()> {
        match self.0.take() {
            Some(_) => Ok(()),
            None => Err(missing(class, field)),
        }
    }
}
