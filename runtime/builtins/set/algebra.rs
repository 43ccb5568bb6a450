//! `|`, `&`, `-`, `^`, and comparing sets by inclusion.

use super::Set;
use crate::builtins::Result;
use crate::builtins::protocol::{
    And, Compare, Contains, Equal, IAnd, IOr, ISub, IXor, Iterate, Key, Or, ScriptIterator, Sub, Xor, collect,
};

impl<T: Key> Set<T> {
    /// The items for which `test` holds, in a set of their own.
    fn filtered(&self, mut test: impl FnMut(&T) -> Result<bool>) -> Result<Set<T>> {
        let kept = Set::new();
        let mut place = 0;
        while let Some((found, item)) = self.item_from(place) {
            if test(&item)? {
                kept.add(item)?;
            }
            place = found + 1;
        }
        Ok(kept)
    }

    fn all(&self, mut test: impl FnMut(&T) -> Result<bool>) -> Result<bool> {
        let mut place = 0;
        while let Some((found, item)) = self.item_from(place) {
            if !test(&item)? {
                return Ok(false);
            }
            place = found + 1;
        }
        Ok(true)
    }

    /// A set of any iterable.
    pub fn from_iterable<I: Iterate<Item = T> + ?Sized>(items: &I) -> Result<Set<T>> {
        let set = Set::new();
        let mut iterator = items.iter()?;
        while let Some(item) = iterator.next()? {
            set.add(item)?;
        }
        Ok(set)
    }

    /// `s.union(items)`
    pub fn union<I: Iterate<Item = T>>(&self, items: &I) -> Result<Set<T>> {
        let both = self.copy();
        both.update(items)?;
        Ok(both)
    }

    /// `s.intersection(items)`
    pub fn intersection<I: Iterate<Item = T>>(&self, items: &I) -> Result<Set<T>> {
        let other = Set::from_iterable(items)?;
        self.filtered(|item| other.contains(item))
    }

    /// `s.difference(items)`
    pub fn difference<I: Iterate<Item = T>>(&self, items: &I) -> Result<Set<T>> {
        let other = Set::from_iterable(items)?;
        self.filtered(|item| Ok(!other.contains(item)?))
    }

    /// `s.symmetric_difference(items)`
    pub fn symmetric_difference<I: Iterate<Item = T>>(&self, items: &I) -> Result<Set<T>> {
        let other = Set::from_iterable(items)?;
        let result = self.filtered(|item| Ok(!other.contains(item)?))?;
        result.update(&other.filtered(|item| Ok(!self.contains(item)?))?)?;
        Ok(result)
    }

    /// `s.intersection_update(items)`
    pub fn intersection_update<I: Iterate<Item = T>>(&self, items: &I) -> Result<()> {
        let kept = self.intersection(items)?;
        self.replace_with(kept);
        Ok(())
    }

    /// `s.difference_update(items)`
    pub fn difference_update<I: Iterate<Item = T>>(&self, items: &I) -> Result<()> {
        for item in collect(items)? {
            self.discard(&item)?;
        }
        Ok(())
    }

    /// `s.symmetric_difference_update(items)`
    pub fn symmetric_difference_update<I: Iterate<Item = T>>(&self, items: &I) -> Result<()> {
        let kept = self.symmetric_difference(items)?;
        self.replace_with(kept);
        Ok(())
    }

    fn replace_with(&self, other: Set<T>) {
        let new = other.table().borrow_mut().take();
        let former = {
            let mut table = self.table().borrow_mut();
            let former = table.take();
            table.adopt(new);
            former
        };
        drop(former);
    }

    /// `s.issubset(items)`
    pub fn issubset<I: Iterate<Item = T>>(&self, items: &I) -> Result<bool> {
        let other = Set::from_iterable(items)?;
        self.all(|item| other.contains(item))
    }

    /// `s.issuperset(items)`
    pub fn issuperset<I: Iterate<Item = T>>(&self, items: &I) -> Result<bool> {
        Set::from_iterable(items)?.all(|item| self.contains(item))
    }

    /// `s.isdisjoint(items)`
    pub fn isdisjoint<I: Iterate<Item = T>>(&self, items: &I) -> Result<bool> {
        Set::from_iterable(items)?.all(|item| Ok(!self.contains(item)?))
    }
}

macro_rules! operators {
    ($($trait:ident::$method:ident, $in_place:ident::$in_place_method:ident: $make:ident, $change:ident;)+) => {$(
        impl<T: Key> $trait for Set<T> {
            type Output = Set<T>;

            fn $method(&self, other: &Set<T>) -> Result<Set<T>> {
                self.$make(other)
            }
        }

        /// Changes the set itself.
        impl<T: Key> $in_place for Set<T> {
            fn $in_place_method(&self, other: &Set<T>) -> Result<Set<T>> {
                self.$change(other)?;
                Ok(self.clone())
            }
        }
    )+};
}

operators! {
    Or::or, IOr::ior: union, update;
    And::and, IAnd::iand: intersection, intersection_update;
    Sub::sub, ISub::isub: difference, difference_update;
    Xor::xor, IXor::ixor: symmetric_difference, symmetric_difference_update;
}

impl<T: Key> Equal for Set<T> {
    fn eq(&self, other: &Set<T>) -> Result<bool> {
        Ok(self.count_items() == other.count_items() && self.all(|item| other.contains(item))?)
    }
}

/// `a <= b`: a is a subset of b.
impl<T: Key> Compare for Set<T> {
    fn lt(&self, other: &Set<T>) -> Result<bool> {
        Ok(self.count_items() < other.count_items() && self.all(|item| other.contains(item))?)
    }

    fn le(&self, other: &Set<T>) -> Result<bool> {
        Ok(self.count_items() <= other.count_items() && self.all(|item| other.contains(item))?)
    }

    fn gt(&self, other: &Set<T>) -> Result<bool> {
        Compare::lt(other, self)
    }

    fn ge(&self, other: &Set<T>) -> Result<bool> {
        Compare::le(other, self)
    }
}
