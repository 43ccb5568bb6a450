//! Python's `weakref`: `ref` objects.

use super::exceptions::TYPE_ERROR;
use super::function::Function;
use super::protocol::{Equal, Hashed, Identity, Show, Truth};
use super::referent::Referent;
use super::sys::unraisable;
use super::{Exception, Result};
use crate::cell::ByValue;
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use crate::weak::{Reference, Weak, WeakRef};
use core::any::Any;
use core::cell::RefCell;
use std::collections::HashMap;

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
    let object = x.pointer();
    Ref(shared(object).unwrap_or_else(|| {
        let weak = WeakRef::new(object);
        share(object, &weak);
        weak
    }))
}

/// `weakref.ref(x, callback)`: the callback gets the reference, once, after the death of the object.
pub fn reference_with_callback<V: Referent>(x: &V, callback: &Function<(Ref<V>,), ()>) -> Ref<V> {
    Ref(WeakRef::with_callback(x.pointer(), callback.clone(), |callback, weak| {
        if let Err(exception) = callback.call((Ref(weak.clone()),)) {
            unraisable(exception, callback.name());
        }
    }))
}

/// `weakref.getweakrefcount(x)`
pub fn getweakrefcount<V: Referent>(x: &V) -> i64 {
    Gc::weak_count(x.pointer()) as i64
}

impl<V: Referent> Ref<V> {
    /// `r()`: the object, if it is alive.
    pub fn call(&self) -> Option<V> {
        self.0.upgrade().map(V::from_pointer)
    }
}

/// The plain reference to an object that is shared, weakly held itself.
trait Plain {
    fn is_dead(&self) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<T: Trace + ?Sized> Plain for Weak<Reference<T>> {
    fn is_dead(&self) -> bool {
        self.strong_count() == 0
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Default)]
struct Shared {
    /// By the address of the object.
    plain: HashMap<usize, Box<dyn Plain>>,
    /// So many entries are let in before dead ones are thrown out.
    limit: usize,
}

thread_local! {
    static SHARED: RefCell<Shared> = RefCell::default();
}

fn address<T: ?Sized>(object: &Gc<T>) -> usize {
    Gc::as_ptr(object).addr()
}

fn shared<T: Trace + ?Sized>(object: &Gc<T>) -> Option<WeakRef<T>> {
    let weak = SHARED.with_borrow(|shared| {
        let plain = shared.plain.get(&address(object))?;
        plain.as_any().downcast_ref::<Weak<Reference<T>>>()?.upgrade()
    });
    let weak = WeakRef::from_object(weak?);
    // The address may have belonged to an object that is dead.
    weak.upgrade().is_some_and(|referent| Gc::ptr_eq(&referent, object)).then_some(weak)
}

fn share<T: Trace + ?Sized>(object: &Gc<T>, weak: &WeakRef<T>) {
    const LEAST: usize = 64;
    let plain = Gc::downgrade(weak.object());
    SHARED.with_borrow_mut(|shared| {
        if shared.plain.len() >= shared.limit {
            shared.plain.retain(|_, plain| !plain.is_dead());
            shared.limit = LEAST.max(2 * shared.plain.len());
        }
        shared.plain.insert(address(object), Box::new(plain));
    });
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
        if let Some(hash) = self.0.hash().get() {
            return Ok(hash);
        }
        let object = self.call().ok_or_else(|| Exception::new(&TYPE_ERROR, "weak object has gone away"))?;
        let hash = object.hash()?;
        self.0.hash().set(Some(hash));
        Ok(hash)
    }
}

impl<V: Referent> Truth for Ref<V> {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

impl<V: Referent + Show> Show for Ref<V> {
    fn type_name(&self) -> &'static str {
        "weakref"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        let place = self.id();
        out.push_str(&match self.call() {
            Some(object) => {
                let (name, at) = (object.type_name(), address(object.pointer()));
                format!("<weakref at {place:#x}; to '{name}' at {at:#x}>")
            }
            None => format!("<weakref at {place:#x}; dead>"),
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
    use crate::builtins::{List, Set};

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
        let hook = Function::new("hook", (), |(), (args,): (crate::builtins::UnraisableHookArgs,)| {
            say(args.exc_value.str()?);
            Ok(())
        });
        crate::builtins::sys::set_unraisablehook(Some(hook));
        drop(object);
        crate::builtins::sys::set_unraisablehook(None);
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
        assert!(crate::builtins::protocol::Contains::contains(&seen, &weak).unwrap());
        assert_eq!(dead.hash().unwrap_err().to_string(), "weak object has gone away");
    }

    #[test]
    fn dead_references_do_not_pile_up() {
        for _ in 0..1000 {
            let object = List::from([Noisy::new("x")]);
            let _weak = reference(&object);
        }
        log();
        assert!(SHARED.with_borrow(|shared| shared.plain.len()) <= 64);
    }
}
