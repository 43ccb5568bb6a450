//! `int`, `float`, `bool`, `set`, `chr`, `ord`, `bin` and the like.

use crate::builtins::exceptions::{TYPE_ERROR, VALUE_ERROR};
use crate::builtins::number::int::from_float;
use crate::builtins::number::{parse_float, parse_int};
use crate::builtins::protocol::{Iterate, Key, Show, Truth};
use crate::builtins::text::ascii_of;
use crate::builtins::{Any, Exception, FrozenSet, Result, Set, Str};

/// Values that `int()` takes.
#[diagnostic::on_unimplemented(message = "`int()` doesn't take a `{Self}`")]
pub trait ToInt {
    /// `int(self)`
    fn to_int(&self) -> Result<i64>;
}

/// Values that `float()` takes.
#[diagnostic::on_unimplemented(message = "`float()` doesn't take a `{Self}`")]
pub trait ToFloat {
    /// `float(self)`
    fn to_float(&self) -> Result<f64>;
}

macro_rules! conversions {
    ($($type:ty: |$x:ident| $int:expr, $float:expr;)+) => {$(
        impl ToInt for $type {
            #[inline]
            fn to_int(&self) -> Result<i64> {
                let $x = self;
                $int
            }
        }

        impl ToFloat for $type {
            #[inline]
            fn to_float(&self) -> Result<f64> {
                let $x = self;
                $float
            }
        }
    )+};
}

conversions! {
    i64: |x| Ok(*x), Ok(*x as f64);
    f64: |x| from_float(*x), Ok(*x);
    bool: |x| Ok(i64::from(*x)), Ok(f64::from(*x));
    Str: |x| parse_int(x, 10), parse_float(x);
}

impl ToInt for Any {
    fn to_int(&self) -> Result<i64> {
        match self.get::<f64>() {
            Some(value) => value.to_int(),
            None => match self.get::<Str>() {
                Some(text) => text.to_int(),
                None => self.to().ok_or_else(|| not_a_number("int", self)),
            },
        }
    }
}

impl ToFloat for Any {
    fn to_float(&self) -> Result<f64> {
        match self.get::<Str>() {
            Some(text) => text.to_float(),
            None => self.to().ok_or_else(|| not_a_number("float", self)),
        }
    }
}

#[cold]
fn not_a_number(function: &str, found: &Any) -> Exception {
    let found = found.type_name();
    let message = match function {
        "int" => format!("int() argument must be a string, a bytes-like object or a real number, not '{found}'"),
        _ => format!("{function}() argument must be a string or a real number, not '{found}'"),
    };
    Exception::new(&TYPE_ERROR, message)
}

macro_rules! rust_integers {
    ($($type:ty)+) => {$(
        impl ToInt for $type {
            fn to_int(&self) -> Result<i64> {
                i64::try_from(*self).map_err(|_| crate::builtins::number::int::overflow())
            }
        }
    )+};
}

rust_integers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i128 isize);

/// `int(x)`
#[inline]
pub fn int<T: ToInt>(x: &T) -> Result<i64> {
    x.to_int()
}

/// `int(text, base)`
pub fn int_with_base(text: &Str, base: i64) -> Result<i64> {
    parse_int(text, base)
}

/// `float(x)`
#[inline]
pub fn float<T: ToFloat>(x: &T) -> Result<f64> {
    x.to_float()
}

/// `float(text)`
pub fn float_of_text(text: &Str) -> Result<f64> {
    parse_float(text)
}

/// `bool(x)`
#[inline]
pub fn bool_of<T: Truth>(x: &T) -> Result<bool> {
    x.truth()
}

/// `set(items)`
pub fn set<X: Iterate<Item: Key> + ?Sized>(items: &X) -> Result<Set<X::Item>> {
    Set::from_iterable(items)
}

/// `frozenset(items)`
pub fn frozenset<X: Iterate<Item: Key> + ?Sized>(items: &X) -> Result<FrozenSet<X::Item>> {
    FrozenSet::from_iterable(items)
}

/// `ascii(x)`
pub fn ascii<T: Show>(x: T) -> Result<Str> {
    Ok(Str::from(ascii_of(&x.repr()?)))
}

/// `chr(code)`; surrogates aren't characters of this `str`.
pub fn chr(code: &i64) -> Result<Str> {
    let c = u32::try_from(*code).ok().and_then(char::from_u32);
    c.map(Str::from_char).ok_or_else(|| Exception::new(&VALUE_ERROR, "chr() arg not in range(0x110000)"))
}

/// `ord(c)`
pub fn ord(c: &Str) -> Result<i64> {
    let mut chars = c.as_str().chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(i64::from(u32::from(c))),
        _ => {
            let message = format!("ord() expected a character, but string of length {} found", c.count_chars());
            Err(Exception::new(&TYPE_ERROR, message))
        }
    }
}

macro_rules! bases {
    ($($name:ident $format:literal;)+) => {$(
        #[doc = concat!("`", stringify!($name), "(x)`")]
        pub fn $name(x: i64) -> Result<Str> {
            let sign = if x < 0 { "-" } else { "" };
            Ok(Str::from(format!(concat!("{}", $format), sign, x.unsigned_abs())))
        }
    )+};
}

bases! {
    bin "{:#b}";
    oct "{:#o}";
    hex "{:#x}";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_many_things() {
        assert_eq!(int(&Str::lit(" 42 ")).unwrap(), 42);
        assert_eq!(int(&-3.9).unwrap(), -3);
        assert_eq!(int(&7usize).unwrap(), 7);
        assert_eq!(float(&Str::lit("1e3")).unwrap(), 1000.0);
        assert_eq!(float(&true).unwrap(), 1.0);
    }

    #[test]
    fn characters_and_codes() {
        assert_eq!(chr(&8364).unwrap(), "€");
        assert_eq!(ord(&Str::lit("€")).unwrap(), 8364);
        assert_eq!(chr(&-1).unwrap_err().to_string(), "chr() arg not in range(0x110000)");
        let message = "ord() expected a character, but string of length 2 found";
        assert_eq!(ord(&Str::lit("ab")).unwrap_err().to_string(), message);
    }

    #[test]
    fn bases() {
        assert_eq!([bin(-5).unwrap(), oct(8).unwrap(), hex(255).unwrap()], ["-0b101", "0o10", "0xff"]);
        assert_eq!(hex(i64::MIN).unwrap(), "-0x8000000000000000");
        assert_eq!(ascii(Str::lit("é")).unwrap(), "'\\xe9'");
    }
}
