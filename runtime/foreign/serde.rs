//! A `Gc` is written and read as its value.

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

use crate::Trace;
use crate::cell::{ByValue, Field, Guarded};
use crate::heap::List;
use crate::pointer::Gc;

thread_local! {
    /// Addresses of the objects whose values are being written. Needs no destructor: a `__del__` may write its object
    /// while the thread ends.
    static BEING_WRITTEN: List<usize> = const { List::new() };
}

/// Takes an object off the list again, also when writing it panics.
struct Writing;

impl Drop for Writing {
    fn drop(&mut self) {
        BEING_WRITTEN.with(|written| {
            written.pop();
            if written.len() == 0 {
                drop(written.take());
            }
        });
    }
}

/// Written as the value. An object that others share is written once for each of them.
///
/// # Errors
/// If the object refers to itself, directly or not: the error names its type.
impl<T: Serialize + ?Sized> Serialize for Gc<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let address = self.header().addr().get();
        if BEING_WRITTEN.with(|written| written.with(|addresses| addresses.contains(&address))) {
            let name = (self.head().table().type_name)();
            return Err(ser::Error::custom(format_args!(
                "a `{name}` refers to itself, so it has no end; make a field of the cycle weak, or skip it with `#[serde(skip)]`"
            )));
        }
        BEING_WRITTEN.with(|written| written.push(address));
        let _writing = Writing;
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
