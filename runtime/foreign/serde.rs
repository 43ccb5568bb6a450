//! A `Gc` is written and read as its value.

use core::cell::RefCell;
use std::collections::HashSet;

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

use crate::Trace;
use crate::cell::{ByValue, Field, Guarded};
use crate::pointer::Gc;

thread_local! {
    /// Addresses of the objects whose values are being written.
    static BEING_WRITTEN: RefCell<HashSet<usize>> = RefCell::default();
}

/// Takes an object off the list again, also when writing it panics.
struct Writing(usize);

impl Drop for Writing {
    fn drop(&mut self) {
        BEING_WRITTEN.with_borrow_mut(|written| written.remove(&self.0));
    }
}

/// Written as the value. An object that others share is written once for each of them.
///
/// # Errors
/// If the object refers to itself, directly or not: the error names its type.
impl<T: Serialize + ?Sized> Serialize for Gc<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let address = self.header().addr().get();
        if !BEING_WRITTEN.with_borrow_mut(|written| written.insert(address)) {
            let name = (self.head().table().type_name)();
            return Err(ser::Error::custom(format_args!(
                "a `{name}` refers to itself, so it has no end; make a field of the cycle weak, or skip it with `#[serde(skip)]`"
            )));
        }
        let _writing = Writing(address);
        (**self).serialize(serializer)
    }
}

/// Read as the value, into a new object.
impl<'de, T: Trace + Deserialize<'de>> Deserialize<'de> for Gc<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Gc::new)
    }
}

impl<'de> Deserialize<'de> for Gc<str> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Gc::from)
    }
}

impl<'de, T: Trace + Deserialize<'de>> Deserialize<'de> for Gc<[T]> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Gc::from)
    }
}

impl<T: Serialize + ByValue> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.get().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Field::new)
    }
}

/// # Errors
/// If the field is being changed.
impl<T: Serialize> Serialize for Guarded<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_cell().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Guarded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Guarded::new)
    }
}
