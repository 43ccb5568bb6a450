//! Conversions into a `Gc`, as `Rc` has them.

use std::borrow::Cow;
use std::ffi::{CStr, OsStr};
use std::path::Path;

use super::Gc;
use crate::trace::Trace;

impl<T: Trace> From<T> for Gc<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        Gc::new(value)
    }
}

impl<T: Trace> From<Box<T>> for Gc<T> {
    /// Moves the value out of the box.
    #[track_caller]
    fn from(value: Box<T>) -> Self {
        Gc::new(*value)
    }
}

impl<T: Trace + Clone> From<&[T]> for Gc<[T]> {
    #[track_caller]
    fn from(items: &[T]) -> Self {
        Gc::from(items.to_vec())
    }
}

impl<T: Trace + Clone> From<&mut [T]> for Gc<[T]> {
    fn from(items: &mut [T]) -> Self {
        Gc::from(&*items)
    }
}

impl<T: Trace, const N: usize> From<[T; N]> for Gc<[T]> {
    #[track_caller]
    fn from(items: [T; N]) -> Self {
        Gc::from(Vec::from(items))
    }
}

impl<T: Trace> From<Box<[T]>> for Gc<[T]> {
    #[track_caller]
    fn from(items: Box<[T]>) -> Self {
        Gc::from(Vec::from(items))
    }
}

impl<T: Trace> FromIterator<T> for Gc<[T]> {
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Gc::from(Vec::from_iter(items))
    }
}

impl From<String> for Gc<str> {
    #[track_caller]
    fn from(text: String) -> Self {
        Gc::from(text.as_str())
    }
}

impl From<&mut str> for Gc<str> {
    fn from(text: &mut str) -> Self {
        Gc::from(&*text)
    }
}

impl From<Box<str>> for Gc<str> {
    #[track_caller]
    fn from(text: Box<str>) -> Self {
        Gc::from(&*text)
    }
}

impl From<Cow<'_, str>> for Gc<str> {
    #[track_caller]
    fn from(text: Cow<'_, str>) -> Self {
        Gc::from(&*text)
    }
}

impl<T: Trace + Clone> From<Cow<'_, [T]>> for Gc<[T]> {
    #[track_caller]
    fn from(items: Cow<'_, [T]>) -> Self {
        Gc::from(items.into_owned())
    }
}

impl From<Gc<str>> for Gc<[u8]> {
    /// A copy of the text's bytes.
    #[track_caller]
    fn from(text: Gc<str>) -> Self {
        Gc::from(text.as_bytes())
    }
}

impl<T: Trace + Default> Default for Gc<T> {
    #[track_caller]
    fn default() -> Self {
        Gc::new(T::default())
    }
}

impl<T: Trace> Default for Gc<[T]> {
    #[track_caller]
    fn default() -> Self {
        Gc::from(Vec::new())
    }
}

impl Default for Gc<str> {
    #[track_caller]
    fn default() -> Self {
        Gc::from("")
    }
}

/// Owned forms of `str`-like types live in an object as they are: `Gc<CString>` where `Rc` has `Rc<CStr>`.
macro_rules! from_borrowed {
    ($($borrowed:ty => $owned:ty),+) => {$(
        impl From<&$borrowed> for Gc<$owned> {
            #[track_caller]
            fn from(value: &$borrowed) -> Self {
                Gc::new(value.to_owned())
            }
        }
    )+};
}

from_borrowed!(CStr => std::ffi::CString, OsStr => std::ffi::OsString, Path => std::path::PathBuf);
