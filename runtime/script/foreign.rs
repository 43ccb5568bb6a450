//! Attributes of Rust's types. Generated code does not know the type: rustc finds the method, or the next one behind a
//! `Deref`, as for [`Outcome`](super::Outcome).
//!
//! ```text
//! Got::of(Fields::of(&node).get().name()).raised()
//! ```

use core::cell::Ref;
use core::ops::Deref;

use super::outcome::Given;
use super::{ToScript, attribute_of_none};
use crate::builtins::Result;
use crate::pointer::Gc;

/// A value of which an attribute is wanted: `None` has none.
pub struct Reached<'a, T>(There<'a, T>);

/// What can't be `None`.
pub struct There<'a, T>(&'a T);

impl<'a, T> Reached<'a, T> {
    /// Of a value.
    #[inline]
    pub fn of(value: &'a T) -> Reached<'a, T> {
        Reached(There(value))
    }
}

impl<'a, T> Reached<'a, Option<T>> {
    /// What is there, or an AttributeError.
    #[inline]
    pub fn reach(&self, name: &'static str) -> Result<&'a T> {
        attribute_of_none(self.0.0.as_ref(), name)
    }
}

impl<'a, T> Deref for Reached<'a, T> {
    type Target = There<'a, T>;

    #[inline]
    fn deref(&self) -> &There<'a, T> {
        &self.0
    }
}

impl<'a, T> There<'a, T> {
    /// The value itself.
    #[inline]
    pub fn reach(&self, _name: &'static str) -> Result<&'a T> {
        Ok(self.0)
    }
}

/// A managed type with fields that are no `mut` ones: it has getters for these too, which only scripts see.
pub trait PlainFields {
    /// What has them; behind it is the object, with its own getters.
    type Of<'a>: Deref<Target = Self>
    where
        Self: 'a;

    /// They.
    fn of(&self) -> Self::Of<'_>;
}

/// What has the getters of a value.
pub struct Fields<'a, T>(Methods<'a, T>);

/// What has only its methods.
pub struct Methods<'a, T>(&'a T);

impl<'a, T> Fields<'a, T> {
    /// Of a value.
    #[inline]
    pub fn of(value: &'a T) -> Fields<'a, T> {
        Fields(Methods(value))
    }
}

impl<'a, T: PlainFields> Fields<'a, Gc<T>> {
    /// The getters of an object's plain fields, and of the others.
    #[inline]
    pub fn get(&self) -> T::Of<'a> {
        T::of(self.0.0)
    }
}

impl<'a, T> Deref for Fields<'a, T> {
    type Target = Methods<'a, T>;

    #[inline]
    fn deref(&self) -> &Methods<'a, T> {
        &self.0
    }
}

impl<'a, T> Methods<'a, T> {
    /// The value.
    #[inline]
    pub fn get(&self) -> &'a T {
        self.0
    }
}

/// What a getter gave: numbers and text become those of scripts, what is only lent is cloned.
pub struct Got<T>(Lent<T>);

/// What is no number or text.
pub struct Lent<T>(Given<T>);

impl<T> Got<T> {
    /// Of the result of a getter.
    #[inline]
    pub fn of(value: T) -> Got<T> {
        Got(Lent(Given::of(value)))
    }
}

impl<T: ToScript> Got<T> {
    /// The script's own value.
    #[inline]
    pub fn raised(&self) -> Result<T::Value> {
        self.0.0.value().to_script()
    }
}

impl<T> Deref for Got<T> {
    type Target = Lent<T>;

    #[inline]
    fn deref(&self) -> &Lent<T> {
        &self.0
    }
}

impl<T: Clone> Lent<&T> {
    /// A clone.
    #[inline]
    pub fn raised(&self) -> Result<T> {
        Ok(self.0.value().clone())
    }
}

impl<T: Clone> Lent<Ref<'_, T>> {
    /// A clone.
    #[inline]
    pub fn raised(&self) -> Result<T> {
        Ok(T::clone(&self.0.value()))
    }
}

impl<T> Deref for Lent<T> {
    type Target = Given<T>;

    #[inline]
    fn deref(&self) -> &Given<T> {
        &self.0
    }
}
