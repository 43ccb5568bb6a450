//! `any`: a value of whatever type.

use super::exceptions::TYPE_ERROR;
use super::protocol::{Equal, Identity, Show, Truth};
use super::{Bytes, Exception, Function, Referent, Result, Str};
use crate::pointer::Object;
use crate::trace::{Trace, Tracer};
use core::any::Any as RustAny;

/// What a value must be able to do to become an [`Any`].
pub trait AnyValue: Trace + Show {
    #[doc(hidden)]
    fn copied(&self) -> Box<dyn AnyValue>;

    #[doc(hidden)]
    fn as_any(&self) -> &dyn RustAny;
}

impl<T: Trace + Show + Clone> AnyValue for T {
    fn copied(&self) -> Box<dyn AnyValue> {
        Box::new(self.clone())
    }

    fn as_any(&self) -> &dyn RustAny {
        self
    }
}

/// A value of any type, or `None`: an argument of an exception, what `__exit__` gets.
///
/// ```
/// use refcycle::builtins::{Any, Str};
///
/// let value = Any::from(Str::lit("text"));
/// assert_eq!(value.get::<Str>().unwrap(), "text");
/// assert!(value.get::<i64>().is_none() && !value.is_none());
/// ```
pub struct Any(Option<Box<dyn AnyValue>>);

impl Any {
    /// A value whose type is forgotten.
    #[allow(clippy::should_implement_trait)]
    pub fn from(value: impl AnyValue) -> Any {
        // One that is an `Any` already isn't wrapped twice.
        match value.as_any().downcast_ref::<Any>() {
            Some(any) => any.clone(),
            None if value.as_any().is::<()>() => Any::none(),
            None => Any(Some(Box::new(value))),
        }
    }

    /// `None`
    pub const fn none() -> Any {
        Any(None)
    }

    /// Is it `None`?
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// Is it a `T`?
    pub fn holds<T: 'static>(&self) -> bool {
        self.0.as_ref().is_some_and(|value| (**value).as_any().is::<T>())
    }

    /// The value, if it is a reference to an object of just this class; also one that only the collector knew.
    pub fn object<V: Referent<Object: Sized>>(&self) -> Option<V> {
        self.get::<V>().or_else(|| self.get::<Object>()?.downcast::<V::Object>().ok().map(V::from_pointer))
    }

    /// The value, if it is a `T`.
    pub fn get<T: Clone + 'static>(&self) -> Option<T> {
        (**self.0.as_ref()?).as_any().downcast_ref::<T>().cloned()
    }
}

/// `f()` of a function without parameters whose type is forgotten, if it gives a simple value.
pub fn call_any(function: &Any) -> Result<Any> {
    if let Some(function) = function.get::<Function<(), ()>>() {
        function.call(())?;
        return Ok(Any::none());
    }
    let result = call_as::<i64>(function)
        .or_else(|| call_as::<f64>(function))
        .or_else(|| call_as::<bool>(function))
        .or_else(|| call_as::<Str>(function))
        .or_else(|| call_as::<Bytes>(function))
        .or_else(|| function.get::<Function<(), Any>>().map(|function| function.call(())));
    result.unwrap_or_else(|| Err(not_callable(function.type_name())))
}

fn call_as<R: AnyValue>(function: &Any) -> Option<Result<Any>> {
    let function = function.get::<Function<(), R>>()?;
    Some(function.call(()).map(Any::from))
}

#[cold]
fn not_callable(type_name: &str) -> Exception {
    Exception::new(&TYPE_ERROR, format!("'{type_name}' object is not callable"))
}

impl Default for Any {
    /// `None`
    fn default() -> Any {
        Any::none()
    }
}

impl Clone for Any {
    fn clone(&self) -> Any {
        Any(self.0.as_ref().map(|value| (**value).copied()))
    }
}

// SAFETY: it owns what its box owns.
unsafe impl Trace for Any {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

impl Show for Any {
    fn type_name(&self) -> &'static str {
        self.0.as_ref().map_or("NoneType", |value| Show::type_name(&**value))
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        match &self.0 {
            Some(value) => value.write_repr(out),
            None => ().write_repr(out),
        }
    }

    fn write_str(&self, out: &mut String) -> Result<()> {
        match &self.0 {
            Some(value) => value.write_str(out),
            None => ().write_str(out),
        }
    }

    fn write_format(&self, out: &mut String, spec: &str) -> Result<()> {
        match &self.0 {
            Some(value) => value.write_format(out, spec),
            None => ().write_format(out, spec),
        }
    }
}

impl Truth for Any {
    fn truth(&self) -> Result<bool> {
        Ok(!self.is_none())
    }
}

impl Identity for Any {
    /// Only `None` is known to be the same; other values are told apart by their types' own `is`.
    fn is(&self, other: &Any) -> bool {
        self.is_none() && other.is_none()
    }

    fn id(&self) -> i64 {
        self.0.as_ref().map_or(0, |value| core::ptr::from_ref(&**value).addr() as i64)
    }
}

impl Equal for Any {
    fn eq(&self, other: &Any) -> Result<bool> {
        Ok(self.is(other))
    }
}

impl core::fmt::Debug for Any {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.repr().map_err(|_| core::fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_shown_as_what_it_is() {
        assert_eq!(Show::str(&Any::from(5i64)).unwrap(), "5");
        assert_eq!(Show::str(&Any::none()).unwrap(), "None");
        assert_eq!(Show::type_name(&Any::from(1.5)), "float");
    }

    #[test]
    fn a_function_in_it_can_be_called() {
        let hello = Any::from(Function::new("hello", (), |(), ()| Ok(Str::lit("hello"))));
        assert_eq!(Show::str(&call_any(&hello).unwrap()).unwrap(), "hello");
        let nothing = Any::from(Function::new("nothing", (), |(), ()| Ok(())));
        assert!(call_any(&nothing).unwrap().is_none());
        assert_eq!(call_any(&Any::from(5i64)).unwrap_err().to_string(), "'int' object is not callable");
    }

    #[test]
    fn it_isnt_wrapped_twice() {
        let any = Any::from(Any::from(5i64));
        assert_eq!(any.get::<i64>(), Some(5));
    }
}
