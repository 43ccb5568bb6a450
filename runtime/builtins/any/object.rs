//! Objects of classes, and objects that only the collector knew.

use super::Any;
use super::dynamic::{AnyValue, Dynamic, Order, has_among_items, no_attribute, no_order, type_error};
use crate::builtins::exceptions::{ATTRIBUTE_ERROR, BaseException, STOP_ITERATION};
use crate::builtins::protocol::{ScriptIterator, Show};
use crate::builtins::{Exception, Iter, Object as Class, Result};
use crate::pointer::{Gc, Object};
use crate::script::{HasClass, HasOwnClass, Instance};
use crate::trace::{Trace, Tracer};

/// The value of an `any` where a `T` is wanted, called `wanted` in messages.
///
/// # Errors
/// A TypeError if it is none.
#[inline]
pub fn converted<T: AnyValue>(any: &Any, wanted: &str) -> Result<T> {
    T::from_any(any).ok_or_else(|| refuse(wanted, any))
}

#[cold]
fn refuse(wanted: &str, found: &Any) -> Exception {
    type_error(format!("expected a '{wanted}', not a '{}'", found.type_name()))
}

/// An object of just this class, as the classes of a hierarchy know it.
pub fn wrapped<T: Class>(object: Object) -> Any {
    match object.downcast::<T>() {
        Ok(object) => Any::boxed(object),
        Err(object) => Any::boxed(object),
    }
}

/// `isinstance(any, class)`
pub fn is_instance(any: &Any, class: &'static crate::builtins::exceptions::Class) -> bool {
    any.instance().is_some_and(|instance| instance.class().is_subclass(class))
}

/// An object of a hierarchy: one of the class that it was made of.
pub fn any_of<T: Class + HasClass>(object: Gc<T>) -> Any {
    object.class().wrap(Object::from(object.clone())).unwrap_or_else(|| Any::boxed(object))
}

/// An object of a class that derives from that of the reference, as one of its own class.
pub fn derived<T: Class + HasClass + HasOwnClass>(object: &Gc<T>) -> Option<Any> {
    let class = object.class();
    if core::ptr::eq(class, T::own_class()) {
        return None;
    }
    class.wrap(Object::from(object.clone()))
}

/// The object that an `any` holds, if it is of this class or one that derives from it.
pub fn instance_in<T: HasOwnClass>(any: &Any) -> Option<Gc<T>> {
    any.instance()?.to::<T>()
}

/// An object of just this class, as the collector's functions give it out.
pub fn value_of<T: Class>(object: Object) -> Box<dyn core::any::Any> {
    Box::new(wrapped::<T>(object))
}

impl<T: Class> Dynamic for Gc<T> {
    fn into_any(self) -> Any {
        T::into_any(self)
    }

    fn from_any(any: &Any) -> Option<Gc<T>> {
        T::from_any(any)
    }

    fn managed(&self) -> Option<Object> {
        Some(Object::from(self.clone()))
    }

    fn instance(&self) -> Option<Instance> {
        T::instance(self)
    }

