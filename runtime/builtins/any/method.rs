//! Methods that are values, and what the methods of builtin types have in common.

use super::dynamic::{AnyValue, Dynamic, no_attribute, type_error};
use super::{Any, converted};
use crate::builtins::protocol::{Hashed, Identity, Show, hash_text};
use crate::builtins::{Exception, Result, Str};
use crate::trace::{Trace, Tracer};

/// `value.method` of an `any`: it keeps the value.
#[derive(Clone)]
pub struct BoundMethod {
    value: Any,
    name: &'static str,
}

impl BoundMethod {
    /// A method by its name.
    pub fn new(value: Any, name: &'static str) -> BoundMethod {
        BoundMethod { value, name }
    }
}

// SAFETY: the value is all that can own a `Gc`.
unsafe impl Trace for BoundMethod {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.inline_object();
        self.value.trace(tracer);
    }
}

impl Show for BoundMethod {
    fn type_name(&self) -> &'static str {
        "method"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("<bound method {}.{} of ", self.value.type_name(), self.name));
        self.value.write_repr(out)?;
        out.push('>');
        Ok(())
    }
}

impl Dynamic for BoundMethod {
    fn equals(&self, other: &Any) -> Result<bool> {
        Ok(other.get::<BoundMethod>().is_some_and(|other| self.name == other.name && self.value.is(&other.value)))
    }

    fn hashed(&self) -> Result<i64> {
        Ok(self.value.hash()? ^ hash_text(self.name.as_bytes()))
    }

    fn call(&self, arguments: &[Any]) -> Result<Any> {
        self.value.invoke(self.name, arguments)
    }

    fn attribute(&self, name: &str) -> Result<Any> {
        match name {
            "__name__" => Ok(Any::from(Str::lit(self.name))),
            "__self__" => Ok(self.value.clone()),
            _ => Err(no_attribute("method", name)),
        }
    }
}

/// Why a builtin type has no method of this name that takes these arguments.
#[cold]
pub(super) fn no_method<T: Dynamic + ?Sized>(value: &T, name: &str, arguments: &[Any]) -> Exception {
    let type_name = value.type_name();
    match value.methods().contains(&name) {
        true => type_error(format!("{type_name}.{name}() can't be called with {} arguments", arguments.len())),
        false => no_attribute(type_name, name),
    }
}

/// A value that a container of its type can take.
pub(super) fn taken<T: AnyValue>(value: &Any, by: &'static str) -> Result<T> {
    T::from_any(value).ok_or_else(|| type_error(format!("this {by} can't hold a '{}'", value.type_name())))
}

/// An argument that must be an int.
pub(super) fn int(value: &Any) -> Result<i64> {
    converted(value, "int")
}

/// An argument that must be a str.
pub(super) fn text(value: &Any) -> Result<Str> {
    converted(value, "str")
}
