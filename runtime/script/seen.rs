//! Values of Rust that operators of a script see: numbers and text are `int`, `float` and `str` there, all others
//! themselves. Generated code does not know the type: rustc finds the method, or the next one behind a `Deref`.
//!
//! ```text
//! Add::add(&*Seen::of(&count).operand()?, &1)
//! ```

use core::cell::{Ref, RefMut};
use core::ops::Deref;
use std::borrow::Cow;

use super::not_none;
use super::outcome::Given;
use crate::builtins::number::int::overflow;
use crate::builtins::{Result, Str};

/// Rust's numbers and text, which in a script are `int`, `float` and `str`.
pub trait ToScript {
    /// The type in scripts.
    type Value;

    /// The value in scripts: an OverflowError if it is no `int`.
    fn to_script(&self) -> Result<Self::Value>;
}

macro_rules! to_script {
    ($($type:ty => $value:ty: |$it:ident| $result:expr;)+) => {$(
        impl ToScript for $type {
            type Value = $value;

            #[inline]
            fn to_script(&self) -> Result<$value> {
                let $it = self;
                $result
            }
        }
    )+};
}

macro_rules! integers {
    ($($type:ty)+) => { to_script! { $($type => i64: |it| i64::try_from(*it).map_err(|_| overflow());)+ } };
}

integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

to_script! {
    f32 => f64: |it| Ok(f64::from(*it));
    f64 => f64: |it| Ok(*it);
    bool => bool: |it| Ok(*it);
    char => Str: |it| Ok(Str::from(&*it.encode_utf8(&mut [0; 4])));
    str => Str: |it| Ok(Str::from(it));
    String => Str: |it| Ok(Str::from(it.as_str()));
    Cow<'_, str> => Str: |it| Ok(Str::from(&**it));
    Str => Str: |it| Ok(it.clone());
}

impl<T: ToScript> ToScript for Option<T> {
    type Value = Option<T::Value>;

    #[inline]
    fn to_script(&self) -> Result<Option<T::Value>> {
        self.as_ref().map(T::to_script).transpose()
    }
}

macro_rules! references {
    ($($type:ty)+) => {$(
        impl<T: ToScript + ?Sized> ToScript for $type {
            type Value = T::Value;

            #[inline]
            fn to_script(&self) -> Result<T::Value> {
                T::to_script(self)
            }
        }
    )+};
}

references!(&T &mut T Ref<'_, T> RefMut<'_, T> Box<T>);

/// A value of the script's own.
pub struct Own<V>(V);

impl<V> Deref for Own<V> {
    type Target = V;

    #[inline]
    fn deref(&self) -> &V {
        &self.0
    }
}

/// What comes next, where rustc has found no method.
macro_rules! behind {
    ($([$($generics:tt)*] $type:ty => $next:ty;)+) => {$(
        impl<$($generics)*> Deref for $type {
            type Target = $next;

            #[inline]
            fn deref(&self) -> &$next {
                &self.0
            }
        }
    )+};
}

/// A value that stays where it is. An `i64` comes first: a number whose type nobody has told is an `int` of the script.
pub struct Seen<'a, T>(NoInt<'a, T>);

/// What is no `i64`.
pub struct NoInt<'a, T>(NoFloat<'a, T>);

/// What is no `f64`, either.
pub struct NoFloat<'a, T>(Present<'a, T>);

/// What is not `None`.
pub struct Present<'a, T>(Itself<'a, T>);

/// What is no number and no text.
pub struct Itself<'a, T>(&'a T);

behind! {
    ['a, T] Seen<'a, T> => NoInt<'a, T>;
    ['a, T] NoInt<'a, T> => NoFloat<'a, T>;
    ['a, T] NoFloat<'a, T> => Present<'a, T>;
    ['a, T] Present<'a, T> => Itself<'a, T>;
}

impl<'a, T> Seen<'a, T> {
    /// Of a value.
    #[inline]
    pub fn of(value: &'a T) -> Seen<'a, T> {
        Seen(NoInt(NoFloat(Present(Itself(value)))))
    }
}

/// Values that operators take as they are.
macro_rules! themselves {
    ($([$($generics:tt)*] $type:ty => $value:ty, |$it:ident| $found:expr;)+) => {$(
        impl<'a, $($generics)*> $type {
            /// What an operator takes.
            #[inline]
            pub fn operand(&self) -> Result<&'a $value> {
                self.value()
            }

            /// What takes `None`, too.
            #[inline]
            pub fn value(&self) -> Result<&'a $value> {
                let $it = self;
                Ok($found)
            }
        }
    )+};
}

themselves! {
    [] Seen<'a, i64> => i64, |it| it.0.0.0.0.0;
    [] NoInt<'a, f64> => f64, |it| it.0.0.0.0;
    [T] Itself<'a, T> => T, |it| it.0;
}

impl<T: ToScript> NoFloat<'_, Option<T>> {
    /// What an operator takes: not `None`.
    #[inline]
    pub fn operand(&self) -> Result<Own<T::Value>> {
        not_none(self.0.0.0.as_ref(), core::any::type_name::<T>())?.to_script().map(Own)
    }
}

impl<T: ToScript> Present<'_, T> {
    /// What an operator takes.
    #[inline]
    pub fn operand(&self) -> Result<Own<T::Value>> {
        self.value()
    }

    /// What takes `None`, too.
    #[inline]
    pub fn value(&self) -> Result<Own<T::Value>> {
        self.0.0.to_script().map(Own)
    }
}

/// A value that a name of the script is bound to.
pub struct Bound<T>(NoIntBound<T>);

/// What is no `i64`.
pub struct NoIntBound<T>(NoFloatBound<T>);

/// What is no `f64`, either.
pub struct NoFloatBound<T>(Given<T>);

behind! {
    [T] Bound<T> => NoIntBound<T>;
    [T] NoIntBound<T> => NoFloatBound<T>;
    [T] NoFloatBound<T> => Given<T>;
}

impl<T> Bound<T> {
    /// Of a value.
    #[inline]
    pub fn of(value: T) -> Bound<T> {
        Bound(NoIntBound(NoFloatBound(Given::of(value))))
    }
}

impl Bound<i64> {
    /// It is the script's own.
    #[inline]
    pub fn raised(&self) -> Result<i64> {
        self.0.0.0.raised()
    }
}

impl NoIntBound<f64> {
    /// It is the script's own.
    #[inline]
    pub fn raised(&self) -> Result<f64> {
        self.0.0.raised()
    }
}

impl<T: ToScript> NoFloatBound<T> {
    /// The script's own value.
    #[inline]
    pub fn raised(&self) -> Result<T::Value> {
        self.0.value().to_script()
    }
}
