//! Functions, iterators and generators.

use super::dynamic::{AnyValue, Dynamic, no_attribute};
use super::method::{no_method, taken};
use super::{Any, AnyArguments, converted};
use crate::builtins::contextlib::GeneratorContextManager;
use crate::builtins::generator::{self, Generator, Sent};
use crate::builtins::protocol::{Hashed, ScriptIterator, Show};
use crate::builtins::{Exception, Function, Iter, Referent, Result, Str};
use crate::generator::Failure;
use crate::pointer::Object;
use crate::trace::{Trace, Tracer};

impl<A: AnyArguments + 'static, R: AnyValue> Dynamic for Function<A, R> {
    fn managed(&self) -> Option<Object> {
        Some(Object::from(self.object().clone()))
    }

    fn hashed(&self) -> Result<i64> {
        self.hash()
    }

    fn call(&self, arguments: &[Any]) -> Result<Any> {
        let arguments = A::from_anys(self.name(), arguments)?;
        Function::call(self, arguments).map(Any::from)
    }

    fn attribute(&self, name: &str) -> Result<Any> {
        match name {
            "__name__" => Ok(Any::from(Str::lit(self.name()))),
            _ => Err(no_attribute(self.type_name(), name)),
        }
    }
}

impl<T: AnyValue> Dynamic for Iter<T> {
    fn managed(&self) -> Option<Object> {
        Some(Object::from(self.object().clone()))
    }

    fn hashed(&self) -> Result<i64> {
        self.hash()
    }

    fn iterate(&self) -> Result<Iter<Any>> {
        Ok(each(self.clone()))
    }

    fn step(&self) -> Result<Option<Any>> {
        Ok(Iter::step(self)?.map(T::into_any))
    }

    fn advance(&self) -> Result<Any> {
        Iter::advance(self).map(T::into_any)
    }

    fn methods(&self) -> &'static [&'static str] {
        &["throw", "close"]
    }

    fn invoke(&self, name: &str, arguments: &[Any]) -> Result<Any> {
        match (name, arguments) {
            ("throw", [exception]) => self.throw(converted(exception, "BaseException")?).map(T::into_any),
            ("close", []) => {
                self.close()?;
                Ok(Any::none())
            }
            _ => Err(no_method(self, name, arguments)),
        }
    }
}

impl<Y, S, R, M> Dynamic for Generator<Y, S, R, M>
where
    Y: AnyValue,
    S: Sent + AnyValue,
    R: AnyValue,
    M: Failure<Error = Exception> + 'static,
{
    fn managed(&self) -> Option<Object> {
        Some(Object::from(self.pointer().clone()))
    }

    fn hashed(&self) -> Result<i64> {
        self.hash()
    }

    fn iterate(&self) -> Result<Iter<Any>> {
        Ok(each(self.clone()))
    }

    fn step(&self) -> Result<Option<Any>> {
        Ok(ScriptIterator::next(&mut self.clone())?.map(Y::into_any))
    }

    fn advance(&self) -> Result<Any> {
        generator::next(self).map(Y::into_any)
    }

    fn methods(&self) -> &'static [&'static str] {
        &["send", "throw", "close"]
    }

    fn invoke(&self, name: &str, arguments: &[Any]) -> Result<Any> {
        match (name, arguments) {
            ("send", [value]) => generator::send(self, taken(value, "generator")?).map(Y::into_any),
            ("throw", [exception]) => generator::throw(self, converted(exception, "BaseException")?).map(Y::into_any),
            ("close", []) => {
                generator::close(self)?;
                Ok(Any::none())
            }
            _ => Err(no_method(self, name, arguments)),
        }
    }
}

impl<T: 'static> Dynamic for GeneratorContextManager<T> {}

/// The items of an iterator, each as an `any`.
pub(super) fn each<I>(items: I) -> Iter<Any>
where
    I: ScriptIterator<Item: AnyValue> + Trace,
{
    match (&items as &dyn core::any::Any).downcast_ref::<Iter<Any>>() {
        Some(iterator) => iterator.clone(),
        None => Iter::new(Each(items)),
    }
}

struct Each<I>(I);

// SAFETY: the iterator is all that it owns.
unsafe impl<I: Trace> Trace for Each<I> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

impl<I: ScriptIterator<Item: AnyValue>> ScriptIterator for Each<I> {
    type Item = Any;

    fn next(&mut self) -> Result<Option<Any>> {
        Ok(self.0.next()?.map(Any::from))
    }
}