    fn methods(&self) -> &'static [&'static str] {
        T::METHODS
    }

    fn equals(&self, other: &Any) -> Result<bool> {
        T::equals(self, other)
    }

    fn ordered(&self, operator: Order, other: &Any) -> Result<bool> {
        let (method, reflected) = operator.methods();
        if let Some(result) = T::invoke(self, method, core::slice::from_ref(other)) {
            return result?.value().is_true();
        }
        let own = Any::from(self.clone());
        match other.invoke(reflected, &[own]) {
            Err(error) if error.is(&ATTRIBUTE_ERROR) => Err(no_order(operator, self.type_name(), other.type_name())),
            result => result?.value().is_true(),
        }
    }

    fn hashed(&self) -> Result<i64> {
        T::__hash__(self)
    }

    fn is_true(&self) -> Result<bool> {
        T::__bool__(self)
    }

    fn length(&self) -> Result<i64> {
        T::__len__(self)
    }

    fn item(&self, index: &Any) -> Result<Any> {
        let found = T::invoke(self, "__getitem__", core::slice::from_ref(index));
        found.unwrap_or_else(|| Err(type_error(format!("'{}' object is not subscriptable", self.type_name()))))
    }

    fn set_item(&self, index: &Any, value: &Any) -> Result<()> {
        let stored = T::invoke(self, "__setitem__", &[index.clone(), value.clone()]);
        let stored = stored.unwrap_or_else(|| {
            Err(type_error(format!("'{}' object does not support item assignment", self.type_name())))
        });
        stored.map(drop)
    }

    fn delete_item(&self, index: &Any) -> Result<()> {
        let deleted = T::invoke(self, "__delitem__", core::slice::from_ref(index));
        let deleted = deleted
            .unwrap_or_else(|| Err(type_error(format!("'{}' object doesn't support item deletion", self.type_name()))));
        deleted.map(drop)
    }

    fn has(&self, item: &Any) -> Result<bool> {
        if let Some(found) = T::invoke(self, "__contains__", core::slice::from_ref(item)) {
            return found?.value().is_true();
        }
        has_among_items(self, item)
    }

    fn iterate(&self) -> Result<Iter<Any>> {
        let Some(iterator) = T::invoke(self, "__iter__", &[]) else {
            return Err(type_error(format!("'{}' object is not iterable", self.type_name())));
        };
        Ok(Iter::new(Steps(iterator?)))
    }

    fn step(&self) -> Result<Option<Any>> {
        match T::invoke(self, "__next__", &[]) {
            Some(Ok(item)) => Ok(Some(item)),
            Some(Err(stop)) if stop.is(&STOP_ITERATION) => Ok(None),
            Some(Err(error)) => Err(error),
            None => Err(type_error(format!("'{}' object is not an iterator", self.type_name()))),
        }
    }

    fn call(&self, arguments: &[Any]) -> Result<Any> {
        let result = T::invoke(self, "__call__", arguments);
        result.unwrap_or_else(|| Err(type_error(format!("'{}' object is not callable", self.type_name()))))
    }

    fn attribute(&self, name: &str) -> Result<Any> {
        T::attribute(self, name).unwrap_or_else(|| Err(no_attribute(self.type_name(), name)))
    }

    fn set_attribute(&self, name: &str, value: &Any) -> Result<()> {
        T::set_attribute(self, name, value).unwrap_or_else(|| Err(no_attribute(self.type_name(), name)))
    }

    fn delete_attribute(&self, name: &str) -> Result<()> {
        T::delete_attribute(self, name).unwrap_or_else(|| Err(no_attribute(self.type_name(), name)))
    }

    fn invoke(&self, name: &str, arguments: &[Any]) -> Result<Any> {
        match T::invoke(self, name, arguments) {
            Some(result) => result,
            None => self.attribute(name)?.call(arguments),
        }
    }
}

/// An iterator that is an `any`.
struct Steps(Any);

// SAFETY: the iterator is all that it owns.
unsafe impl Trace for Steps {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

impl ScriptIterator for Steps {
    type Item = Any;

    fn next(&mut self) -> Result<Option<Any>> {
        self.0.step()
    }
}

/// An object of a class that is known by its type is one of that class; of others nothing is known but which one it is.
impl Dynamic for Object {
    fn into_any(self) -> Any {
        match self.as_value().and_then(|value| value.downcast::<Any>().ok()) {
            Some(any) => *any,
            None => Any::boxed(self),
        }
    }

    fn managed(&self) -> Option<Object> {
        Some(self.clone())
    }
}

impl Dynamic for Exception {
    fn into_any(self) -> Any {
        self.class().wrap(Object::from(self.object().clone())).unwrap_or_else(|| Any::boxed(self))
    }

    fn from_any(any: &Any) -> Option<Exception> {
        any.instance()?.to::<BaseException>().map(Exception::from)
    }

    fn managed(&self) -> Option<Object> {
        Some(Object::from(self.object().clone()))
    }

    fn instance(&self) -> Option<Instance> {
        Some(Instance::of(self.object().clone()))
    }

    fn hashed(&self) -> Result<i64> {
        crate::builtins::protocol::Hashed::hash(self)
    }

    fn attribute(&self, name: &str) -> Result<Any> {
        match name {
            "args" => Ok(Any::from(self.args())),
            "__cause__" => Ok(Any::from(self.cause())),
            "__context__" => Ok(Any::from(self.context())),
            "__suppress_context__" => Ok(Any::from(self.object().suppresses_context())),
            _ => Err(no_attribute(self.type_name(), name)),
        }
    }
}
