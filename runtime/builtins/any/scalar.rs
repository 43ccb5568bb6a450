//! Numbers, `None`, and values that have nothing but themselves.

use super::dynamic::{AnyValue, Dynamic, Order, no_order};
use super::{Any, Repr};
use crate::builtins::io::StandardStream;
use crate::builtins::number::int::compare_with_float;
use crate::builtins::protocol::{Equal, Hashed, Identity, Key, Show, Truth};
use crate::builtins::threading::Thread;
use crate::builtins::tuple::Arguments;
use crate::builtins::weakref::{Finalize, WeakKeyDictionary, WeakMethod, WeakSet, WeakValueDictionary};
use crate::builtins::{Referent, Result, Slice, TextIOWrapper};
use core::cmp::Ordering;

/// A number of Python's.
#[derive(Clone, Copy)]
enum Number {
    Int(i64),
    Float(f64),
}

fn number(any: &Any) -> Option<Number> {
    match any.0 {
        Repr::Bool(value) => Some(Number::Int(i64::from(value))),
        Repr::Int(value) => Some(Number::Int(value)),
        Repr::Float(value) => Some(Number::Float(value)),
        _ => None,
    }
}

fn compare(left: Number, right: Number) -> Option<Ordering> {
    match (left, right) {
        (Number::Int(left), Number::Int(right)) => Some(left.cmp(&right)),
        (Number::Float(left), Number::Float(right)) => left.partial_cmp(&right),
        (Number::Int(left), Number::Float(right)) => compare_with_float(left, right),
        (Number::Float(left), Number::Int(right)) => compare_with_float(right, left).map(Ordering::reverse),
    }
}

macro_rules! numbers {
    ($($type:ty: $variant:ident, $number:expr, from $from:expr;)+) => {$(
        impl Dynamic for $type {
            fn into_any(self) -> Any {
                Any(Repr::$variant(self))
            }

            fn from_any(any: &Any) -> Option<$type> {
                let from: fn(&Repr) -> Option<$type> = $from;
                from(&any.0)
            }

            fn is_identical(&self, other: &Any) -> bool {
                matches!(&other.0, Repr::$variant(other) if self.is(other))
            }

            fn address(&self) -> i64 {
                self.id()
            }

            fn equals(&self, other: &Any) -> Result<bool> {
                let own: fn($type) -> Number = $number;
                Ok(number(other).is_some_and(|other| compare(own(*self), other) == Some(Ordering::Equal)))
            }

            fn ordered(&self, operator: Order, other: &Any) -> Result<bool> {
                let own: fn($type) -> Number = $number;
                match number(other) {
                    Some(other) => Ok(operator.holds(compare(own(*self), other))),
                    None => Err(no_order(operator, self.type_name(), other.type_name())),
                }
            }

            fn hashed(&self) -> Result<i64> {
                self.hash()
            }

            fn is_true(&self) -> Result<bool> {
                self.truth()
            }
        }
    )+};
}

numbers! {
    bool: Bool, |value| Number::Int(i64::from(value)), from |any| match any {
        Repr::Bool(value) => Some(*value),
        _ => None,
    };
    i64: Int, Number::Int, from |any| match any {
        Repr::Int(value) => Some(*value),
        Repr::Bool(value) => Some(i64::from(*value)),
        _ => None,
    };
    f64: Float, Number::Float, from |any| match any {
        Repr::Float(value) => Some(*value),
        Repr::Int(value) => Some(*value as f64),
        Repr::Bool(value) => Some(f64::from(*value)),
        _ => None,
    };
}

impl Dynamic for () {
    fn into_any(self) -> Any {
        Any::none()
    }

    fn from_any(any: &Any) -> Option<()> {
        any.is_none().then_some(())
    }

    fn is_identical(&self, other: &Any) -> bool {
        other.is_none()
    }

    fn hashed(&self) -> Result<i64> {
        self.hash()
    }

    fn is_true(&self) -> Result<bool> {
        Ok(false)
    }
}

/// An `any` holds the value, or is `None`.
impl<T: AnyValue> Dynamic for Option<T> {
    fn into_any(self) -> Any {
        self.map_or(Any::none(), T::into_any)
    }

    fn from_any(any: &Any) -> Option<Option<T>> {
        match any.is_none() {
            true => Some(None),
            false => T::from_any(any).map(Some),
        }
    }
}

/// Values that are equal to values of their own type only.
macro_rules! plain {
    ($([$($generics:tt)*] $type:ty: $($trait:ident)+;)+) => {$(
        impl<$($generics)*> Dynamic for $type {
            $(plain!(@$trait);)+
        }
    )+};
    (@Identity) => {
        fn is_identical(&self, other: &Any) -> bool {
            other.get::<Self>().is_some_and(|other| self.is(&other))
        }

        fn address(&self) -> i64 {
            self.id()
        }
    };
    (@Equal) => {
        fn equals(&self, other: &Any) -> Result<bool> {
            other.get::<Self>().map_or(Ok(false), |other| Equal::eq(self, &other))
        }
    };
    (@Hashed) => {
        fn hashed(&self) -> Result<i64> {
            self.hash()
        }
    };
    (@Truth) => {
        fn is_true(&self) -> Result<bool> {
            self.truth()
        }
    };
}

plain! {
    [] u8: Identity Equal Hashed Truth;
    [] u16: Identity Equal Hashed Truth;
    [] u32: Identity Equal Hashed Truth;
    [] u64: Identity Equal Hashed Truth;
    [] u128: Identity Equal Hashed Truth;
    [] usize: Identity Equal Hashed Truth;
    [] i8: Identity Equal Hashed Truth;
    [] i16: Identity Equal Hashed Truth;
    [] i32: Identity Equal Hashed Truth;
    [] i128: Identity Equal Hashed Truth;
    [] isize: Identity Equal Hashed Truth;
    [] f32: Equal;
    [] char: Equal;
    [] String: Equal Truth;
    [] Slice: Equal;
    [] Thread: Identity Equal;
    [] StandardStream: Identity Equal Hashed;
    [] TextIOWrapper: Identity Equal Hashed;
    [F: 'static] WeakMethod<F>: Identity Equal Hashed;
    [A: Arguments, V: Referent + Show] Finalize<A, V>: Identity Equal;
    [K: Referent + Key, V: AnyValue] WeakKeyDictionary<K, V>: Identity Truth;
    [K: Key, V: Referent + AnyValue] WeakValueDictionary<K, V>: Identity Truth;
    [T: Referent + Key] WeakSet<T>: Identity Equal Truth;
}
