//! [`WeakSet`].

use super::container::{Item, WeakIter, handle, role, upgraded};
use super::reference::{described, reference};
use crate::builtins::exceptions::KEY_ERROR;
use crate::builtins::protocol::{
    And, Compare, Contains, Equal, IAnd, IOr, ISub, IXor, Iterate, Key, Or, ScriptIterator, Show, Sub, Xor, collect,
    same_or_equal,
};
use crate::builtins::{Exception, Referent, Result};
use crate::pointer::Gc;
use crate::spread::spread;
use crate::weak::{Slot, Table};

role!(Members, "WeakSet", weak is key: false, looking removes: false, "Set changed size during iteration");

/// Python's `weakref.WeakSet`: members are not kept alive. Equality decides what is a member, as in a set.
///
/// ```
/// use refcycle::builtins::weakref::WeakSet;
/// use refcycle::builtins::{Function, protocol::{Contains, Len}};
///
/// let function = Function::new("f", (), |(), ()| Ok(()));
/// let set = WeakSet::new();
/// set.add(function.clone()).unwrap();
/// assert!(set.contains(&function).unwrap());
/// drop(function);
/// assert_eq!(set.len().unwrap(), 0);
/// ```
pub struct WeakSet<T: Referent>(Gc<Table<T::Object, (), Members>>);

handle!([T: Referent] WeakSet<T>, Table<T::Object, (), Members>);

impl<T: Referent> WeakSet<T> {
    /// An empty set.
    pub fn new() -> Self {
        WeakSet(Table::new())
    }

    fn count(&self) -> usize {
        self.0.len()
    }

    /// `s.clear()`
    pub fn clear(&self) {
        self.0.clear();
    }
}

impl<T: Referent + Key> WeakSet<T> {
    /// `WeakSet(items)`
    pub fn from_iterable<I: Iterate<Item = T> + ?Sized>(items: &I) -> Result<Self> {
        let set = WeakSet::new();
        set.update(items)?;
        Ok(set)
    }

    /// The members of `items` for which `test` holds, in a set of their own.
    fn filtered<I: Iterate<Item = T> + ?Sized>(items: &I, test: impl Fn(&T) -> Result<bool>) -> Result<Self> {
        let set = WeakSet::new();
        let mut iterator = items.iter()?;
        while let Some(item) = iterator.next()? {
            if test(&item)? {
                set.add(item)?;
            }
        }
        Ok(set)
    }

    fn find(&self, item: &T) -> Result<Option<usize>> {
        let living = |slot: &Slot<T::Object, ()>| slot.weak.upgrade().map(T::from_pointer);
        self.0.search(spread(item.hash()?), living, |stored| same_or_equal(stored, item))
    }

    /// `s.add(item)`: an equal member that is there stays.
    pub fn add(&self, item: T) -> Result<()> {
        self.0.remove_pending();
        if self.find(&item)?.is_none() {
            Table::add(&self.0, spread(item.hash()?), item.pointer(), ());
        }
        Ok(())
    }

    /// Removes a member; was it one?
    fn take_out(&self, item: &T) -> Result<bool> {
        self.0.remove_pending();
        let removed = self.find(item)?.and_then(|slot| self.0.remove(slot));
        Ok(removed.is_some())
    }

    /// `s.discard(item)`
    pub fn discard(&self, item: &T) -> Result<()> {
        self.take_out(item).map(|_| ())
    }

    /// `s.remove(item)`
    pub fn remove(&self, item: &T) -> Result<()> {
        if self.take_out(item)? { Ok(()) } else { Err(Exception::with_argument(&KEY_ERROR, reference(item))) }
    }

    /// `s.pop()`: the newest member.
    pub fn pop(&self) -> Result<T> {
        self.0.remove_pending();
        let newest = self.0.last().and_then(|(slot, member)| {
            self.0.remove(slot)?;
            Some(T::from_pointer(member))
        });
        newest.ok_or_else(|| Exception::new(&KEY_ERROR, "pop from empty WeakSet"))
    }

    /// `s.copy()`
    pub fn copy(&self) -> Result<Self> {
        Self::from_iterable(self)
    }

    /// `s.update(items)`
    pub fn update<I: Iterate<Item = T> + ?Sized>(&self, items: &I) -> Result<()> {
        let mut iterator = items.iter()?;
        while let Some(item) = iterator.next()? {
            self.add(item)?;
        }
        Ok(())
    }

    /// `s.union(items)`
    pub fn union<I: Iterate<Item = T>>(&self, items: &I) -> Result<Self> {
        let both = self.copy()?;
        both.update(items)?;
        Ok(both)
    }

    /// `s.intersection(items)`
    pub fn intersection<I: Iterate<Item = T>>(&self, items: &I) -> Result<Self> {
        Self::filtered(items, |item| self.contains(item))
    }

    /// `s.difference(items)`
    pub fn difference<I: Iterate<Item = T>>(&self, items: &I) -> Result<Self> {
        let rest = self.copy()?;
        rest.difference_update(items)?;
        Ok(rest)
    }

