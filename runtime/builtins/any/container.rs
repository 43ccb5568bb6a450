//! Lists, tuples, ranges, dicts and sets. Two of the same shape are equal if their items are, whatever their types.

use super::callable::each;
use super::dynamic::{AnyValue, Dynamic, Order, Shape, no_order};
use super::method::{int, no_method, taken};
use super::text::{Index, index};
use super::{Any, converted};
use crate::builtins::exceptions::{KEY_ERROR, VALUE_ERROR};
use crate::builtins::protocol::{
    Contains, DelItem, Equal, GetItem, Hashed, Identity, Iterate, Key, Len, SetItem, Show, Truth, collect,
    hash_sequence,
};
use crate::builtins::recursion::Comparing;
use crate::builtins::tuple::*;
use crate::builtins::{
    Dict, Exception, FrozenSet, ItemsView, Iter, KeysView, List, Range, Result, Seq, Set, ValuesView,
};
use crate::pointer::Object;

/// What every container answers as its own protocols do.
macro_rules! answers_of_its_own {
    () => {
        fn is_true(&self) -> Result<bool> {
            self.truth()
        }

        fn length(&self) -> Result<i64> {
            Len::len(self)
        }

        fn iterate(&self) -> Result<Iter<Any>> {
            Ok(each(self.iter()?))
        }
    };
}

/// Items by their places, for comparing: those of a list or a tuple of another type.
fn at(sequence: &Any, place: usize) -> Result<Any> {
    sequence.item(&Any::from(place as i64))
}

/// `==` of two sequences of one shape; `item` gives those of the left one, whose length may change meanwhile.
fn equal_items(
    shape: Shape,
    length: impl Fn() -> usize,
    item: impl Fn(usize) -> Result<Any>,
    other: &Any,
) -> Result<bool> {
    if other.value().shape() != shape || other.value().length()? != length() as i64 {
        return Ok(false);
    }
    let _comparing = Comparing::enter()?;
    let mut place = 0;
    while place < length() && (place as i64) < other.value().length()? {
        if !item(place)?.same_or_equal(&at(other, place)?)? {
            return Ok(false);
        }
        place += 1;
    }
    Ok(other.value().length()? == length() as i64)
}

/// `<` and its like of two sequences of one shape: by the first items that differ, or by the lengths.
fn ordered_items(
    value: &dyn Dynamic,
    operator: Order,
    item: impl Fn(usize) -> Result<Any>,
    other: &Any,
) -> Result<bool> {
    if other.value().shape() != value.shape() {
        return Err(no_order(operator, value.type_name(), other.type_name()));
    }
    let _comparing = Comparing::enter()?;
    let mut place = 0;
    loop {
        let (left, right) = (value.length()?, other.value().length()?);
        if place as i64 >= left.min(right) {
            return Ok(operator.holds(Some(left.cmp(&right))));
        }
        let (own, others) = (item(place)?, at(other, place)?);
        if !own.same_or_equal(&others)? {
            return own.value().ordered(operator, &others);
        }
        place += 1;
    }
}

impl<T: AnyValue> Dynamic for List<T> {
    fn managed(&self) -> Option<Object> {
        Some(Object::from(self.object().clone()))
    }

    fn shape(&self) -> Shape {
        Shape::List
    }

    fn equals(&self, other: &Any) -> Result<bool> {
        equal_items(Shape::List, || self.count_items(), |place| self.getitem(&(place as i64)).map(Any::from), other)
    }

    fn ordered(&self, operator: Order, other: &Any) -> Result<bool> {
        ordered_items(self, operator, |place| self.getitem(&(place as i64)).map(Any::from), other)
    }

    answers_of_its_own!();

    fn item(&self, at: &Any) -> Result<Any> {
        Ok(match index(at, "list")? {
            Index::At(at) => Any::from(self.getitem(&at)?),
            Index::Slice(slice) => Any::from(self.getitem(&slice)?),
        })
    }

    fn set_item(&self, at: &Any, value: &Any) -> Result<()> {
        match index(at, "list")? {
            Index::At(at) => self.setitem(at, taken(value, "list")?),
            Index::Slice(slice) => {
                let items: Result<Vec<T>> = collect(value)?.into_iter().map(|item| taken(&item, "list")).collect();
                self.setitem(slice, List::from(items?))
            }
        }
    }

    fn delete_item(&self, at: &Any) -> Result<()> {
        match index(at, "list")? {
            Index::At(at) => self.delitem(&at),
            Index::Slice(slice) => self.delitem(&slice),
        }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["append", "extend", "insert", "remove", "pop", "clear", "index", "count", "reverse", "copy"]
    }

