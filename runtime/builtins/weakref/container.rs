//! What the weak dictionaries and sets have in common: how they are looked through, and what any reference to an object
//! can do.

use crate::builtins::exceptions::{KEY_ERROR, RUNTIME_ERROR};
use crate::builtins::protocol::{Iterate, Key, ScriptIterator, collect};
use crate::builtins::{Dict, Exception, Iter, List, Referent, Result, Tuple2};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use crate::weak::{Iterating, Role, Table};

/// The role of a table in a script's container.
pub trait ScriptRole: Role {
    /// What an iterator says that finds the size changed.
    const CHANGED_SIZE: &'static str;
    /// Does whatever is done to the container remove what waits for iterators? They will find the size changed then.
    const LOOKING_REMOVES: bool = false;
}

/// Declares the role of a container's table: nothing is removed while somebody iterates, as in Python.
macro_rules! role {
    ($role:ident, $name:literal, weak is key: $weak_is_key:literal, looking removes: $removes:literal, $changed:literal) => {
        #[doc = concat!("The role of a [`", $name, "`]'s table.")]
        pub enum $role {}

        impl $crate::weak::Role for $role {
            const TYPE_NAME: &'static str = $name;
            const WEAK_IS_KEY: bool = $weak_is_key;
            const IS_EPHEMERON: bool = false;
            const WAITS_FOR_ITERATORS: bool = true;
        }

        impl $crate::builtins::weakref::container::ScriptRole for $role {
            const CHANGED_SIZE: &'static str = $changed;
            const LOOKING_REMOVES: bool = $removes;
        }
    };
}

/// What a container can do because it is a reference to its table.
macro_rules! handle {
    ([$($generics:tt)*] $type:ty, $table:ty) => {
        impl<$($generics)*> Clone for $type {
            fn clone(&self) -> Self {
                Self(self.0.clone())
            }
        }

        // SAFETY: a container is its one reference.
        unsafe impl<$($generics)*> $crate::trace::Trace for $type {
            fn trace(&self, tracer: &mut $crate::trace::Tracer<'_>) {
                self.0.trace(tracer);
            }
        }

        // SAFETY: a count goes up; that neither runs code of the program nor panics.
        unsafe impl<$($generics)*> $crate::cell::ByValue for $type {
            fn duplicate(&self) -> Self {
                self.clone()
            }
        }

        impl<$($generics)*> $crate::builtins::Referent for $type {
            type Object = $table;

            fn pointer(&self) -> &$crate::pointer::Gc<$table> {
                &self.0
            }

            fn from_pointer(pointer: $crate::pointer::Gc<$table>) -> Self {
                Self(pointer)
            }
        }

        impl<$($generics)*> $crate::builtins::protocol::Identity for $type {
            fn is(&self, other: &Self) -> bool {
                $crate::pointer::Gc::ptr_eq(&self.0, &other.0)
            }

            fn id(&self) -> i64 {
                $crate::pointer::Gc::as_ptr(&self.0).addr() as i64
            }
        }

        impl<$($generics)*> $crate::builtins::protocol::Len for $type {
            fn len(&self) -> $crate::builtins::Result<i64> {
                Ok(self.count() as i64)
            }
        }

        impl<$($generics)*> $crate::builtins::protocol::Truth for $type {
            fn truth(&self) -> $crate::builtins::Result<bool> {
                Ok(self.count() != 0)
            }
        }
    };
}

