//! `any`: a reference to any object, or any value.

mod arguments;
mod callable;
mod container;
mod dynamic;
mod handle;
mod method;
mod object;
mod protocol;
mod scalar;
mod text;

pub use self::arguments::{AnyArguments, argument, check_count};
use self::dynamic::Erased;
pub use self::dynamic::{AnyValue, Dynamic, Order, Shape};
pub use self::method::BoundMethod;
pub use self::object::{any_of, converted, derived, instance_in, is_instance, value_of, wrapped};
use super::protocol::{Equal, Show};
use super::{Referent, Result, Str};
use crate::pointer::Object;
use crate::script::Instance;
use crate::trace::{Trace, Tracer};

/// Python's variables have no types: an `any` is a value of any type, or `None`. What is done with it is looked up when it
/// is done, and raises what Python raises where the value can't do it.
///
/// ```
/// use refcycle::builtins::{Any, List, Str};
///
/// let value = Any::from(Str::lit("text"));
/// assert_eq!(value.get::<Str>().unwrap(), "text");
/// assert!(value.get::<i64>().is_none() && !value.is_none());
///
/// let list = Any::from(List::from([3_i64]));
/// list.invoke("append", &[Any::from(4_i64)])?;
/// assert_eq!(list.item(&Any::from(1_i64))?.get::<i64>(), Some(4));
/// let error = list.attribute("size").unwrap_err();
/// assert_eq!(error.to_string(), "'list' object has no attribute 'size'");
/// # Ok::<(), refcycle::builtins::Exception>(())
/// ```
pub struct Any(Repr);

/// Numbers and text lie in the `any` itself.
enum Repr {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(Str),
    Value(Box<dyn Erased>),
}

impl Any {
    /// A value whose type is forgotten.
    #[allow(clippy::should_implement_trait)]
    pub fn from(value: impl AnyValue) -> Any {
        value.into_any()
    }

    /// `None`
    pub const fn none() -> Any {
        Any(Repr::None)
    }

    fn boxed(value: impl AnyValue) -> Any {
        Any(Repr::Value(Box::new(value)))
    }

    fn value(&self) -> &dyn Erased {
        match &self.0 {
            Repr::None => &(),
            Repr::Bool(value) => value,
            Repr::Int(value) => value,
            Repr::Float(value) => value,
            Repr::Str(value) => value,
            Repr::Value(value) => &**value,
        }
    }

    /// Is it `None`?
    pub fn is_none(&self) -> bool {
        matches!(self.0, Repr::None)
    }