    fn invoke(&self, name: &str, arguments: &[Any]) -> Result<Any> {
        match (name, arguments) {
            ("append", [item]) => {
                self.append(taken(item, "list")?);
                Ok(Any::none())
            }
            ("extend", [items]) => {
                let items = items.iter()?;
                while let Some(item) = items.step()? {
                    self.append(taken(&item, "list")?);
                }
                Ok(Any::none())
            }
            ("insert", [at, item]) => {
                self.insert(int(at)?, taken(item, "list")?);
                Ok(Any::none())
            }
            ("remove", [item]) => {
                let place = self.place_of(item)?.ok_or_else(|| absent("list.remove(x): x not in list"))?;
                self.delitem(&place)?;
                Ok(Any::none())
            }
            ("pop", []) => Ok(Any::from(self.pop(-1)?)),
            ("pop", [at]) => Ok(Any::from(self.pop(int(at)?)?)),
            ("clear", []) => {
                self.clear();
                Ok(Any::none())
            }
            ("index", [item]) => {
                let missing = || absent(&format!("{} is not in list", item.repr().unwrap_or_default()));
                Ok(Any::from(self.place_of(item)?.ok_or_else(missing)?))
            }
            ("count", [item]) => {
                let (mut count, items) = (0_i64, self.iterate()?);
                while let Some(candidate) = items.step()? {
                    count += i64::from(candidate.same_or_equal(item)?);
                }
                Ok(Any::from(count))
            }
            ("reverse", []) => {
                self.reverse();
                Ok(Any::none())
            }
            ("copy", []) => Ok(Any::from(self.copy())),
            _ => Err(no_method(self, name, arguments)),
        }
    }
}

impl<T: AnyValue> List<T> {
    fn place_of(&self, item: &Any) -> Result<Option<i64>> {
        let (mut place, items) = (0, self.iterate()?);
        while let Some(candidate) = items.step()? {
            if candidate.same_or_equal(item)? {
                return Ok(Some(place));
            }
            place += 1;
        }
        Ok(None)
    }
}

#[cold]
fn absent(message: &str) -> Exception {
    Exception::new(&VALUE_ERROR, message)
}

impl<T: AnyValue> Dynamic for Seq<T> {
    fn from_any(any: &Any) -> Option<Seq<T>> {
        any.get().or_else(|| {
            let items = tuple_items(any)?;
            let items: Option<Vec<T>> = items.into_iter().map(|item| T::from_any(&item)).collect();
            items.map(Seq::from)
        })
    }

    fn managed(&self) -> Option<Object> {
        Some(Object::from(self.object().clone()))
    }

    fn shape(&self) -> Shape {
        Shape::Tuple
    }

    fn equals(&self, other: &Any) -> Result<bool> {
        let items = self.as_slice();
        equal_items(Shape::Tuple, || items.len(), |place| Ok(Any::from(items[place].clone())), other)
    }

    fn ordered(&self, operator: Order, other: &Any) -> Result<bool> {
        ordered_items(self, operator, |place| Ok(Any::from(self.as_slice()[place].clone())), other)
    }

    fn hashed(&self) -> Result<i64> {
        hash_items(self.as_slice().iter().map(|item| item.hashed()))
    }

    answers_of_its_own!();

    fn item(&self, at: &Any) -> Result<Any> {
        Ok(match index(at, "tuple")? {
            Index::At(at) => Any::from(self.getitem(&at)?),
            Index::Slice(slice) => Any::from(self.getitem(&slice)?),
        })
    }
}

fn hash_items(hashes: impl Iterator<Item = Result<i64>>) -> Result<i64> {
    let hashes: Result<Vec<i64>> = hashes.collect();
    Ok(hash_sequence(hashes?.into_iter()))
}

/// The items of a tuple of any type.
fn tuple_items(any: &Any) -> Option<Vec<Any>> {
    match any.value().shape() {
        Shape::Tuple => collect(any).ok(),
        _ => None,
    }
}

/// A tuple of a fixed length does what a sequence of its items does.
macro_rules! tuples {
    ($($tuple:ident $count:literal: $($type:ident $item:ident $place:literal)*;)+) => {$(
        impl<$($type: AnyValue),*> $tuple<$($type),*> {
            fn sequence(&self) -> Seq<Any> {
                Seq::from([$(Any::from(self.$item.clone())),*])
            }
        }

        impl<$($type: AnyValue),*> Dynamic for $tuple<$($type),*> {
            fn from_any(any: &Any) -> Option<Self> {
                any.get().or_else(|| match &*tuple_items(any)? {
                    #[allow(unused_variables)]
                    items if items.len() == $count => Some($tuple { $($item: $type::from_any(&items[$place])?),* }),
                    _ => None,
                })
            }

            fn shape(&self) -> Shape {
                Shape::Tuple
            }

            fn is_identical(&self, other: &Any) -> bool {
                other.get::<Self>().is_some_and(|_other| true $(&& self.$item.is_identical(&Any::from(_other.$item)))*)
            }

            fn equals(&self, other: &Any) -> Result<bool> {
                self.sequence().equals(other)
            }

            fn ordered(&self, operator: Order, other: &Any) -> Result<bool> {
                self.sequence().ordered(operator, other)
            }

            fn hashed(&self) -> Result<i64> {
                hash_items([$(self.$item.hashed()),*].into_iter())
            }

            fn is_true(&self) -> Result<bool> {
                Ok($count != 0)
            }

            fn length(&self) -> Result<i64> {
                Ok($count)
            }

            fn item(&self, at: &Any) -> Result<Any> {
                self.sequence().item(at)
            }

            fn iterate(&self) -> Result<Iter<Any>> {
                self.sequence().iterate()
            }
        }
    )+};
}

