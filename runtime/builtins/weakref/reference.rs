//! [`Ref`]: a script's weak reference.

use crate::builtins::exceptions::TYPE_ERROR;
use crate::builtins::protocol::{Equal, Hashed, Identity, Show, Truth};
use crate::builtins::{Exception, Function, List, Referent, Result, unraisable};
use crate::cell::ByValue;
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use crate::weak::{Sharing, WeakRef};

/// Python's `weakref.ref`: an object that refers to another without keeping it alive, and may call back when it is dead.
///
/// ```
/// use refcycle::builtins::{List, weakref};
///
/// let list = List::from([1]);
/// let weak = weakref::reference(&list);
/// assert_eq!(weak.call().unwrap().to_vec(), [1]);
/// drop(list);
/// assert!(weak.call().is_none());
/// ```
pub struct Ref<V: Referent>(WeakRef<V::Object>);

/// `weakref.ref(x)`: all plain references to an object are one.
pub fn reference<V: Referent>(x: &V) -> Ref<V> {
    Ref(WeakRef::shared(x.pointer(), Sharing::Reference))
}

/// `weakref.ref(x, callback)`: the callback gets the reference, once, after the death of the object.
pub fn reference_with_callback<V: Referent>(x: &V, callback: &Function<(Ref<V>,), ()>) -> Ref<V> {
    Ref(calling(x, callback, Ref))
}

/// A weak reference whose callback gets it as what `wrap` makes of it.
pub(super) fn calling<V: Referent, W: 'static>(
    x: &V,
    callback: &Function<(W,), ()>,
    wrap: fn(WeakRef<V::Object>) -> W,
) -> WeakRef<V::Object> {
    WeakRef::with_callback(x.pointer(), Calling { callback: callback.clone(), wrap }, |calling, weak| {
        if let Err(exception) = calling.callback.call(((calling.wrap)(weak.clone()),)) {
            unraisable(exception, calling.callback.name());
        }
    })
}

struct Calling<T: ?Sized + Trace, W: 'static> {
    callback: Function<(W,), ()>,
    wrap: fn(WeakRef<T>) -> W,
}

// SAFETY: the callback is all that can own a `Gc`.
unsafe impl<T: ?Sized + Trace, W: 'static> Trace for Calling<T, W> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.callback.trace(tracer);
    }
}

/// `weakref.getweakrefcount(x)`
pub fn getweakrefcount<V: Referent>(x: &V) -> i64 {
    Gc::weak_count(x.pointer()) as i64
}

/// `weakref.getweakrefs(x)`: the plain reference first, then those with a callback, newest first. Those that weak
/// dictionaries and sets hold are no objects here and so are left out, though they are counted.
pub fn getweakrefs<V: Referent>(x: &V) -> List<Ref<V>> {
    List::from_iter(WeakRef::all(x.pointer()).into_iter().map(Ref))
}

impl<V: Referent> Ref<V> {
    /// `r()`: the object, if it is alive.
    pub fn call(&self) -> Option<V> {
        self.0.upgrade().map(V::from_pointer)
    }
}

pub(super) fn address<T: ?Sized>(object: &Gc<T>) -> usize {
    Gc::as_ptr(object).addr()
}

impl<V: Referent> Clone for Ref<V> {
    fn clone(&self) -> Ref<V> {
        Ref(self.0.clone())
    }
}

// SAFETY: a weak reference is a reference to the object that it is.
unsafe impl<V: Referent> Trace for Ref<V> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

// SAFETY: a count goes up; that neither runs code of the program nor panics.
unsafe impl<V: Referent> ByValue for Ref<V> {
    fn duplicate(&self) -> Self {
        self.clone()
    }
}

impl<V: Referent> Identity for Ref<V> {
    fn is(&self, other: &Ref<V>) -> bool {
        WeakRef::ptr_eq(&self.0, &other.0)
    }

    fn id(&self) -> i64 {
        address(self.0.object()) as i64
    }
}

/// Living references compare as their objects do, dead ones by identity.
impl<V: Referent + Equal> Equal for Ref<V> {
    fn eq(&self, other: &Ref<V>) -> Result<bool> {
        match (self.call(), other.call()) {
            (Some(a), Some(b)) => a.eq(&b),
            _ => Ok(self.is(other)),
        }
    }
}

