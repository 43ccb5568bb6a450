//! `hash`.

use crate::builtins::number::{float, int};
use crate::builtins::{Result, Str};
use core::hash::Hasher;

/// Values that can be keys of a dict and items of a set. Equal values have equal hashes.
#[diagnostic::on_unimplemented(
    message = "unhashable type: `{Self}`",
    label = "this can't be a key of a dict or an item of a set"
)]
pub trait Hashed {
    /// Can comparing two values of this type run code of a script? If not, a table compares them where they lie.
    #[doc(hidden)]
    const COMPARING_RUNS_CODE: bool = true;

    /// `hash(self)`
    fn hash(&self) -> Result<i64>;
}

impl Hashed for i64 {
    const COMPARING_RUNS_CODE: bool = false;

    #[inline]
    fn hash(&self) -> Result<i64> {
        Ok(int::hash(*self))
    }
}

impl Hashed for f64 {
    const COMPARING_RUNS_CODE: bool = false;

    fn hash(&self) -> Result<i64> {
        Ok(float::hash(*self))
    }
}

impl Hashed for bool {
    const COMPARING_RUNS_CODE: bool = false;

    #[inline]
    fn hash(&self) -> Result<i64> {
        Ok(i64::from(*self))
    }
}

impl Hashed for Str {
    const COMPARING_RUNS_CODE: bool = false;

    fn hash(&self) -> Result<i64> {
        Ok(hash_text(self.as_bytes()))
    }
}

impl Hashed for () {
    const COMPARING_RUNS_CODE: bool = false;

    fn hash(&self) -> Result<i64> {
        Ok(NONE)
    }
}

impl<T: Hashed> Hashed for Option<T> {
    const COMPARING_RUNS_CODE: bool = T::COMPARING_RUNS_CODE;

    #[inline]
    fn hash(&self) -> Result<i64> {
        self.as_ref().map_or(Ok(NONE), T::hash)
    }
}

const NONE: i64 = 0xfca86420;

/// The hash of text or bytes: the same in every run (CPython's differs from run to run).
pub(crate) fn hash_text(bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    let mut hasher = std::hash::DefaultHasher::new();
    hasher.write(bytes);
    match hasher.finish() as i64 {
        -1 => -2,
        hash => hash,
    }
}

/// The hash of a tuple from the hashes of its items, as CPython mixes them.
pub(crate) fn hash_sequence(hashes: impl ExactSizeIterator<Item = i64>) -> i64 {
    const PRIME_1: u64 = 11400714785074694791;
    const PRIME_2: u64 = 14029467366897019727;
    const PRIME_5: u64 = 2870177450012600261;
    let len = hashes.len() as u64;
    let mixed = hashes.fold(PRIME_5, |acc, hash| {
        acc.wrapping_add((hash as u64).wrapping_mul(PRIME_2)).rotate_left(31).wrapping_mul(PRIME_1)
    });
    match mixed.wrapping_add(len ^ (PRIME_5 ^ 3527539)) {
        u64::MAX => 1546275796,
        hash => hash as i64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_equal_hashes() {
        assert_eq!(Hashed::hash(&1i64).unwrap(), Hashed::hash(&1.0f64).unwrap());
        assert_eq!(Hashed::hash(&true).unwrap(), Hashed::hash(&1i64).unwrap());
        assert_eq!(Hashed::hash(&Str::lit("ab")).unwrap(), Hashed::hash(&Str::from("ab".to_owned())).unwrap());
        assert_eq!(Hashed::hash(&Some(5i64)).unwrap(), 5);
    }

    #[test]
    fn tuples_hash_as_in_cpython() {
        assert_eq!(hash_sequence([].into_iter()), 5740354900026072187);
        assert_eq!(hash_sequence([1, 2].into_iter()), -3550055125485641917);
        assert_eq!(hash_sequence([1, 2, 3].into_iter()), 529344067295497451);
    }
}