tuples! {
    Tuple1 1: A _0 0;
    Tuple2 2: A _0 0 B _1 1;
    Tuple3 3: A _0 0 B _1 1 C _2 2;
    Tuple4 4: A _0 0 B _1 1 C _2 2 D _3 3;
    Tuple5 5: A _0 0 B _1 1 C _2 2 D _3 3 E _4 4;
    Tuple6 6: A _0 0 B _1 1 C _2 2 D _3 3 E _4 4 F _5 5;
    Tuple7 7: A _0 0 B _1 1 C _2 2 D _3 3 E _4 4 F _5 5 G _6 6;
    Tuple8 8: A _0 0 B _1 1 C _2 2 D _3 3 E _4 4 F _5 5 G _6 6 H _7 7;
}

impl Dynamic for Tuple0 {
    fn shape(&self) -> Shape {
        Shape::Tuple
    }

    fn is_identical(&self, other: &Any) -> bool {
        other.holds::<Tuple0>()
    }

    fn equals(&self, other: &Any) -> Result<bool> {
        Ok(other.value().shape() == Shape::Tuple && other.value().length()? == 0)
    }

    fn hashed(&self) -> Result<i64> {
        self.hash()
    }

    fn is_true(&self) -> Result<bool> {
        Ok(false)
    }

    fn length(&self) -> Result<i64> {
        Ok(0)
    }

    fn iterate(&self) -> Result<Iter<Any>> {
        Seq::<Any>::from([]).iterate()
    }
}

impl Dynamic for Range {
    fn equals(&self, other: &Any) -> Result<bool> {
        other.get::<Range>().map_or(Ok(false), |other| Equal::eq(self, &other))
    }

    answers_of_its_own!();

    fn item(&self, at: &Any) -> Result<Any> {
        Ok(match index(at, "range")? {
            Index::At(at) => Any::from(self.getitem(&at)?),
            Index::Slice(slice) => Any::from(self.getitem(&slice)?),
        })
    }
}

impl<K: Key, V: AnyValue> Dynamic for Dict<K, V> {
    fn managed(&self) -> Option<Object> {
        Some(Object::from(self.object().clone()))
    }

    fn shape(&self) -> Shape {
        Shape::Dict
    }