    /// Is it a `T`?
    pub fn holds<T: 'static>(&self) -> bool {
        self.value().as_rust().is::<T>()
    }

    /// The value, if it is a `T`.
    pub fn get<T: Clone + 'static>(&self) -> Option<T> {
        self.value().as_rust().downcast_ref::<T>().cloned()
    }

    /// The value as a `T`, if it is one or can stand for one: an int for a float, an object of a derived class for one of
    /// its base, `None` for an `Option`.
    pub fn to<T: AnyValue>(&self) -> Option<T> {
        T::from_any(self)
    }

    /// The value, if it is a reference to an object of just this class; also one that only the collector knew.
    pub fn object<V: Referent<Object: Sized>>(&self) -> Option<V> {
        self.get::<V>().or_else(|| self.get::<Object>()?.downcast::<V::Object>().ok().map(V::from_pointer))
    }

    /// The managed object that it refers to, if it refers to one.
    pub fn managed(&self) -> Option<Object> {
        self.value().managed()
    }

    pub(crate) fn instance(&self) -> Option<Instance> {
        self.value().instance()
    }

    /// `isinstance(self, list)` and the like, by the type's name.
    pub fn is_a(&self, type_name: &str) -> bool {
        let own = self.type_name();
        own == type_name || (own == "bool" && type_name == "int")
    }

    /// `self == other`
    pub fn equals(&self, other: &Any) -> Result<bool> {
        // An object may know how to compare with what doesn't know it.
        match self.managed().is_none() && other.managed().is_some() {
            true => other.value().equals(self),
            false => self.value().equals(other),
        }
    }

    /// Whether a container takes both for the same item.
    fn same_or_equal(&self, other: &Any) -> Result<bool> {
        if self.value().is_identical(other) { Ok(true) } else { Equal::eq(self, other) }
    }

    /// `self.name`
    ///
    /// # Errors
    /// An AttributeError if the value has no such attribute, or if it is unset.
    pub fn attribute(&self, name: &str) -> Result<Any> {
        match name {
            "__class__" => Ok(Any::from(super::type_of(self))),
            _ => match self.value().methods().iter().find(|method| **method == name) {
                Some(method) => Ok(Any::from(BoundMethod::new(self.clone(), method))),
                None => self.value().attribute(name),
            },
        }
    }

    /// `self.name = value`
    ///
    /// # Errors
    /// An AttributeError if the value has no such attribute, a TypeError if the attribute is of another type.
    pub fn set_attribute(&self, name: &str, value: &Any) -> Result<()> {
        self.value().set_attribute(name, value)
    }

    /// `del self.name`
    ///
    /// # Errors
    /// An AttributeError if the value has no such attribute, or if it is unset.
    pub fn delete_attribute(&self, name: &str) -> Result<()> {
        self.value().delete_attribute(name)
    }

    /// `self.name(…)`
    ///
    /// # Errors
    /// An AttributeError if there is no such method, a TypeError if it takes other arguments, and whatever it raises.
    pub fn invoke(&self, name: &str, arguments: &[Any]) -> Result<Any> {
        self.value().invoke(name, arguments)
    }

    /// `self(…)`
    ///
    /// # Errors
    /// A TypeError if it can't be called, or not with these arguments, and whatever it raises.
    pub fn call(&self, arguments: &[Any]) -> Result<Any> {
        self.value().call(arguments)
    }

    /// `self[index]`
    ///
    /// # Errors
    /// A TypeError if it has no items, or not by such an index; an IndexError or KeyError.
    pub fn item(&self, index: &Any) -> Result<Any> {
        self.value().item(index)
    }

    /// `next(self)`; None at the end.
    ///
    /// # Errors
    /// A TypeError if it is no iterator, and whatever a step raises.
    pub fn step(&self) -> Result<Option<Any>> {
        self.value().step()
    }

    /// `next(self)`
    ///
    /// # Errors
    /// A StopIteration at the end, and what [`step`](Any::step) raises.
    pub fn next(&self) -> Result<Any> {
        self.value().advance()
    }

    /// `next(self, default)`
    ///
    /// # Errors
    /// What [`step`](Any::step) raises.
    pub fn next_or(&self, default: Any) -> Result<Any> {
        Ok(self.step()?.unwrap_or(default))
    }
}

/// What is in an `any`, for one: it isn't wrapped twice.
impl Dynamic for Any {
    fn into_any(self) -> Any {
        self
    }

    fn from_any(any: &Any) -> Option<Any> {
        Some(any.clone())
    }

    fn managed(&self) -> Option<Object> {
        self.value().managed()
    }
}

impl Clone for Any {
    fn clone(&self) -> Any {
        Any(match &self.0 {
            Repr::None => Repr::None,
            Repr::Bool(value) => Repr::Bool(*value),
            Repr::Int(value) => Repr::Int(*value),
            Repr::Float(value) => Repr::Float(*value),
            Repr::Str(value) => Repr::Str(value.clone()),
            Repr::Value(value) => Repr::Value((**value).copied()),
        })
    }
}

// SAFETY: the box is all that can own a `Gc`.
unsafe impl Trace for Any {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Repr::Value(value) = &self.0 {
            value.trace(tracer);
        }
    }
}

impl Default for Any {
    fn default() -> Any {
        Any::none()
    }
}

#[cfg(test)]
mod tests;