/// What the two dictionaries have in common. They bring `get`, `insert`, `pop_optional`, `items`
/// and `missing_key`.
macro_rules! dictionary {
    ([$($generics:tt)*] [$($looked_up:tt)*] $type:ident<$key:ident, $value:ident>) => {
        impl<$($generics)*> Default for $type<$key, $value> {
            fn default() -> Self {
                Self::new()
            }
        }

        impl<$($generics)*> Show for $type<$key, $value> {
            fn type_name(&self) -> &'static str {
                stringify!($type)
            }

            fn write_repr(&self, out: &mut String) -> Result<()> {
                out.push_str(&format!(concat!("<", stringify!($type), " at {:#x}>"), self.id()));
                Ok(())
            }
        }

        impl<$($generics)*> core::fmt::Debug for $type<$key, $value> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&self.repr().map_err(|_| core::fmt::Error)?)
            }
        }

        impl<$($generics)*> $type<$key, $value> {
            /// `d.clear()`: the newest entry goes first, as in Python.
            pub fn clear(&self) {
                while let Some((slot, object)) = self.0.last() {
                    let removed = self.0.remove(slot);
                    drop((object, removed));
                }
                self.0.remove_pending();
            }
        }

        impl<$($looked_up)*> $type<$key, $value> {
            /// A dictionary of the entries of another one, or of a list of pairs.
            pub fn from_entries(entries: &impl Entries<$key, $value>) -> Result<Self> {
                let dictionary = Self::new();
                dictionary.update(entries)?;
                Ok(dictionary)
            }

            /// `d.get(key, default)`
            pub fn get_or(&self, key: &$key, default: $value) -> Result<$value> {
                Ok(self.get(key)?.unwrap_or(default))
            }

            /// `d.pop(key)`
            pub fn pop(&self, key: &$key) -> Result<$value> {
                self.pop_optional(key)?.ok_or_else(|| Self::missing_key(key))
            }

            /// `d.pop(key, default)`
            pub fn pop_or(&self, key: &$key, default: $value) -> Result<$value> {
                Ok(self.pop_optional(key)?.unwrap_or(default))
            }

            /// `d.setdefault(key, default)`
            pub fn setdefault(&self, key: $key, default: $value) -> Result<$value> {
                if let Some(value) = self.get(&key)? {
                    return Ok(value);
                }
                self.insert(key, default.clone())?;
                Ok(default)
            }

            /// `d.update(entries)`
            pub fn update(&self, entries: &impl Entries<$key, $value>) -> Result<()> {
                entries.entries()?.into_iter().try_for_each(|(key, value)| self.insert(key, value))
            }

            /// `d.copy()`
            pub fn copy(&self) -> Result<Self> {
                Self::from_entries(self)
            }
        }

        impl<$($looked_up)*> Entries<$key, $value> for $type<$key, $value> {
            fn entries(&self) -> Result<Vec<($key, $value)>> {
                pairs(&self.items())
            }
        }

        impl<$($looked_up)*> GetItem<$key> for $type<$key, $value> {
            type Output = $value;

            fn getitem(&self, key: &$key) -> Result<$value> {
                self.get(key)?.ok_or_else(|| Self::missing_key(key))
            }
        }

        impl<$($looked_up)*> SetItem<$key, $value> for $type<$key, $value> {
            fn setitem(&self, key: $key, value: $value) -> Result<()> {
                self.insert(key, value)
            }
        }

        impl<$($looked_up)*> DelItem<$key> for $type<$key, $value> {
            fn delitem(&self, key: &$key) -> Result<()> {
                self.pop(key).map(drop)
            }
        }

        impl<$($looked_up)*> Contains<$key> for $type<$key, $value> {
            fn contains(&self, key: &$key) -> Result<bool> {
                Ok(self.get(key)?.is_some())
            }
        }

        impl<$($looked_up)*> Equal for $type<$key, $value>
        where
            $value: Equal + Identity,
        {
            fn eq(&self, other: &Self) -> Result<bool> {
                let entries = self.entries()?;
                if entries.len() != other.entries()?.len() {
                    return Ok(false);
                }
                for (key, value) in entries {
                    match other.get(&key)? {
                        Some(others) if same_or_equal(&value, &others)? => {}
                        _ => return Ok(false),
                    }
                }
                Ok(true)
            }
        }

        impl<$($looked_up)*> Or for $type<$key, $value> {
            type Output = Self;

            fn or(&self, other: &Self) -> Result<Self> {
                let both = self.copy()?;
                both.update(other)?;
                Ok(both)
            }
        }

        /// `d |= other` changes the dictionary itself.
        impl<$($looked_up)*> IOr for $type<$key, $value> {
            fn ior(&self, other: &Self) -> Result<Self> {
                self.update(other)?;
                Ok(self.clone())
            }
        }
    };
}

pub(super) use {dictionary, handle, role};

/// An object and the extra part of its entry, as an iterator hands them out.
pub trait Item<T: ?Sized, E>: 'static {
    /// What a step gives.
    type Item: Clone + Trace;

    /// It, for an object that is alive.
    fn item(object: Gc<T>, extra: E) -> Self::Item;
}

