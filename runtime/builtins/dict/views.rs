//! `d.keys()`, `d.values()`, `d.items()`: what they show changes with the dict.

use super::Dict;
use super::items::{DictIter, DictIterRev, Items, Keys, Values};
use crate::builtins::Result;
use crate::builtins::protocol::{
    Contains, Equal, Identity, Iterate, Key, Len, Reversible, ScriptIterator, Show, Truth, same_or_equal,
};
use crate::builtins::tuple::Tuple2;
use crate::trace::{Trace, Tracer};

macro_rules! views {
    ($($view:ident, $part:ident => $item:ty, $name:literal, $doc:literal;)+) => {$(
        #[doc = $doc]
        pub struct $view<K: Trace, V: Trace>(Dict<K, V>);

        impl<K: Trace, V: Trace> Clone for $view<K, V> {
            fn clone(&self) -> Self {
                $view(self.0.clone())
            }
        }

        // SAFETY: the dict is all that it owns.
        unsafe impl<K: Trace, V: Trace> Trace for $view<K, V> {
            fn trace(&self, tracer: &mut Tracer<'_>) {
                self.0.trace(tracer);
            }
        }

        impl<K: Trace, V: Trace> Len for $view<K, V> {
            fn len(&self) -> Result<i64> {
                self.0.len()
            }
        }

        impl<K: Trace, V: Trace> Truth for $view<K, V> {
            fn truth(&self) -> Result<bool> {
                self.0.truth()
            }
        }

        impl<K: Trace, V: Trace> Identity for $view<K, V> {
            fn is(&self, other: &Self) -> bool {
                self.0.is(&other.0)
            }

            fn id(&self) -> i64 {
                self.0.id()
            }
        }

        impl<K: Key, V: Trace + Clone> Iterate for $view<K, V> {
            type Item = $item;
            type Iter = DictIter<K, V, $part>;

            fn iter(&self) -> Result<Self::Iter> {
                Ok(DictIter::new(&self.0))
            }

            fn size_hint(&self) -> usize {
                self.0.count_items()
            }
        }

        impl<K: Key, V: Trace + Clone> Reversible for $view<K, V> {
            type Item = $item;
            type Reversed = DictIterRev<K, V, $part>;

            fn reversed(&self) -> Result<Self::Reversed> {
                Ok(DictIterRev::new(&self.0))
            }
        }

        impl<K: Key, V: Trace + Clone> Show for $view<K, V>
        where
            $item: Show,
        {
            fn type_name(&self) -> &'static str {
                $name
            }

            fn write_repr(&self, out: &mut String) -> Result<()> {
                out.push_str(concat!($name, "(["));
                let mut iterator = self.iter()?;
                let mut is_first = true;
                while let Some(item) = iterator.next()? {
                    if !core::mem::take(&mut is_first) {
                        out.push_str(", ");
                    }
                    item.write_repr(out)?;
                }
                out.push_str("])");
                Ok(())
            }
        }
    )+};
}

views! {
    KeysView, Keys => K, "dict_keys", "`d.keys()`";
    ValuesView, Values => V, "dict_values", "`d.values()`";
    ItemsView, Items => Tuple2<K, V>, "dict_items", "`d.items()`";
}

impl<K: Trace, V: Trace> Dict<K, V> {
    /// `d.keys()`
    pub fn keys(&self) -> KeysView<K, V> {
        KeysView(self.clone())
    }

    /// `d.values()`
    pub fn values(&self) -> ValuesView<K, V> {
        ValuesView(self.clone())
    }

    /// `d.items()`
    pub fn items(&self) -> ItemsView<K, V> {
        ItemsView(self.clone())
    }
}

impl<K: Key, V: Trace + Clone> Contains<K> for KeysView<K, V> {
    fn contains(&self, key: &K) -> Result<bool> {
        self.0.contains(key)
    }
}

impl<K: Key, V: Trace + Clone + Equal + Identity> Contains<V> for ValuesView<K, V> {
    fn contains(&self, value: &V) -> Result<bool> {
        let mut iterator = self.iter()?;
        while let Some(candidate) = iterator.next()? {
            if same_or_equal(&candidate, value)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl<K: Key, V: Trace + Clone + Equal + Identity> Contains<Tuple2<K, V>> for ItemsView<K, V> {
    fn contains(&self, item: &Tuple2<K, V>) -> Result<bool> {
        match self.0.get(&item._0)? {
            Some(value) => same_or_equal(&value, &item._1),
            None => Ok(false),
        }
    }
}

/// Views of keys are equal as sets are.
impl<K: Key, V: Trace + Clone> Equal for KeysView<K, V> {
    fn eq(&self, other: &KeysView<K, V>) -> Result<bool> {
        if self.0.count_items() != other.0.count_items() {
            return Ok(false);
        }
        let mut iterator = self.iter()?;
        while let Some(key) = iterator.next()? {
            if !other.contains(&key)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
