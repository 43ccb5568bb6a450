//! Python's built-in functions.

mod aggregate;
mod convert;
mod mapping;
mod numeric;
mod order;

pub use aggregate::{Summable, all, any, contains, list, sum, sum_from, tuple};
pub use convert::{
    ToFloat, ToInt, ascii, bin, bool_of, chr, float, float_of_text, frozenset, hex, int, int_with_base, oct, ord, set,
};
pub use mapping::{ToDict, dict};
pub use numeric::{Abs, DivMod, Round, RoundTo, abs, divmod, floordiv, pow, pow_mod, round, round_to};
pub use order::{
    max, max_by_key, max_by_key_or_none, max_or, max_or_none, min, min_by_key, min_by_key_or_none, min_or, min_or_none,
    sorted, sorted_by_key,
};

use super::protocol::{Hashed, Identity, Len, Reversible, Show, Truth};
use super::{Iter, Result, Str};
use crate::trace::Trace;

/// `len(x)`
#[inline]
pub fn len<T: Len + ?Sized>(x: &T) -> Result<i64> {
    x.len()
}

/// `repr(x)`
pub fn repr<T: Show + ?Sized>(x: &T) -> Result<Str> {
    x.repr()
}

/// `str(x)`
pub fn str<T: Show + ?Sized>(x: &T) -> Result<Str> {
    x.str()
}

/// `format(x, spec)`
pub fn format<T: Show + ?Sized>(x: &T, spec: &Str) -> Result<Str> {
    x.format(spec)
}

/// `bool(x)`
#[inline]
pub fn truth<T: Truth + ?Sized>(x: &T) -> Result<bool> {
    x.truth()
}

/// `hash(x)`
pub fn hash<T: Hashed + ?Sized>(x: &T) -> Result<i64> {
    x.hash()
}

/// `id(x)`
pub fn id<T: Identity>(x: &T) -> i64 {
    x.id()
}

/// `reversed(x)` as an object.
pub fn reversed<X: Reversible<Reversed: Trace, Item: 'static>>(x: &X) -> Result<Iter<X::Item>> {
    Ok(Iter::new(x.reversed()?))
}

/// `input(prompt)`
pub fn input(prompt: &Str) -> Result<Str> {
    super::output::write(prompt)?;
    // A prompt that can't be flushed is no reason not to read.
    let _ = std::io::Write::flush(&mut std::io::stdout());
    let mut line = String::new();
    match std::io::stdin().read_line(&mut line) {
        Ok(0) => Err(super::Exception::new(&super::exceptions::EOF_ERROR, "EOF when reading a line")),
        Ok(_) => Ok(Str::from(line.strip_suffix('\n').unwrap_or(&line))),
        Err(error) => Err(super::Exception::from_error(error)),
    }
}
