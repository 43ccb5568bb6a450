//! What a value can do when its type is forgotten.

use super::Any;
use crate::builtins::exceptions::{ATTRIBUTE_ERROR, STOP_ITERATION, TYPE_ERROR};
use crate::builtins::protocol::Show;
use crate::builtins::{Exception, Iter, Result};
use crate::pointer::Object;
use crate::script::Instance;
use crate::trace::Trace;
use core::any::Any as RustAny;

/// What a value does as an [`Any`]. A type answers for what it can do; the rest raises as in Python.
#[diagnostic::on_unimplemented(message = "a `{Self}` can't be an `any`", label = "this has no form as an `any`")]
pub trait Dynamic: Show {
    /// The value as an `any`.
    #[doc(hidden)]
    fn into_any(self) -> Any
    where
        Self: Sized + AnyValue,
    {
        Any::boxed(self)
    }

    /// The value that an `any` holds, if it is one of this type or can stand for one.
    #[doc(hidden)]
    fn from_any(any: &Any) -> Option<Self>
    where
        Self: Sized + AnyValue,
    {
        any.get()
    }

    /// The managed object that it refers to.
    #[doc(hidden)]
    fn managed(&self) -> Option<Object> {
        None
    }

    /// The object with its class, if that is one of a hierarchy.
    #[doc(hidden)]
    fn instance(&self) -> Option<Instance> {
        None
    }

    /// The names of the methods that `invoke` knows.
    #[doc(hidden)]
    fn methods(&self) -> &'static [&'static str] {
        &[]
    }

    /// Which values it can equal item by item.
    #[doc(hidden)]
    fn shape(&self) -> Shape {
        Shape::Other
    }

    /// `self is other`
    #[doc(hidden)]
    fn is_identical(&self, other: &Any) -> bool {
        match (self.managed(), other.managed()) {
            (Some(own), Some(other)) => own.ptr_eq(&other),
            _ => false,
        }
    }

    /// `id(self)`
    #[doc(hidden)]
    fn address(&self) -> i64 {
        self.managed().map_or(0, |object| object.address() as i64)
    }

    /// `self == other`
    #[doc(hidden)]
    fn equals(&self, other: &Any) -> Result<bool> {
        Ok(self.is_identical(other))
    }

    /// `self < other`, or another operator of order.
    #[doc(hidden)]
    fn ordered(&self, operator: Order, other: &Any) -> Result<bool> {
        Err(no_order(operator, self.type_name(), other.type_name()))
    }

    /// `hash(self)`
    #[doc(hidden)]
    fn hashed(&self) -> Result<i64> {
        Err(type_error(format!("unhashable type: '{}'", self.type_name())))
    }

    /// `bool(self)`
    #[doc(hidden)]
    fn is_true(&self) -> Result<bool> {
        Ok(true)
    }

    /// `len(self)`
    #[doc(hidden)]
    fn length(&self) -> Result<i64> {
        Err(type_error(format!("object of type '{}' has no len()", self.type_name())))
    }

    /// `self[index]`
    #[doc(hidden)]
    fn item(&self, _index: &Any) -> Result<Any> {
        Err(type_error(format!("'{}' object is not subscriptable", self.type_name())))
    }

    /// `self[index] = value`
    #[doc(hidden)]
    fn set_item(&self, _index: &Any, _value: &Any) -> Result<()> {
        Err(type_error(format!("'{}' object does not support item assignment", self.type_name())))
    }

    /// `del self[index]`
    #[doc(hidden)]
    fn delete_item(&self, _index: &Any) -> Result<()> {
        Err(type_error(format!("'{}' object doesn't support item deletion", self.type_name())))
    }

    /// `item in self`
    #[doc(hidden)]
    fn has(&self, item: &Any) -> Result<bool> {
        has_among_items(self, item)
    }

    /// `iter(self)`
    #[doc(hidden)]
    fn iterate(&self) -> Result<Iter<Any>> {
        Err(type_error(format!("'{}' object is not iterable", self.type_name())))
    }

    /// `next(self)`; None at the end.
    #[doc(hidden)]
    fn step(&self) -> Result<Option<Any>> {
        Err(type_error(format!("'{}' object is not an iterator", self.type_name())))
    }

    /// `next(self)`
    #[doc(hidden)]
    fn advance(&self) -> Result<Any> {
        self.step()?.ok_or_else(|| Exception::bare(&STOP_ITERATION))
    }

    /// `self(…)`
    #[doc(hidden)]
    fn call(&self, _arguments: &[Any]) -> Result<Any> {
        Err(type_error(format!("'{}' object is not callable", self.type_name())))
    }

    /// `self.name`
    #[doc(hidden)]
    fn attribute(&self, name: &str) -> Result<Any> {
        Err(no_attribute(self.type_name(), name))
    }

    /// `self.name = value`
    #[doc(hidden)]
    fn set_attribute(&self, name: &str, _value: &Any) -> Result<()> {
        Err(no_attribute(self.type_name(), name))
    }

    /// `del self.name`
    #[doc(hidden)]
    fn delete_attribute(&self, name: &str) -> Result<()> {
        Err(no_attribute(self.type_name(), name))
    }

    /// `self.name(…)`
    #[doc(hidden)]
    fn invoke(&self, name: &str, arguments: &[Any]) -> Result<Any> {
        self.attribute(name)?.call(arguments)
    }
}

