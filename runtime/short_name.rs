//! Names of generic types without the paths in them.

use core::any::{TypeId, type_name};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// One leaked name per type.
static NAMES: Mutex<Option<HashMap<TypeId, &'static str>>> = Mutex::new(None);

/// `Cache<String, u32>` for `shop::Cache<alloc::string::String, u32>`.
pub fn short_name<T: 'static>() -> &'static str {
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    let names = names.get_or_insert_default();
    names.entry(TypeId::of::<T>()).or_insert_with(|| without_paths(type_name::<T>()).leak())
}

/// The name without paths: `Vec<String>` for `alloc::vec::Vec<alloc::string::String>`.
pub(crate) fn without_paths(name: &str) -> String {
    let mut short = String::with_capacity(name.len());
    let mut rest = name;
    while !rest.is_empty() {
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        if let Some(path) = rest[word..].strip_prefix("::")
            && word > 0
        {
            rest = path;
            continue;
        }
        let end = word + rest[word..].chars().next().map_or(0, char::len_utf8);
        short.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_left_out() {
        assert_eq!(without_paths("a::b::Cache<alloc::string::String, [u8; 3]>"), "Cache<String, [u8; 3]>");
        assert_eq!(without_paths("dyn core::ops::Fn(a::B) -> c::D"), "dyn Fn(B) -> D");
        assert_eq!(without_paths("u8"), "u8");
        assert_eq!(short_name::<Vec<Option<String>>>(), "Vec<Option<String>>");
        assert!(core::ptr::eq(short_name::<Vec<u8>>(), short_name::<Vec<u8>>()));
    }
}
