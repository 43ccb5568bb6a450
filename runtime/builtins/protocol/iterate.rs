//! `for`: what can be iterated over, and what iterates.

use super::{Equal, Identity, same_or_equal};
use crate::builtins::{Result, Str};
use crate::trace::{Trace, Tracer};

/// Values that a `for` can go over.
#[diagnostic::on_unimplemented(message = "a `{Self}` isn't iterable in a script")]
pub trait Iterate {
    /// What the loop's name is bound to.
    type Item;
    /// The iterator; it keeps the value alive.
    type Iter: ScriptIterator<Item = Self::Item>;

    /// `iter(self)`
    fn iter(&self) -> Result<Self::Iter>;

    /// How many items are expected, where that is known.
    fn size_hint(&self) -> usize {
        0
    }

    /// Looks at all items at once, where they lie side by side. `look` must not run code of a script.
    #[doc(hidden)]
    fn look_at_all<R>(&self, _look: impl FnOnce(&[Self::Item]) -> R) -> Option<R> {
        None
    }
}

/// An iterator whose steps can fail.
pub trait ScriptIterator {
    /// What a step gives.
    type Item;
    /// Python's name for such an iterator.
    const CLASS: &'static str = "iterator";

    /// The next item; None at the end.
    fn next(&mut self) -> Result<Option<Self::Item>>;
}

/// Values that `reversed` can go over.
#[diagnostic::on_unimplemented(message = "a `{Self}` can't be reversed")]
pub trait Reversible {
    /// What a step gives.
    type Item;
    /// The iterator; it keeps the value alive.
    type Reversed: ScriptIterator<Item = Self::Item>;

    /// `reversed(self)`
    fn reversed(&self) -> Result<Self::Reversed>;
}

/// All items, in a vector.
pub(crate) fn collect<I: Iterate + ?Sized>(items: &I) -> Result<Vec<I::Item>> {
    let mut all = Vec::with_capacity(items.size_hint());
    let mut iterator = items.iter()?;
    while let Some(item) = iterator.next()? {
        all.push(item);
    }
    Ok(all)
}

/// `item in iterator`: goes on up to the first that is equal.
pub(crate) fn reaches<I: ScriptIterator<Item: Equal + Identity>>(mut iterator: I, item: &I::Item) -> Result<bool> {
    while let Some(found) = iterator.next()? {
        if same_or_equal(&found, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The characters of a text.
#[derive(Clone, Debug)]
pub struct Chars {
    text: Str,
    byte: usize,
}

impl ScriptIterator for Chars {
    type Item = Str;
    const CLASS: &'static str = "str_iterator";

    #[inline]
    fn next(&mut self) -> Result<Option<Str>> {
        let next = self.text.as_str()[self.byte..].chars().next();
        self.byte += next.map_or(0, char::len_utf8);
        Ok(next.map(Str::from_char))
    }
}

// SAFETY: text owns no `Gc`.
unsafe impl Trace for Chars {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}
}

impl Iterate for Str {
    type Item = Str;
    type Iter = Chars;

    fn iter(&self) -> Result<Chars> {
        Ok(Chars { text: self.clone(), byte: 0 })
    }

    fn size_hint(&self) -> usize {
        self.as_str().len()
    }
}

impl Reversible for Str {
    type Item = Str;
    type Reversed = crate::builtins::seq::SeqIter<Str>;

    fn reversed(&self) -> Result<Self::Reversed> {
        crate::builtins::Seq::from(self.chars().map(Str::from_char).collect::<Vec<Str>>()).reversed()
    }
}

/// A name that may be `None`: iterating over it then raises Python's error.
impl<T: Iterate> Iterate for Option<T> {
    type Item = T::Item;
    type Iter = T::Iter;

    fn iter(&self) -> Result<T::Iter> {
        match self {
            Some(value) => value.iter(),
            None => Err(crate::builtins::Exception::new(
                &crate::builtins::exceptions::TYPE_ERROR,
                "'NoneType' object is not iterable",
            )),
        }
    }

    fn size_hint(&self) -> usize {
        self.as_ref().map_or(0, T::size_hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_gives_its_characters() {
        let mut chars = Str::lit("aé😀").iter().unwrap();
        let mut all = Vec::new();
        while let Some(c) = chars.next().unwrap() {
            all.push(c);
        }
        assert_eq!(all, ["a", "é", "😀"]);
        assert!(chars.next().unwrap().is_none());
    }
}
