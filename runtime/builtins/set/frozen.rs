//! `frozenset`

use super::{Set, SetIter};
use crate::builtins::Result;
use crate::builtins::protocol::{
    And, Compare, Contains, Equal, Hashed, Identity, Iterate, Key, Len, Or, Show, Sub, Truth, Xor,
};
use crate::trace::Trace;

/// Python's `frozenset`: a set that never changes, and so can be a key.
pub struct FrozenSet<T: Trace>(Set<T>);

impl<T: Trace> FrozenSet<T> {
    /// The empty frozen set.
    pub fn new() -> FrozenSet<T> {
        FrozenSet(Set::new())
    }
}

impl<T: Trace> Default for FrozenSet<T> {
    fn default() -> Self {
        FrozenSet::new()
    }
}

impl<T: Key> FrozenSet<T> {
    /// A frozen set of these items.
    pub fn from_iterable<I: Iterate<Item = T> + ?Sized>(items: &I) -> Result<FrozenSet<T>> {
        Set::from_iterable(items).map(FrozenSet)
    }
}

impl<T: Trace> Clone for FrozenSet<T> {
    fn clone(&self) -> Self {
        FrozenSet(self.0.clone())
    }
}

crate::trace::handle!([T: Trace] FrozenSet<T>);

macro_rules! methods {
    (new: $($new:ident)+; tests: $($test:ident)+;) => {
        impl<T: Key> FrozenSet<T> {
            $(
                #[doc = concat!("`s.", stringify!($new), "(items)`")]
                pub fn $new<I: Iterate<Item = T>>(&self, items: &I) -> Result<FrozenSet<T>> {
                    self.0.$new(items).map(FrozenSet)
                }
            )+
            $(
                #[doc = concat!("`s.", stringify!($test), "(items)`")]
                pub fn $test<I: Iterate<Item = T>>(&self, items: &I) -> Result<bool> {
                    self.0.$test(items)
                }
            )+

            /// `s.copy()`: itself, since nothing can change it.
            pub fn copy(&self) -> FrozenSet<T> {
                self.clone()
            }
        }
    };
}

methods! {
    new: union intersection difference symmetric_difference;
    tests: issubset issuperset isdisjoint;
}

impl<T: Key> Show for FrozenSet<T> {
    fn type_name(&self) -> &'static str {
        "frozenset"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str("frozenset(");
        if self.0.count_items() > 0 {
            self.0.write_repr(out)?;
        }
        out.push(')');
        Ok(())
    }
}

impl<T: Trace> Truth for FrozenSet<T> {
    fn truth(&self) -> Result<bool> {
        self.0.truth()
    }
}

impl<T: Trace> Len for FrozenSet<T> {
    fn len(&self) -> Result<i64> {
        self.0.len()
    }
}

impl<T: Trace> Identity for FrozenSet<T> {
    fn is(&self, other: &Self) -> bool {
        self.0.is(&other.0)
    }

    fn id(&self) -> i64 {
        self.0.id()
    }
}

impl<T: Key> Contains<T> for FrozenSet<T> {
    fn contains(&self, item: &T) -> Result<bool> {
        self.0.contains(item)
    }
}

impl<T: Key> Equal for FrozenSet<T> {
    fn eq(&self, other: &Self) -> Result<bool> {
        Equal::eq(&self.0, &other.0)
    }
}

impl<T: Key> Compare for FrozenSet<T> {
    fn lt(&self, other: &Self) -> Result<bool> {
        Compare::lt(&self.0, &other.0)
    }

    fn le(&self, other: &Self) -> Result<bool> {
        Compare::le(&self.0, &other.0)
    }

    fn gt(&self, other: &Self) -> Result<bool> {
        Compare::gt(&self.0, &other.0)
    }

    fn ge(&self, other: &Self) -> Result<bool> {
        Compare::ge(&self.0, &other.0)
    }
}

impl<T: Key> Hashed for FrozenSet<T> {
    const COMPARING_RUNS_CODE: bool = T::COMPARING_RUNS_CODE;

    /// The same for any order of the items.
    fn hash(&self) -> Result<i64> {
        let (mut mixed, mut place) = (0u64, 0);
        while let Some((found, item)) = self.0.item_from(place) {
            let hash = item.hash()? as u64;
            mixed ^= (hash ^ 89869747 ^ (hash << 16)).wrapping_mul(3644798167);
            place = found + 1;
        }
        mixed ^= (self.0.count_items() as u64 + 1).wrapping_mul(1927868237);
        mixed ^= (mixed >> 11) ^ (mixed >> 25);
        let hash = mixed.wrapping_mul(69069).wrapping_add(907133923) as i64;
        Ok(if hash == -1 { 590923713 } else { hash })
    }
}

impl<T: Key> Iterate for FrozenSet<T> {
    type Item = T;
    type Iter = SetIter<T>;

    fn iter(&self) -> Result<SetIter<T>> {
        self.0.iter()
    }

    fn size_hint(&self) -> usize {
        self.0.count_items()
    }
}

macro_rules! operators {
    ($($trait:ident::$method:ident)+) => {$(
        impl<T: Key> $trait for FrozenSet<T> {
            type Output = FrozenSet<T>;

            fn $method(&self, other: &FrozenSet<T>) -> Result<FrozenSet<T>> {
                $trait::$method(&self.0, &other.0).map(FrozenSet)
            }
        }
    )+};
}

operators!(Or::or And::and Sub::sub Xor::xor);

macro_rules! mixed_operators {
    ($($trait:ident::$method:ident: $make:ident;)+) => {$(
        /// The result is of the type of the left operand.
        impl<T: Key> $trait<Set<T>> for FrozenSet<T> {
            type Output = FrozenSet<T>;

            fn $method(&self, other: &Set<T>) -> Result<FrozenSet<T>> {
                self.$make(other)
            }
        }

        /// The result is of the type of the left operand.
        impl<T: Key> $trait<FrozenSet<T>> for Set<T> {
            type Output = Set<T>;

            fn $method(&self, other: &FrozenSet<T>) -> Result<Set<T>> {
                self.$make(other)
            }
        }
    )+};
}

mixed_operators! {
    Or::or: union;
    And::and: intersection;
    Sub::sub: difference;
    Xor::xor: symmetric_difference;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_does_not_matter() {
        let (a, b) = (FrozenSet::from_iterable(&[1i64, 2]).unwrap(), FrozenSet::from_iterable(&[2i64, 1]).unwrap());
        assert!(Equal::eq(&a, &b).unwrap());
        assert_eq!(Hashed::hash(&a).unwrap(), Hashed::hash(&b).unwrap());
        assert_eq!(Hashed::hash(&a).unwrap(), -1826646154956904602);
        assert_eq!(Show::repr(&Sub::sub(&a, &b).unwrap()).unwrap(), "frozenset()");
        assert_eq!(Show::repr(&a).unwrap(), "frozenset({1, 2})");
    }
}