/// What may become an [`Any`]: all values of scripts.
#[diagnostic::on_unimplemented(message = "a `{Self}` can't be an `any`", label = "this is no value of a script")]
pub trait AnyValue: Trace + Dynamic + Clone {}

impl<T: Trace + Dynamic + Clone> AnyValue for T {}

/// A value whose type is forgotten.
pub(super) trait Erased: Trace + Dynamic {
    fn copied(&self) -> Box<dyn Erased>;

    fn as_rust(&self) -> &dyn RustAny;
}

impl<T: AnyValue> Erased for T {
    fn copied(&self) -> Box<dyn Erased> {
        Box::new(self.clone())
    }

    fn as_rust(&self) -> &dyn RustAny {
        self
    }
}

/// Containers that are equal if their items are, whatever the types of the items.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// `list`
    List,
    /// `tuple`
    Tuple,
    /// `dict`
    Dict,
    /// `set`, `frozenset` and the keys of a dict
    Set,
    /// Anything else.
    Other,
}

/// An operator of order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

impl Order {
    fn sign(self) -> &'static str {
        match self {
            Order::Less => "<",
            Order::LessEqual => "<=",
            Order::Greater => ">",
            Order::GreaterEqual => ">=",
        }
    }

    /// The special method of the left side, and that of the right side which does instead.
    pub(super) fn methods(self) -> (&'static str, &'static str) {
        match self {
            Order::Less => ("__lt__", "__gt__"),
            Order::LessEqual => ("__le__", "__ge__"),
            Order::Greater => ("__gt__", "__lt__"),
            Order::GreaterEqual => ("__ge__", "__le__"),
        }
    }

    /// What the operator says of this order.
    pub(super) fn holds(self, order: Option<core::cmp::Ordering>) -> bool {
        use core::cmp::Ordering;
        match self {
            Order::Less => order == Some(Ordering::Less),
            Order::LessEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            Order::Greater => order == Some(Ordering::Greater),
            Order::GreaterEqual => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        }
    }
}

#[cold]
pub(super) fn type_error(message: String) -> Exception {
    Exception::new(&TYPE_ERROR, message)
}

#[cold]
pub(super) fn no_attribute(type_name: &str, name: &str) -> Exception {
    Exception::new(&ATTRIBUTE_ERROR, format!("'{type_name}' object has no attribute '{name}'"))
}

#[cold]
pub(super) fn no_order(operator: Order, left: &str, right: &str) -> Exception {
    let sign = operator.sign();
    type_error(format!("'{sign}' not supported between instances of '{left}' and '{right}'"))
}

/// Whether iterating over a value meets an item.
pub(super) fn has_among_items<T: Dynamic + ?Sized>(this: &T, item: &Any) -> Result<bool> {
    let items = match this.iterate() {
        Ok(items) => items,
        Err(_) => return Err(type_error(format!("argument of type '{}' is not iterable", this.type_name()))),
    };
    while let Some(candidate) = items.step()? {
        if candidate.same_or_equal(item)? {
            return Ok(true);
        }
    }
    Ok(false)
}
