//! `itertools.groupby`.

use super::steps;
use crate::builtins::protocol::{Equal, Identity, Iterate};
use crate::builtins::tuple::Tuple2;
use crate::builtins::{Cell, Function, Iter, Result};
use crate::trace::{Trace, Tracer};

/// What the groups share.
struct Groups<T: Trace, K: Trace> {
    items: Iter<T>,
    key: Function<(T,), K>,
    /// The item that was read last, unless it was given out, and its key.
    item: Cell<T>,
    now: Cell<K>,
    /// The key of the group that was begun last, and how many were begun.
    begun: Cell<K>,
    count: Cell<i64>,
}

// SAFETY: these are all of its fields.
unsafe impl<T: Trace, K: Trace> Trace for Groups<T, K> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.items.trace(tracer);
        self.key.trace(tracer);
        self.item.trace(tracer);
        self.now.trace(tracer);
        self.begun.trace(tracer);
        self.count.trace(tracer);
    }
}

impl<T: Trace, K: Trace> Clone for Groups<T, K> {
    fn clone(&self) -> Self {
        Groups {
            items: self.items.clone(),
            key: self.key.clone(),
            item: self.item.clone(),
            now: self.now.clone(),
            begun: self.begun.clone(),
            count: self.count.clone(),
        }
    }
}

impl<T: Trace + Clone, K: Trace + Clone + Equal + Identity> Groups<T, K> {
    /// Reads an item and its key; false at the end.
    fn read(&self) -> Result<bool> {
        let Some(item) = self.items.step()? else { return Ok(false) };
        let key = self.key.call((item.clone(),))?;
        self.item.set(item);
        self.now.set(key);
        Ok(true)
    }

    /// Does what was read last belong to the group of this key?
    fn is_now(&self, key: &K) -> Result<bool> {
        let now = self.now.get("key")?;
        Ok(now.is(key) || now.eq(key)?)
    }

    fn next(&self) -> Result<Option<Tuple2<K, Iter<T>>>> {
        let number = self.count.get("count")? + 1;
        self.count.set(number);
        while !self.now.is_bound() || (self.begun.is_bound() && self.is_now(&self.begun.get("key")?)?) {
            if !self.read()? {
                return Ok(None);
            }
        }
        let key = self.now.get("key")?;
        self.begun.set(key.clone());
        let group = steps((self.clone(), key.clone(), number), |(groups, key, number)| groups.member(key, *number));
        Ok(Some(Tuple2::new(key, group)))
    }

    /// The next item of a group, as long as no other was begun.
    fn member(&self, key: &K, number: i64) -> Result<Option<T>> {
        if self.count.get("count")? != number || (!self.item.is_bound() && !self.read()?) || !self.is_now(key)? {
            return Ok(None);
        }
        Ok(self.item.take())
    }
}

/// `itertools.groupby(items, key)`: the groups of neighbours with equal keys; each is read before the next is asked for.
#[allow(clippy::type_complexity, reason = "an iterator of keys, each with an iterator")]
pub fn groupby_key<X: Iterate<Iter: Trace, Item: Trace + Clone>, K: Trace + Clone + Equal + Identity>(
    items: &X,
    key: &Function<(X::Item,), K>,
) -> Result<Iter<Tuple2<K, Iter<X::Item>>>> {
    let groups = Groups {
        items: Iter::new(items.iter()?),
        key: key.clone(),
        item: Cell::unbound(),
        now: Cell::unbound(),
        begun: Cell::unbound(),
        count: Cell::new(0),
    };
    Ok(steps(groups, |groups| groups.next()))
}

/// `itertools.groupby(items)`: equal neighbours.
#[allow(clippy::type_complexity, reason = "an iterator of keys, each with an iterator")]
pub fn groupby<X: Iterate<Iter: Trace, Item: Trace + Clone + Equal + Identity>>(
    items: &X,
) -> Result<Iter<Tuple2<X::Item, Iter<X::Item>>>> {
    groupby_key(items, &Function::new("groupby", (), |(), (item,): (X::Item,)| Ok(item)))
}