/// The object's hash; it is kept, and so outlives the object.
impl<V: Referent + Hashed> Hashed for Ref<V> {
    fn hash(&self) -> Result<i64> {
        if let Some(hash) = self.0.script_hash().get() {
            return Ok(hash);
        }
        let object = self.call().ok_or_else(|| Exception::new(&TYPE_ERROR, "weak object has gone away"))?;
        let hash = object.hash()?;
        self.0.script_hash().set(Some(hash));
        Ok(hash)
    }
}

impl<V: Referent> Truth for Ref<V> {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

/// `'Node' at 0x7f…`
pub(super) fn described<V: Referent + Show>(object: &V) -> String {
    format!("'{}' at {:#x}", object.type_name(), address(object.pointer()))
}

impl<V: Referent + Show> Show for Ref<V> {
    fn type_name(&self) -> &'static str {
        "weakref.ReferenceType"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&match self.call() {
            Some(object) => format!("<weakref at {:#x}; to {}>", self.id(), described(&object)),
            None => format!("<weakref at {:#x}; dead>", self.id()),
        });
        Ok(())
    }
}

impl<V: Referent + Show> core::fmt::Debug for Ref<V> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.repr().map_err(|_| core::fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::exceptions::VALUE_ERROR;
    use crate::builtins::testing::{Noisy, log, say};
    use crate::builtins::{Set, UnraisableHookArgs, protocol, sys};

    fn callback(name: &'static str) -> Function<(Ref<Gc<Noisy>>,), ()> {
        Function::new(name, name, |name, (weak,): (Ref<Gc<Noisy>>,)| {
            say(format!("{name} {}", weak.call().is_none()));
            Ok(())
        })
    }

    #[test]
    fn plain_references_to_an_object_are_one() {
        let object = Noisy::new("a");
        assert_eq!(getweakrefcount(&object), 0);
        let (a, b) = (reference(&object), reference(&object));
        assert!(a.is(&b));
        assert_eq!(getweakrefcount(&object), 1);
        let c = reference_with_callback(&object, &callback("c"));
        let d = reference_with_callback(&object, &callback("d"));
        assert!(!c.is(&d));
        assert_eq!(getweakrefcount(&object), 3);
        let listed: Vec<i64> = getweakrefs(&object).to_vec().iter().map(Identity::id).collect();
        assert_eq!(listed, [a.id(), d.id(), c.id()]);
        drop(c);
        drop(a);
        assert_eq!(getweakrefcount(&object), 2);
        drop((b, d));
        assert_eq!(getweakrefcount(&object), 0);
        assert!(log().is_empty());
    }

    #[test]
    fn callbacks_run_after_del_newest_first() {
        let object = Noisy::new("object");
        let _first = reference_with_callback(&object, &callback("first"));
        let _second = reference_with_callback(&object, &callback("second"));
        drop(object);
        assert_eq!(log(), ["object", "second true", "first true"]);
    }

    #[test]
    fn what_a_callback_raises_is_unraisable() {
        let object = Noisy::new("object");
        let failing = Function::new("failing", (), |(), (_weak,): (Ref<Gc<Noisy>>,)| {
            Err(Exception::new(&VALUE_ERROR, "from callback"))
        });
        let _weak = reference_with_callback(&object, &failing);
        let hook = Function::new("hook", (), |(), (args,): (UnraisableHookArgs,)| {
            say(args.exc_value.str()?);
            Ok(())
        });
        sys::set_unraisablehook(Some(hook));
        drop(object);
        sys::set_unraisablehook(None);
        assert_eq!(log(), ["object", "from callback"]);
    }

    #[test]
    fn a_hash_outlives_the_object() {
        let (p, q) = (List::from([1i64]), List::from([1i64]));
        let (rp, rq) = (reference(&p), reference(&q));
        assert!(Equal::eq(&rp, &rq).unwrap());
        drop(q);
        assert!(!Equal::eq(&rp, &rq).unwrap() && Equal::eq(&rq, &rq).unwrap());
        let f = callback("f");
        let (weak, dead) = (reference(&f), reference(&callback("g")));
        let seen = Set::from_items([weak.clone()]).unwrap();
        let hash = weak.hash().unwrap();
        drop(f);
        assert_eq!(weak.hash().unwrap(), hash);
        assert!(protocol::Contains::contains(&seen, &weak).unwrap());
        assert_eq!(dead.hash().unwrap_err().to_string(), "weak object has gone away");
    }
}
