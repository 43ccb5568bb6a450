//! Weak references, proxies and types.

use super::dynamic::{AnyValue, Dynamic, no_attribute};
use super::{Any, check_count};
use crate::builtins::protocol::{Equal, Hashed, Identity};
use crate::builtins::weakref::{Proxy, Ref};
use crate::builtins::{ExceptionType, Iter, Referent, Result, TypeObject};

/// Types as values: they have a name.
macro_rules! types {
    ($($type:ty)+) => {$(
        impl Dynamic for $type {
            fn is_identical(&self, other: &Any) -> bool {
                other.get::<Self>().is_some_and(|other| self.is(&other))
            }

            fn address(&self) -> i64 {
                self.id()
            }

            fn attribute(&self, name: &str) -> Result<Any> {
                match name {
                    "__name__" => Ok(Any::from(self.__name__())),
                    _ => Err(no_attribute("type", name)),
                }
            }
        }
    )+};
}

types!(ExceptionType TypeObject);

impl<V: Referent + AnyValue + Equal + Hashed> Dynamic for Ref<V> {
    fn is_identical(&self, other: &Any) -> bool {
        other.get::<Self>().is_some_and(|other| self.is(&other))
    }

    fn address(&self) -> i64 {
        self.id()
    }

    fn equals(&self, other: &Any) -> Result<bool> {
        other.get::<Self>().map_or(Ok(false), |other| Equal::eq(self, &other))
    }

    fn hashed(&self) -> Result<i64> {
        self.hash()
    }

    fn call(&self, arguments: &[Any]) -> Result<Any> {
        check_count("weakref", 0, &[], 0, arguments)?;
        Ok(Ref::call(self).into_any())
    }
}

/// Everything is done by the object, as long as it is there.
impl<V: Referent + AnyValue> Dynamic for Proxy<V> {
    fn is_identical(&self, other: &Any) -> bool {
        other.get::<Self>().is_some_and(|other| self.is(&other))
    }

    fn address(&self) -> i64 {
        self.id()
    }

    fn item(&self, index: &Any) -> Result<Any> {
        self.object()?.item(index)
    }

    fn set_item(&self, index: &Any, value: &Any) -> Result<()> {
        self.object()?.set_item(index, value)
    }

    fn delete_item(&self, index: &Any) -> Result<()> {
        self.object()?.delete_item(index)
    }

    fn is_true(&self) -> Result<bool> {
        self.object()?.is_true()
    }

    fn length(&self) -> Result<i64> {
        self.object()?.length()
    }

    fn iterate(&self) -> Result<Iter<Any>> {
        self.object()?.iterate()
    }

    fn call(&self, arguments: &[Any]) -> Result<Any> {
        self.object()?.call(arguments)
    }

    fn attribute(&self, name: &str) -> Result<Any> {
        self.object()?.attribute(name)
    }

    fn set_attribute(&self, name: &str, value: &Any) -> Result<()> {
        self.object()?.set_attribute(name, value)
    }

    fn delete_attribute(&self, name: &str) -> Result<()> {
        self.object()?.delete_attribute(name)
    }

    fn invoke(&self, name: &str, arguments: &[Any]) -> Result<Any> {
        self.object()?.invoke(name, arguments)
    }
}
