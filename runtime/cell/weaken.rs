//! Weak fields: declared with strong references, stored with weak ones.

use core::fmt;
use core::hash::{BuildHasher, Hash};
use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::pointer::Gc;
use crate::trace::Trace;
use crate::weak::Weak;

/// A stored form with weak references.
pub trait Weaken: Sized {
    /// What the field is declared as.
    type Strong;

    /// Stores without keeping alive.
    fn weaken(strong: Self::Strong) -> Self;

    /// What is still alive.
    fn upgraded(&self) -> Self::Strong;
}

impl<T: Trace + ?Sized> Weaken for Option<Weak<T>> {
    type Strong = Option<Gc<T>>;

    #[inline]
    fn weaken(strong: Option<Gc<T>>) -> Self {
        strong.as_ref().map(Gc::downgrade)
    }

    #[inline]
    fn upgraded(&self) -> Option<Gc<T>> {
        self.as_ref()?.upgrade()
    }
}

macro_rules! sequences {
    ($($sequence:ident),+) => {$(
        impl<T: Trace + ?Sized> Weaken for $sequence<Weak<T>> {
            type Strong = $sequence<Gc<T>>;

            fn weaken(strong: Self::Strong) -> Self {
                strong.iter().map(Gc::downgrade).collect()
            }

            fn upgraded(&self) -> Self::Strong {
                self.iter().filter_map(Weak::upgrade).collect()
            }
        }
    )+};
}

sequences!(Vec, VecDeque);

impl<K: Clone + Eq + Hash, T: Trace + ?Sized, S: BuildHasher + Clone> Weaken for HashMap<K, Weak<T>, S> {
    type Strong = HashMap<K, Gc<T>, S>;

    fn weaken(strong: Self::Strong) -> Self {
        let mut weak = HashMap::with_capacity_and_hasher(strong.len(), strong.hasher().clone());
        weak.extend(strong.into_iter().map(|(key, value)| (key, Gc::downgrade(&value))));
        weak
    }

    fn upgraded(&self) -> Self::Strong {
        let mut strong = HashMap::with_hasher(self.hasher().clone());
        strong.extend(self.iter().filter_map(|(key, value)| Some((key.clone(), value.upgrade()?))));
        strong
    }
}

impl<K: Clone + Ord, T: Trace + ?Sized> Weaken for BTreeMap<K, Weak<T>> {
    type Strong = BTreeMap<K, Gc<T>>;

    fn weaken(strong: Self::Strong) -> Self {
        strong.into_iter().map(|(key, value)| (key, Gc::downgrade(&value))).collect()
    }

    fn upgraded(&self) -> Self::Strong {
        self.iter().filter_map(|(key, value)| Some((key.clone(), value.upgrade()?))).collect()
    }
}

/// How a weak field is shown by `Debug`.
pub struct WeakShown;

impl fmt::Debug for WeakShown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(Weak)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_is_left_out() {
        let (kept, dropped) = (Gc::new(1), Gc::new(2));
        let one = Option::weaken(Some(dropped.clone()));
        let many = Vec::weaken(vec![kept.clone(), dropped.clone()]);
        let map = HashMap::<_, _, std::hash::RandomState>::weaken([("a", kept.clone()), ("b", dropped.clone())].into());
        let sorted = BTreeMap::weaken([(1, kept.clone()), (2, dropped.clone())].into());
        assert_eq!(Gc::strong_count(&kept), 1);
        drop(dropped);
        assert!(one.upgraded().is_none());
        assert_eq!(many.upgraded().len(), 1);
        assert_eq!(map.upgraded().into_keys().collect::<Vec<_>>(), ["a"]);
        assert_eq!(sorted.upgraded().into_keys().collect::<Vec<_>>(), [1]);
        assert_eq!(format!("{WeakShown:?}"), "(Weak)");
    }
}