/// Goes through a weak container, as Python's generator does: nothing happens before the first step, the container waits
/// with removals until the end, and what was handed out last is held until the next step.
pub struct WeakIter<T: Trace + ?Sized, E: Trace, R: ScriptRole, I: Item<T, E>> {
    state: State<T, E, R>,
    held: Option<I::Item>,
}

enum State<T: Trace + ?Sized, E: Trace, R: Role> {
    New(Gc<Table<T, E, R>>),
    Running { iterating: Iterating<T, E, R>, next: usize, size: usize },
    Done,
}

impl<T, E, R, I> WeakIter<T, E, R, I>
where
    T: Trace + ?Sized,
    E: Trace + Clone,
    R: ScriptRole,
    I: Item<T, E>,
{
    pub(super) fn new(table: &Gc<Table<T, E, R>>) -> Self {
        WeakIter { state: State::New(table.clone()), held: None }
    }

    pub(super) fn object(table: &Gc<Table<T, E, R>>) -> Iter<I::Item> {
        Iter::new(Self::new(table))
    }

    /// Ends the iteration: first the removals that waited, then what was held.
    fn finish(&mut self) {
        self.state = State::Done;
        self.held = None;
    }
}

impl<T, E, R, I> ScriptIterator for WeakIter<T, E, R, I>
where
    T: Trace + ?Sized,
    E: Trace + Clone,
    R: ScriptRole,
    I: Item<T, E>,
{
    type Item = I::Item;

    fn next(&mut self) -> Result<Option<I::Item>> {
        if let State::New(table) = &self.state {
            if R::LOOKING_REMOVES {
                table.remove_pending();
            }
            let (iterating, size) = (Iterating::new(table), table.size());
            self.state = State::Running { iterating, next: 0, size };
        }
        let State::Running { iterating, next, size } = &mut self.state else { return Ok(None) };
        if iterating.table.size() != *size {
            self.finish();
            return Err(Exception::new(&RUNTIME_ERROR, R::CHANGED_SIZE));
        }
        let Some((slot, object, extra)) = iterating.table.next_from(*next, E::clone) else {
            self.finish();
            return Ok(None);
        };
        *next = slot + 1;
        let item = I::item(object, extra);
        // What was held before dies now, if nobody else has it.
        self.held = Some(item.clone());
        Ok(Some(item))
    }
}

// SAFETY: the state and what is held are all that it owns.
unsafe impl<T: Trace + ?Sized, E: Trace, R: ScriptRole, I: Item<T, E>> Trace for WeakIter<T, E, R, I> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        match &self.state {
            State::New(table) => table.trace(tracer),
            State::Running { iterating, .. } => iterating.trace(tracer),
            State::Done => {}
        }
        self.held.trace(tracer);
    }
}

/// What a weak dictionary can be filled from.
#[diagnostic::on_unimplemented(message = "a weak dictionary can't be filled from a `{Self}`")]
pub trait Entries<K, V> {
    /// Keys and values, as they are now.
    fn entries(&self) -> Result<Vec<(K, V)>>;
}

impl<K: Key, V: Trace + Clone> Entries<K, V> for Dict<K, V> {
    fn entries(&self) -> Result<Vec<(K, V)>> {
        pairs(&self.items())
    }
}

impl<K: Key, V: Trace + Clone> Entries<K, V> for List<Tuple2<K, V>> {
    fn entries(&self) -> Result<Vec<(K, V)>> {
        pairs(self)
    }
}

/// What an iterable of pairs gives.
pub(super) fn pairs<K, V>(items: &impl Iterate<Item = Tuple2<K, V>>) -> Result<Vec<(K, V)>> {
    Ok(collect(items)?.into_iter().map(|pair| (pair._0, pair._1)).collect())
}

#[cold]
pub(super) fn empty() -> Exception {
    Exception::new(&KEY_ERROR, "popitem(): dictionary is empty")
}

/// A reference to the object of a slot, if it is alive.
pub(super) fn upgraded<V: Referent, E: Trace, R: Role>(table: &Table<V::Object, E, R>, slot: usize) -> Option<V> {
    table.read(slot, |slot| slot.weak.upgrade()).flatten().map(V::from_pointer)
}
