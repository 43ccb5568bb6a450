//! [`WeakSet`]: objects, as long as they live.

use core::fmt;
use core::ops::{BitAnd, BitOr, BitXor, Sub};

use super::likeness::{ByIdentity, ByValue, Likeness};
use super::table::{Role, Table, Walk};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};

/// A set that does not keep its members alive: Python's `WeakSet`.
///
/// Members are compared by identity, or by value in a set made with [`WeakSet::by_value`]. Iteration is in the order of
/// insertion; what dies meanwhile is left out, and what is inserted isn't seen. A clone refers to the same set. Inserting,
/// looking up and removing take constant time on average, and so does the end of a membership when the object dies.
///
/// ```
/// use refcycle::{Gc, WeakSet};
///
/// let (a, b, c) = (Gc::new('a'), Gc::new('b'), Gc::new('c'));
/// let (left, right) = (WeakSet::new(), WeakSet::new());
/// left.extend([&a, &b]);
/// right.extend([&b, &c]);
/// assert_eq!((&left | &right).len(), 3);
/// assert!((&left & &right).contains(&b));
/// drop(b);
/// assert_eq!((left.len(), right.len()), (1, 1));
/// ```
pub struct WeakSet<T: Trace + ?Sized, L: Likeness<T> = ByIdentity>(Gc<Table<T, (), Of<L>>>);

/// The role of a [`WeakSet`]'s table.
pub struct Of<L>(L);

impl<L: 'static> Role for Of<L> {
    const TYPE_NAME: &'static str = "WeakSet";
    const WEAK_IS_KEY: bool = false;
    const IS_EPHEMERON: bool = false;
}

impl<T: Trace + ?Sized> WeakSet<T> {
    /// An empty set whose members are compared by identity.
    pub fn new() -> Self {
        WeakSet(Table::new())
    }
}

impl<T: Trace + ?Sized> WeakSet<T, ByValue>
where
    ByValue: Likeness<T>,
{
    /// An empty set whose members are compared by value.
    ///
    /// ```
    /// use refcycle::{Gc, WeakSet};
    ///
    /// let names: WeakSet<str, _> = WeakSet::by_value();
    /// let ann: Gc<str> = Gc::from("Ann");
    /// assert!(names.insert(&ann));
    /// assert!(!names.insert(&Gc::from("Ann")), "there is an equal one");
    /// ```
    pub fn by_value() -> Self {
        WeakSet(Table::new())
    }
}

impl<T: Trace + ?Sized, L: Likeness<T>> WeakSet<T, L> {
    fn hash(&self, member: &T) -> u64 {
        L::hash(&self.0.random, member)
    }

    fn find(&self, member: &T) -> Option<usize> {
        self.find_hashed(self.hash(member), member)
    }

    fn find_hashed(&self, hash: u64, member: &T) -> Option<usize> {
        self.0.find(hash, |slot| L::is_same(&slot.weak, member))
    }

    /// Adds a member; was it none before?
    pub fn insert(&self, member: &Gc<T>) -> bool {
        let hash = self.hash(member);
        if self.find_hashed(hash, member).is_some() {
            return false;
        }
        Table::add(&self.0, hash, member, ());
        true
    }

    /// Adds members.
    pub fn extend<'a>(&self, members: impl IntoIterator<Item = &'a Gc<T>>) {
        members.into_iter().for_each(|member| {
            self.insert(member);
        });
    }

    /// Removes a member; was it one? Python's `discard`.
    pub fn remove(&self, member: &T) -> bool {
        self.find(member).is_some_and(|slot| self.0.remove(slot).is_some())
    }

    /// Removes the member that was added last, and returns it; `None` if the set is empty.
    pub fn pop(&self) -> Option<Gc<T>> {
        let (slot, member) = self.0.last()?;
        self.0.remove(slot).map(|_| member)
    }

    /// Is it a member?
    pub fn contains(&self, member: &T) -> bool {
        self.find(member).is_some()
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is there no member?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Removes all members.
    pub fn clear(&self) {
        self.0.clear();
    }

    /// The members: a counted reference to each.
    pub fn iter(&self) -> WeakSetIter<T, L> {
        WeakSetIter(Table::iterate(&self.0))
    }

    /// Is every member one of `other`? Takes time in proportion to the members, as [`WeakSet::is_superset`] and
    /// [`WeakSet::is_disjoint`] do.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.iter().all(|member| other.contains(&member))
    }

    /// Is every member of `other` one of this set?
    pub fn is_superset(&self, other: &Self) -> bool {
        other.is_subset(self)
    }

    /// Have the sets no member in common?
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.iter().all(|member| !other.contains(&member))
    }

    /// Are these the same set?
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        Gc::ptr_eq(&this.0, &other.0)
    }

    /// A set of what an iterator yields.
    fn of(members: impl Iterator<Item = Gc<T>>) -> Self {
        let set = WeakSet(Table::new());
        members.for_each(|member| {
            set.insert(&member);
        });
        set
    }
}

/// Operators of sets: each gives a new one.
macro_rules! operators {
    ($($trait:ident::$operator:ident |$left:ident, $right:ident| $members:expr; $doc:literal)+) => {$(
        impl<T: Trace + ?Sized, L: Likeness<T>> $trait for &WeakSet<T, L> {
            type Output = WeakSet<T, L>;

            #[doc = $doc]
            fn $operator(self, other: Self) -> WeakSet<T, L> {
                let ($left, $right) = (self, other);
                WeakSet::of($members)
            }
        }
    )+};
}

operators! {
    BitOr::bitor |left, right| left.iter().chain(right.iter()); "The members of either."
    BitAnd::bitand |left, right| left.iter().filter(|member| right.contains(member)); "The members of both."
    Sub::sub |left, right| left.iter().filter(|member| !right.contains(member)); "The members of the first alone."
    BitXor::bitxor |left, right| {
        let only_right = right.iter().filter(|member| !left.contains(member));
        left.iter().filter(|member| !right.contains(member)).chain(only_right)
    }; "The members of one alone."
}

/// Iterates over the members of a [`WeakSet`].
pub struct WeakSetIter<T: Trace + ?Sized, L: Likeness<T>>(Walk<T, (), Of<L>>);

impl<T: Trace + ?Sized, L: Likeness<T>> Iterator for WeakSetIter<T, L> {
    type Item = Gc<T>;

    fn next(&mut self) -> Option<Gc<T>> {
        self.0.next(|_| ()).map(|(member, ())| member)
    }
}

impl<T: Trace + ?Sized, L: Likeness<T>> IntoIterator for &WeakSet<T, L> {
    type Item = Gc<T>;
    type IntoIter = WeakSetIter<T, L>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Trace + ?Sized, L: Likeness<T>> Clone for WeakSet<T, L> {
    fn clone(&self) -> Self {
        WeakSet(self.0.clone())
    }
}

impl<T: Trace + ?Sized> Default for WeakSet<T> {
    fn default() -> Self {
        WeakSet::new()
    }
}

impl<T: Trace + ?Sized, L: Likeness<T>> fmt::Debug for WeakSet<T, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<WeakSet of {}>", self.len())
    }
}

// SAFETY: it owns one `Gc`, to its table.
unsafe impl<T: Trace + ?Sized, L: Likeness<T>> Trace for WeakSet<T, L> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }

    fn drops_quietly() -> bool {
        true
    }
}