    fn equals(&self, other: &Any) -> Result<bool> {
        if other.value().shape() != Shape::Dict || other.value().length()? != Len::len(self)? {
            return Ok(false);
        }
        let _comparing = Comparing::enter()?;
        let items = self.items().iterate()?;
        while let Some(entry) = items.step()? {
            let (key, value) = (at(&entry, 0)?, at(&entry, 1)?);
            if !other.value().has(&key)? || !value.same_or_equal(&other.item(&key)?)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    answers_of_its_own!();

    fn item(&self, key: &Any) -> Result<Any> {
        match self.found(key)? {
            Some(value) => Ok(Any::from(value)),
            None => Err(missing(key)),
        }
    }

    fn set_item(&self, key: &Any, value: &Any) -> Result<()> {
        self.insert(taken(key, "dict")?, taken(value, "dict")?)
    }

    fn delete_item(&self, key: &Any) -> Result<()> {
        self.delitem(&K::from_any(key).ok_or_else(|| missing(key))?)
    }

    fn has(&self, key: &Any) -> Result<bool> {
        Ok(self.found(key)?.is_some())
    }

    fn methods(&self) -> &'static [&'static str] {
        &["get", "keys", "values", "items", "pop", "popitem", "setdefault", "update", "clear", "copy"]
    }

    fn invoke(&self, name: &str, arguments: &[Any]) -> Result<Any> {
        match (name, arguments) {
            ("get", [key]) => Ok(Any::from(self.found(key)?)),
            ("get", [key, default]) => Ok(self.found(key)?.map_or_else(|| default.clone(), Any::from)),
            ("keys", []) => Ok(Any::from(self.keys())),
            ("values", []) => Ok(Any::from(self.values())),
            ("items", []) => Ok(Any::from(self.items())),
            ("pop", [key]) => Ok(Any::from(self.pop(&K::from_any(key).ok_or_else(|| missing(key))?)?)),
            ("pop", [key, default]) => match K::from_any(key) {
                Some(key) => Ok(self.pop_optional(&key)?.map_or_else(|| default.clone(), Any::from)),
                None => Ok(default.clone()),
            },
            ("popitem", []) => Ok(Any::from(self.popitem()?)),
            ("setdefault", [key, value]) => Ok(Any::from(self.setdefault(taken(key, "dict")?, taken(value, "dict")?)?)),
            ("update", [other]) => {
                self.update(&converted(other, "dict")?)?;
                Ok(Any::none())
            }
            ("clear", []) => {
                self.clear();
                Ok(Any::none())
            }
            ("copy", []) => Ok(Any::from(self.copy())),
            _ => Err(no_method(self, name, arguments)),
        }
    }
}

impl<K: Key, V: AnyValue> Dict<K, V> {
    /// What the dict has for a key of whatever type.
    fn found(&self, key: &Any) -> Result<Option<V>> {
        match K::from_any(key) {
            Some(key) => self.get(&key),
            // As Python does, which hashes it first.
            None => key.value().hashed().map(|_| None),
        }
    }
}

#[cold]
fn missing(key: &Any) -> Exception {
    Exception::with_argument(&KEY_ERROR, key.clone())
}

macro_rules! views {
    ($($view:ident: $shape:ident;)+) => {$(
        impl<K: Key, V: AnyValue> Dynamic for $view<K, V> {
            fn shape(&self) -> Shape {
                Shape::$shape
            }

            answers_of_its_own!();
        }
    )+};
}

views! {
    KeysView: Set;
    ValuesView: Other;
    ItemsView: Other;
}

/// Whether two sets have the same items.
fn equal_sets(length: i64, items: Iter<Any>, other: &Any) -> Result<bool> {
    if other.value().shape() != Shape::Set || other.value().length()? != length {
        return Ok(false);
    }
    while let Some(item) = items.step()? {
        if !other.value().has(&item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

macro_rules! sets {
    ($($set:ident)+) => {$(
        impl<T: Key> $set<T> {
            fn holds(&self, item: &Any) -> Result<bool> {
                match T::from_any(item) {
                    Some(item) => Contains::contains(self, &item),
                    None => item.value().hashed().map(|_| false),
                }
            }
        }
    )+};
}

sets!(Set FrozenSet);

impl<T: Key> Dynamic for Set<T> {
    fn managed(&self) -> Option<Object> {
        Some(Object::from(self.object().clone()))
    }

    fn shape(&self) -> Shape {
        Shape::Set
    }

    fn equals(&self, other: &Any) -> Result<bool> {
        equal_sets(Len::len(self)?, self.iterate()?, other)
    }

    answers_of_its_own!();

    fn has(&self, item: &Any) -> Result<bool> {
        self.holds(item)
    }

    fn methods(&self) -> &'static [&'static str] {
        &["add", "discard", "remove", "pop", "clear", "copy", "update"]
    }

    fn invoke(&self, name: &str, arguments: &[Any]) -> Result<Any> {
        match (name, arguments) {
            ("add", [item]) => {
                self.add(taken(item, "set")?)?;
                Ok(Any::none())
            }
            ("discard", [item]) => {
                T::from_any(item).map_or(Ok(()), |item| self.discard(&item))?;
                Ok(Any::none())
            }
            ("remove", [item]) => {
                self.remove(&T::from_any(item).ok_or_else(|| missing(item))?)?;
                Ok(Any::none())
            }
            ("pop", []) => Ok(Any::from(self.pop()?)),
            ("clear", []) => {
                self.clear();
                Ok(Any::none())
            }
            ("copy", []) => Ok(Any::from(self.copy())),
            ("update", [items]) => {
                let items = items.iter()?;
                while let Some(item) = items.step()? {
                    self.add(taken(&item, "set")?)?;
                }
                Ok(Any::none())
            }
            _ => Err(no_method(self, name, arguments)),
        }
    }
}

impl<T: Key> Dynamic for FrozenSet<T> {
    fn is_identical(&self, other: &Any) -> bool {
        other.get::<Self>().is_some_and(|other| Identity::is(self, &other))
    }

    fn shape(&self) -> Shape {
        Shape::Set
    }

    fn equals(&self, other: &Any) -> Result<bool> {
        equal_sets(Len::len(self)?, self.iterate()?, other)
    }

    fn hashed(&self) -> Result<i64> {
        self.hash()
    }

    answers_of_its_own!();

    fn has(&self, item: &Any) -> Result<bool> {
        self.holds(item)
    }
}
