//! Rust's own numbers and text, as far as scripts can use them without converting.

use super::ops::{Add, Mul, Sub};
use super::{Compare, Equal, Hashed, Identity, Len, Show, Truth};
use crate::builtins::number::int::{self, overflow};
use crate::builtins::{Result, Str};

macro_rules! integers {
    ($($type:ident)+) => {$(
        impl Show for $type {
            fn type_name(&self) -> &'static str {
                stringify!($type)
            }

            fn write_repr(&self, out: &mut String) -> Result<()> {
                out.push_str(&self.to_string());
                Ok(())
            }

            fn write_format(&self, out: &mut String, spec: &str) -> Result<()> {
                match i64::try_from(*self) {
                    Ok(value) => value.write_format(out, spec),
                    Err(_) if spec.is_empty() => self.write_repr(out),
                    Err(_) => Err(overflow()),
                }
            }
        }

        impl Truth for $type {
            #[inline]
            fn truth(&self) -> Result<bool> {
                Ok(*self != 0)
            }
        }

        impl Identity for $type {
            #[inline]
            fn is(&self, other: &$type) -> bool {
                self == other
            }

            fn id(&self) -> i64 {
                *self as i64
            }
        }

        impl Hashed for $type {
            const COMPARING_RUNS_CODE: bool = false;

            fn hash(&self) -> Result<i64> {
                // As an equal int, where there is one.
                Ok(i64::try_from(*self).map_or(*self as i64, int::hash))
            }
        }

        integers!(@checked $type Add::add checked_add);
        integers!(@checked $type Sub::sub checked_sub);
        integers!(@checked $type Mul::mul checked_mul);
        comparable!($type);
    )+};
    (@checked $type:ident $trait:ident::$method:ident $checked:ident) => {
        impl $trait for $type {
            type Output = $type;

            #[inline]
            fn $method(&self, other: &$type) -> Result<$type> {
                self.$checked(*other).ok_or_else(overflow)
            }
        }
    };
}

macro_rules! comparable {
    ($type:ty) => {
        impl Equal for $type {
            #[inline]
            fn eq(&self, other: &$type) -> Result<bool> {
                Ok(self == other)
            }
        }

        impl Compare for $type {
            #[inline]
            fn lt(&self, other: &$type) -> Result<bool> {
                Ok(self < other)
            }

            #[inline]
            fn le(&self, other: &$type) -> Result<bool> {
                Ok(self <= other)
            }

            #[inline]
            fn gt(&self, other: &$type) -> Result<bool> {
                Ok(self > other)
            }

            #[inline]
            fn ge(&self, other: &$type) -> Result<bool> {
                Ok(self >= other)
            }
        }
    };
}

integers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i128 isize);
comparable!(f32);
comparable!(char);
comparable!(String);

impl Show for f32 {
    fn type_name(&self) -> &'static str {
        "f32"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("{self:?}"));
        Ok(())
    }

    fn write_format(&self, out: &mut String, spec: &str) -> Result<()> {
        f64::from(*self).write_format(out, spec)
    }
}

macro_rules! text {
    ($($type:ty, $name:literal;)+) => {$(
        impl Show for $type {
            fn type_name(&self) -> &'static str {
                $name
            }

            fn write_repr(&self, out: &mut String) -> Result<()> {
                Str::from(self.to_owned()).write_repr(out)
            }

            fn write_str(&self, out: &mut String) -> Result<()> {
                Str::from(self.to_owned()).write_str(out)
            }

            fn write_format(&self, out: &mut String, spec: &str) -> Result<()> {
                Str::from(self.to_owned()).write_format(out, spec)
            }
        }
    )+};
}

text! {
    char, "char";
    String, "String";
    str, "str";
}

macro_rules! texts {
    ($($type:ty)+) => {$(
        impl Truth for $type {
            fn truth(&self) -> Result<bool> {
                Ok(!self.is_empty())
            }
        }

        impl Len for $type {
            fn len(&self) -> Result<i64> {
                Ok(self.chars().count() as i64)
            }
        }

        impl Equal<Str> for $type {
            fn eq(&self, other: &Str) -> Result<bool> {
                Ok(self[..] == other[..])
            }
        }

        impl Equal<$type> for Str {
            fn eq(&self, other: &$type) -> Result<bool> {
                Ok(self[..] == other[..])
            }
        }
    )+};
}

texts!(str String);

impl Equal<Str> for &str {
    fn eq(&self, other: &Str) -> Result<bool> {
        Ok(**self == other[..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_values_print_as_their_counterparts() {
        assert_eq!(Show::repr(&7usize).unwrap(), "7");
        assert_eq!(Show::format(&7u8, "03").unwrap(), "007");
        assert_eq!(Show::repr(&String::from("a'b")).unwrap(), "\"a'b\"");
        assert_eq!(Show::str(&'x').unwrap(), "x");
    }

    #[test]
    fn their_overflow_is_an_error_too() {
        assert!(Add::add(&255u8, &1).is_err());
        assert_eq!(Sub::sub(&3usize, &2).unwrap(), 1);
    }
}
