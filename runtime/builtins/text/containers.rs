//! Methods of `str` that take or give containers.

use super::Str;
use super::split::{join, partition, rpartition, rsplit, split, splitlines};
use crate::builtins::protocol::Iterate;
use crate::builtins::tuple::Tuple3;
use crate::builtins::{List, Result};

impl Str {
    /// `s.split(separator, max)`: at white space if there is no separator.
    pub fn split(&self, separator: Option<&Str>, max: i64) -> Result<List<Str>> {
        split(self, separator, max).map(List::from)
    }

    /// `s.rsplit(separator, max)`: cuts from the right.
    pub fn rsplit(&self, separator: Option<&Str>, max: i64) -> Result<List<Str>> {
        rsplit(self, separator, max).map(List::from)
    }

    /// `s.splitlines(keepends)`
    pub fn splitlines(&self, keepends: bool) -> List<Str> {
        List::from(splitlines(self, keepends))
    }

    /// `s.join(parts)`
    pub fn join<I: Iterate<Item = Str> + ?Sized>(&self, parts: &I) -> Result<Str> {
        join(self, parts)
    }

    /// `s.partition(separator)`
    pub fn partition(&self, separator: &Str) -> Result<Tuple3<Str, Str, Str>> {
        partition(self, separator).map(Tuple3::from)
    }

    /// `s.rpartition(separator)`
    pub fn rpartition(&self, separator: &Str) -> Result<Tuple3<Str, Str, Str>> {
        rpartition(self, separator).map(Tuple3::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_apart_and_putting_together() {
        let text = Str::lit("a, b");
        let parts = text.split(Some(&Str::lit(", ")), -1).unwrap();
        assert_eq!(parts.to_vec(), ["a", "b"]);
        assert_eq!(Str::lit("-").join(&parts).unwrap(), "a-b");
        assert_eq!(Str::lit("-").join(&Str::lit("xyz")).unwrap(), "x-y-z");
        assert_eq!(text.partition(&Str::lit(",")).unwrap(), Tuple3::new("a".into(), ",".into(), " b".into()));
    }
}
