//! [`WeakMethod`]: a weak reference to a bound method.

use super::reference::{address, described};
use crate::builtins::protocol::{Equal, Hashed, Identity, Show, Truth};
use crate::builtins::{Function, Referent, Result, unraisable};
use crate::cell::ByValue;
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use crate::unsize;
use crate::weak::{Weak, WeakRef};

/// Python's `weakref.WeakMethod`: refers to an object's method as long as the object lives. (A bound method is an object of
/// its own, which dies when it has been used.) `F` is the type of the bound method, a [`Function`].
pub struct WeakMethod<F: 'static>(Gc<dyn Method<F>>);

/// What is behind a [`WeakMethod`].
trait Method<F>: Trace {
    fn bind(&self) -> Option<F>;

    /// The name, and the object's address, which outlives the object.
    fn identity(&self) -> (&'static str, usize);

    fn describe(&self) -> Option<String>;
}

struct MethodOf<V: Referent, F> {
    object: WeakRef<V::Object>,
    address: usize,
    name: &'static str,
    bind: fn(V) -> F,
}

// SAFETY: the weak reference is all that can own a `Gc`.
unsafe impl<V: Referent, F: 'static> Trace for MethodOf<V, F> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.object.trace(tracer);
    }

    fn type_name() -> &'static str {
        "WeakMethod"
    }
}

impl<V: Referent + Show, F: 'static> Method<F> for MethodOf<V, F> {
    fn bind(&self) -> Option<F> {
        self.object.upgrade().map(V::from_pointer).map(self.bind)
    }

    fn identity(&self) -> (&'static str, usize) {
        (self.name, self.address)
    }

    fn describe(&self) -> Option<String> {
        self.object.upgrade().map(V::from_pointer).map(|object| described(&object))
    }
}

impl<F: 'static> WeakMethod<F> {
    /// `weakref.WeakMethod(object.method)`: `bind` makes the bound method, `name` tells it from others.
    pub fn new<V: Referent + Show>(object: &V, name: &'static str, bind: fn(V) -> F) -> WeakMethod<F> {
        Self::of(object, name, bind, WeakRef::new(object.pointer()))
    }

    fn of<V: Referent + Show>(
        object: &V,
        name: &'static str,
        bind: fn(V) -> F,
        weak: WeakRef<V::Object>,
    ) -> WeakMethod<F> {
        let method = Gc::new(MethodOf { object: weak, address: address(object.pointer()), name, bind });
        WeakMethod(unsize!(method => dyn Method<F>))
    }

    /// `weakref.WeakMethod(object.method, callback)`: the callback gets the reference, once, after the object's death.
    pub fn with_callback<V: Referent + Show>(
        object: &V,
        name: &'static str,
        bind: fn(V) -> F,
        callback: &Function<(WeakMethod<F>,), ()>,
    ) -> WeakMethod<F> {
        let address = address(object.pointer());
        let method = Gc::new_cyclic(|this: &Weak<MethodOf<V, F>>| {
            let calling = Calling { this: this.clone(), callback: callback.clone() };
            let object = WeakRef::with_callback(object.pointer(), calling, |calling, _| calling.call());
            MethodOf { object, address, name, bind }
        });
        WeakMethod(unsize!(method => dyn Method<F>))
    }

    /// `m()`: the bound method, if its object is alive.
    pub fn call(&self) -> Option<F> {
        self.0.bind()
    }
}

struct Calling<V: Referent, F: 'static> {
    this: Weak<MethodOf<V, F>>,
    callback: Function<(WeakMethod<F>,), ()>,
}

impl<V: Referent + Show, F: 'static> Calling<V, F> {
    fn call(self) {
        let Some(this) = self.this.upgrade() else { return };
        if let Err(exception) = self.callback.call((WeakMethod(unsize!(this => dyn Method<F>)),)) {
            unraisable(exception, self.callback.name());
        }
    }
}

// SAFETY: the callback is all that can own a `Gc`.
unsafe impl<V: Referent, F: 'static> Trace for Calling<V, F> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.callback.trace(tracer);
    }
}

impl<F: 'static> Clone for WeakMethod<F> {
    fn clone(&self) -> Self {
        WeakMethod(self.0.clone())
    }
}

// SAFETY: a weak method is a reference to the object that it is.
unsafe impl<F: 'static> Trace for WeakMethod<F> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

// SAFETY: a count goes up; that neither runs code of the program nor panics.
unsafe impl<F: 'static> ByValue for WeakMethod<F> {
    fn duplicate(&self) -> Self {
        self.clone()
    }
}

impl<F: 'static> Identity for WeakMethod<F> {
    fn is(&self, other: &Self) -> bool {
        Gc::ptr_eq(&self.0, &other.0)
    }

    fn id(&self) -> i64 {
        address(&self.0) as i64
    }
}

/// Living ones are equal if they refer to the same method of the same object, dead ones by identity.
impl<F: 'static> Equal for WeakMethod<F> {
    fn eq(&self, other: &Self) -> Result<bool> {
        let both_alive = self.0.bind().is_some() && other.0.bind().is_some();
        Ok(if both_alive { self.0.identity() == other.0.identity() } else { self.is(other) })
    }
}

impl<F: 'static> Hashed for WeakMethod<F> {
    fn hash(&self) -> Result<i64> {
        Ok((self.0.identity().1 as i64).rotate_right(4))
    }
}

impl<F: 'static> Truth for WeakMethod<F> {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

impl<F: 'static> Show for WeakMethod<F> {
    fn type_name(&self) -> &'static str {
        "WeakMethod"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&match self.0.describe() {
            Some(object) => format!("<weakref at {:#x}; to {object}>", self.id()),
            None => format!("<weakref at {:#x}; dead>", self.id()),
        });
        Ok(())
    }
}

impl<F: 'static> core::fmt::Debug for WeakMethod<F> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.repr().map_err(|_| core::fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::testing::{Noisy, log, say};
    use crate::builtins::{List, Str};

    type Bound = Function<(), Str>;

    fn hello(list: List<Str>) -> Bound {
        Function::new("hello", list, |list, ()| list.repr())
    }

    #[test]
    fn it_lives_as_long_as_the_object() {
        let list = List::from([Str::lit("a")]);
        let (m, same) = (WeakMethod::new(&list, "hello", hello), WeakMethod::new(&list, "hello", hello));
        let other = WeakMethod::new(&list, "other", hello);
        assert!(Equal::eq(&m, &same).unwrap() && !Equal::eq(&m, &other).unwrap());
        assert_eq!(m.hash().unwrap(), same.hash().unwrap());
        let bound = m.call().unwrap();
        drop(list);
        assert_eq!(bound.call(()).unwrap(), "['a']");
        drop(bound);
        assert!(m.call().is_none() && !Equal::eq(&m, &same).unwrap());
    }

    #[test]
    fn its_callback_gets_it() {
        let object = Noisy::new("object");
        let gone = Function::new("gone", (), |(), (method,): (WeakMethod<Function<(), ()>>,)| {
            say(format!("gone {}", method.call().is_none()));
            Ok(())
        });
        let bind = |object: Gc<Noisy>| Function::new("m", object, |_, ()| Ok(()));
        let kept = WeakMethod::with_callback(&object, "m", bind, &gone);
        drop(WeakMethod::with_callback(&object, "m", bind, &gone));
        drop(object);
        assert_eq!(log(), ["object", "gone true"]);
        drop(kept);
    }
}
