//! `dict`

use crate::builtins::protocol::{Iterate, Key, ScriptIterator};
use crate::builtins::tuple::Tuple2;
use crate::builtins::{Dict, Iter, List, Result, Seq, dict::ItemsView};
use crate::trace::Trace;

/// What `dict()` takes: another dict, or something that gives pairs.
#[diagnostic::on_unimplemented(message = "`dict()` doesn't take a `{Self}`")]
pub trait ToDict {
    /// The type of the keys.
    type Key: Trace;
    /// The type of the values.
    type Value: Trace;

    /// `dict(self)`
    fn to_dict(&self) -> Result<Dict<Self::Key, Self::Value>>;
}

impl<K: Key, V: Trace + Clone> ToDict for Dict<K, V> {
    type Key = K;
    type Value = V;

    fn to_dict(&self) -> Result<Dict<K, V>> {
        Ok(self.copy())
    }
}

macro_rules! pairs {
    ($($type:ty)+) => {$(
        impl<K: Key, V: Trace + Clone> ToDict for $type {
            type Key = K;
            type Value = V;

            fn to_dict(&self) -> Result<Dict<K, V>> {
                let dict = Dict::new();
                let mut iterator = self.iter()?;
                while let Some(Tuple2 { _0: key, _1: value }) = ScriptIterator::next(&mut iterator)? {
                    dict.insert(key, value)?;
                }
                Ok(dict)
            }
        }
    )+};
}

pairs!(List<Tuple2<K, V>> Seq<Tuple2<K, V>> Iter<Tuple2<K, V>> ItemsView<K, V>);

/// `dict(items)`
pub fn dict<X: ToDict + ?Sized>(items: &X) -> Result<Dict<X::Key, X::Value>> {
    items.to_dict()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_pairs_and_of_dicts() {
        let pairs = List::from([Tuple2::new(1i64, 2i64), Tuple2::new(1, 3)]);
        let first = dict(&pairs).unwrap();
        let second = dict(&first).unwrap();
        first.clear();
        assert_eq!(format!("{second:?} {:?}", dict(&second.items()).unwrap()), "{1: 3} {1: 3}");
    }
}
