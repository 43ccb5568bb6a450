//! Classes that derive from one another: a derived struct starts with its base's, so a pointer to its value is one to
//! its base's value; an object is dropped by its header's table, whatever type the pointer has.

use core::ptr::NonNull;

use crate::builtins::exceptions::{BASE_EXCEPTION, BaseException, Class, TYPE_ERROR};
use crate::builtins::{Exception, Result};
use crate::pointer::{Gc, Object};
use crate::trace::{Trace, Tracer};

/// Objects that know their class.
///
/// # Safety
/// The value starts with a value of the type of each base of that class.
pub unsafe trait HasClass: Trace {
    /// The class of the object, not that of the reference.
    fn class(&self) -> &'static Class;
}

// SAFETY: the bases of an exception's class are those of the exceptions of scripts, which start with each other, and those
// built in, which are all of this type.
unsafe impl HasClass for BaseException {
    fn class(&self) -> &'static Class {
        BaseException::class(self)
    }
}

/// A class that derives from `B`.
///
/// # Safety
/// The type must be `repr(C)`, and start with a `B` or with a type that extends `B`.
pub unsafe trait Extends<B>: Trace {}

/// The overridden methods of a class, as a struct of function pointers.
///
/// # Safety
/// The type must be `repr(C)`, and start with a `&'static Class` or with another such table.
pub unsafe trait MethodTable: 'static {}

// SAFETY: it is the class alone.
unsafe impl MethodTable for &'static Class {}

/// The field by which an object knows its class and the methods of its class: it points to a table.
#[derive(Clone, Copy)]
pub struct ClassPointer(NonNull<&'static Class>);

impl ClassPointer {
    /// Points to a class's table.
    #[inline]
    pub const fn new<T: MethodTable>(table: &'static T) -> ClassPointer {
        ClassPointer(NonNull::from_ref(table).cast())
    }

    /// The class.
    #[inline]
    pub fn get(&self) -> &'static Class {
        // SAFETY: the table lives forever and starts with the class, by the contract of `MethodTable`.
        unsafe { self.0.as_ref() }
    }

    /// The methods.
    ///
    /// # Safety
    /// The table that the pointer was made of must be a `T` or start with one.
    #[inline]
    pub unsafe fn methods<T: MethodTable>(&self) -> &'static T {
        // SAFETY: the pointer is that of the whole table, of which a `T` is the beginning, as the caller promises.
        unsafe { self.0.cast::<T>().as_ref() }
    }
}

// SAFETY: it owns nothing.
unsafe impl Trace for ClassPointer {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn acyclic() -> bool {
        true
    }

    #[inline]
    fn drops_quietly() -> bool {
        true
    }
}

/// A reference to an object as one to its base.
#[inline]
pub fn upcast<D: Extends<B>, B>(object: Gc<D>) -> Gc<B> {
    // SAFETY: the value starts with a `B`, by the contract of `Extends`; the count is handed over.
    unsafe { Gc::from_raw(Gc::into_raw(object).cast::<B>()) }
}

/// A borrowed reference to an object as one to its base.
#[inline]
pub fn upcast_ref<D: Extends<B>, B>(object: &Gc<D>) -> &Gc<B> {
    // SAFETY: a `Gc` of a sized type is one pointer to the value, whatever the type, and the value starts with a `B`.
    unsafe { &*core::ptr::from_ref(object).cast::<Gc<B>>() }
}

/// A borrowed reference to an object whose class has been looked at, as one to the derived class.
///
/// # Panics
/// If the object is none of the derived class.
#[inline]
pub fn downcast_ref<D: Extends<B> + HasOwnClass, B: HasClass>(object: &Gc<B>) -> &Gc<D> {
    assert!(object.class().is_subclass(D::own_class()), "the object is of another class");
    // SAFETY: the object's class is the derived one or derives from it, so that the value starts with a `D`.
    unsafe { &*core::ptr::from_ref(object).cast::<Gc<D>>() }
}

/// A borrowed reference to an object that is known to be of the derived class.
///
/// # Safety
/// The object must be of the class `D`, or of one that derives from it.
#[inline]
pub unsafe fn derived_pointer<D: Extends<B>, B>(object: &Gc<B>) -> &Gc<D> {
    // SAFETY: the value starts with a `D`, as the caller promises, and a `Gc` of a sized type is one pointer to it.
    unsafe { &*core::ptr::from_ref(object).cast::<Gc<D>>() }
}

/// A type with a class of its own.
///
/// # Safety
/// It is the class of no other type.
pub unsafe trait HasOwnClass: Trace {
    /// The class.
    fn own_class() -> &'static Class;
}

/// A reference to an object as one to a derived class, if it is of that class.
pub fn downcast<D: Extends<B> + HasOwnClass, B: HasClass>(object: Gc<B>) -> Result<Gc<D>> {
    if !object.class().is_subclass(D::own_class()) {
        return Err(not_an(object.class(), D::own_class()));
    }
    // SAFETY: as in `downcast_ref`; the count is handed over.
    Ok(unsafe { Gc::from_raw(Gc::into_raw(object).cast::<D>()) })
}

#[cold]
fn not_an(class: &'static Class, wanted: &'static Class) -> Exception {
    let message = format!("expected a '{}', not a '{}'", wanted.name(), class.name());
    Exception::new(&TYPE_ERROR, message)
}

/// The object of an exception.
pub fn exception_object(exception: Exception) -> Gc<BaseException> {
    exception.into()
}

// SAFETY: the root of all exceptions.
unsafe impl HasOwnClass for BaseException {
    fn own_class() -> &'static Class {
        &BASE_EXCEPTION
    }
}

/// An object with the class that it has said it is of.
pub struct Instance {
    object: Object,
    class: &'static Class,
}

impl Instance {
    /// An object that knows its class.
    pub fn of<T: HasClass>(object: Gc<T>) -> Instance {
        let class = object.class();
        Instance { object: Object::from(object), class }
    }

    /// The class.
    pub fn class(&self) -> &'static Class {
        self.class
    }

    /// A reference to the object as one of a `B`, if its class is that of `B` or derives from it.
    pub fn to<B: HasOwnClass>(self) -> Option<Gc<B>> {
        if !self.class.is_subclass(B::own_class()) {
            return None;
        }
        // SAFETY: `B` is the type of one of the bases of the object's class, so that the value starts with a `B`.
        Some(unsafe { self.object.cast::<B>() })
    }
}