    /// `s.symmetric_difference(items)`
    pub fn symmetric_difference<I: Iterate<Item = T>>(&self, items: &I) -> Result<Self> {
        let others = Self::from_iterable(items)?;
        let result = Self::filtered(self, |item| Ok(!others.contains(item)?))?;
        result.update(&Self::filtered(&others, |item| Ok(!self.contains(item)?))?)?;
        Ok(result)
    }

    /// `s.intersection_update(items)`
    pub fn intersection_update<I: Iterate<Item = T>>(&self, items: &I) -> Result<()> {
        let others = Self::from_iterable(items)?;
        for member in collect(self)? {
            if !others.contains(&member)? {
                self.discard(&member)?;
            }
        }
        Ok(())
    }

    /// `s.difference_update(items)`
    pub fn difference_update<I: Iterate<Item = T>>(&self, items: &I) -> Result<()> {
        collect(items)?.into_iter().try_for_each(|item| self.discard(&item))
    }

    /// `s.symmetric_difference_update(items)`
    pub fn symmetric_difference_update<I: Iterate<Item = T>>(&self, items: &I) -> Result<()> {
        for item in collect(&Self::from_iterable(items)?)? {
            if !self.take_out(&item)? {
                self.add(item)?;
            }
        }
        Ok(())
    }

    /// `s.issubset(items)`
    pub fn issubset<I: Iterate<Item = T>>(&self, items: &I) -> Result<bool> {
        let others = Self::from_iterable(items)?;
        Ok(self.0.len() == self.intersection(&others)?.0.len())
    }

    /// `s.issuperset(items)`
    pub fn issuperset<I: Iterate<Item = T>>(&self, items: &I) -> Result<bool> {
        Self::from_iterable(items)?.issubset(self)
    }

    /// `s.isdisjoint(items)`
    pub fn isdisjoint<I: Iterate<Item = T>>(&self, items: &I) -> Result<bool> {
        Ok(self.intersection(items)?.0.len() == 0)
    }
}

/// The members of a [`WeakSet`].
pub struct Living<T>(T);

impl<T: Referent> Item<T::Object, ()> for Living<T> {
    type Item = T;

    fn item(object: Gc<T::Object>, (): ()) -> T {
        T::from_pointer(object)
    }
}

impl<T: Referent> Default for WeakSet<T> {
    fn default() -> Self {
        WeakSet::new()
    }
}

impl<T: Referent + Key> Iterate for WeakSet<T> {
    type Item = T;
    type Iter = WeakIter<T::Object, (), Members, Living<T>>;

    fn iter(&self) -> Result<Self::Iter> {
        Ok(WeakIter::new(&self.0))
    }
}

impl<T: Referent + Key> Contains<T> for WeakSet<T> {
    fn contains(&self, item: &T) -> Result<bool> {
        Ok(self.find(item)?.is_some())
    }
}

macro_rules! operators {
    ($($trait:ident::$method:ident, $in_place:ident::$in_place_method:ident: $make:ident, $change:ident;)+) => {$(
        impl<T: Referent + Key> $trait for WeakSet<T> {
            type Output = WeakSet<T>;

            fn $method(&self, other: &WeakSet<T>) -> Result<WeakSet<T>> {
                self.$make(other)
            }
        }

        /// Changes the set itself.
        impl<T: Referent + Key> $in_place for WeakSet<T> {
            fn $in_place_method(&self, other: &WeakSet<T>) -> Result<WeakSet<T>> {
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

impl<T: Referent + Key> Equal for WeakSet<T> {
    fn eq(&self, other: &WeakSet<T>) -> Result<bool> {
        Ok(self.0.len() == other.0.len() && self.issubset(other)?)
    }
}

/// `a <= b`: a is a subset of b.
impl<T: Referent + Key> Compare for WeakSet<T> {
    fn lt(&self, other: &WeakSet<T>) -> Result<bool> {
        Ok(self.0.len() < other.0.len() && self.issubset(other)?)
    }

    fn le(&self, other: &WeakSet<T>) -> Result<bool> {
        self.issubset(other)
    }

    fn gt(&self, other: &WeakSet<T>) -> Result<bool> {
        Compare::lt(other, self)
    }

    fn ge(&self, other: &WeakSet<T>) -> Result<bool> {
        other.issubset(self)
    }
}

/// Shown as the set of weak references that it is in Python.
impl<T: Referent + Show> Show for WeakSet<T> {
    fn type_name(&self) -> &'static str {
        "WeakSet"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        let (mut next, mut separator) = (0, "{");
        while let Some((slot, ..)) = self.0.next_from(next, |()| ()) {
            if let Some(member) = upgraded::<T, _, _>(&self.0, slot) {
                out.push_str(&format!("{separator}<weakref to {}>", described(&member)));
                separator = ", ";
            }
            next = slot + 1;
        }
        out.push_str(if separator == "{" { "set()" } else { "}" });
        Ok(())
    }
}

impl<T: Referent + Show> core::fmt::Debug for WeakSet<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.repr().map_err(|_| core::fmt::Error)?)
    }
}
