//! `is` and `id`.

use super::hashed::hash_text;
use crate::builtins::Str;

/// Values that can be compared with `is`. Numbers and constants are the same when they are equal.
#[diagnostic::on_unimplemented(message = "`is` can't compare a `{Self}`")]
pub trait Identity {
    /// `self is other`
    fn is(&self, other: &Self) -> bool;

    /// `id(self)`: unique among the objects that are alive.
    fn id(&self) -> i64;
}

impl Identity for i64 {
    #[inline]
    fn is(&self, other: &i64) -> bool {
        self == other
    }

    fn id(&self) -> i64 {
        *self
    }
}

impl Identity for bool {
    #[inline]
    fn is(&self, other: &bool) -> bool {
        self == other
    }

    fn id(&self) -> i64 {
        i64::from(*self)
    }
}

impl Identity for f64 {
    #[inline]
    fn is(&self, other: &f64) -> bool {
        self.to_bits() == other.to_bits()
    }

    fn id(&self) -> i64 {
        self.to_bits() as i64
    }
}

/// Short text has no place of its own: it is what it says.
impl Identity for Str {
    #[inline]
    fn is(&self, other: &Str) -> bool {
        self.ptr_eq(other)
    }

    fn id(&self) -> i64 {
        self.address().map_or_else(|| hash_text(self.as_bytes()), |address| address as i64)
    }
}

impl Identity for () {
    fn is(&self, _other: &()) -> bool {
        true
    }

    fn id(&self) -> i64 {
        0
    }
}

impl<T: Identity> Identity for Option<T> {
    #[inline]
    fn is(&self, other: &Option<T>) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => a.is(b),
            (None, None) => true,
            _ => false,
        }
    }

    fn id(&self) -> i64 {
        self.as_ref().map_or(0, T::id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_text_is_the_text() {
        let text = Str::from("some text, not short".to_owned());
        assert!(text.is(&text.clone()));
        assert!(!text.is(&Str::from("some text, not short".to_owned())));
        assert!(!Some(text).is(&None));
    }
}
