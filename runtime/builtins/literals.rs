//! `list!`, `dict!`, `set!`: containers of scripts, written in Rust.

/// A [`List`](crate::builtins::List) of values; each is converted, so that text can be written as it is.
///
/// ```
/// use refcycle::builtins::{List, Str};
/// use refcycle::list;
///
/// let names: List<Str> = list!["a", "b"];
/// assert_eq!(format!("{names:?}"), "['a', 'b']");
/// ```
#[macro_export]
macro_rules! list {
    ($($item:expr),* $(,)?) => {
        $crate::builtins::List::from([$(::core::convert::Into::into($item)),*])
    };
}

/// A [`Dict`](crate::builtins::Dict) of `key => value` pairs; each part is converted.
///
/// ```
/// use refcycle::builtins::{Dict, Str};
/// use refcycle::dict;
///
/// let ages: Dict<Str, i64> = dict! { "ann" => 40, "bob" => 35 };
/// assert_eq!(format!("{ages:?}"), "{'ann': 40, 'bob': 35}");
/// ```
///
/// # Panics
/// If the `__hash__` or `__eq__` of a key raises.
#[macro_export]
macro_rules! dict {
    ($($key:expr => $value:expr),* $(,)?) => {
        $crate::builtins::Dict::from_pairs([
            $((::core::convert::Into::into($key), ::core::convert::Into::into($value))),*
        ])
        .expect("the keys can be hashed and compared")
    };
}

/// A [`Set`](crate::builtins::Set) of values; each is converted.
///
/// ```
/// use refcycle::builtins::{Set, Str};
/// use refcycle::set;
///
/// let letters: Set<Str> = set!["a", "b", "a"];
/// assert_eq!(format!("{letters:?}"), "{'a', 'b'}");
/// ```
///
/// # Panics
/// If the `__hash__` or `__eq__` of an item raises.
#[macro_export]
macro_rules! set {
    ($($item:expr),* $(,)?) => {
        $crate::builtins::Set::from_items([$(::core::convert::Into::into($item)),*])
            .expect("the items can be hashed and compared")
    };
}
