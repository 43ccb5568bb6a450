//! [`Proxy`]: a weak reference that behaves as its object does.

use super::reference::{address, calling};
use crate::builtins::exceptions::{REFERENCE_ERROR, TYPE_ERROR};
use crate::builtins::protocol::{Equal, Hashed, Identity, Show, Truth};
use crate::builtins::{Exception, Function, Referent, Result};
use crate::cell::ByValue;
use crate::trace::{Trace, Tracer};
use crate::weak::{Sharing, WeakRef};

/// Python's `weakref.proxy`: whatever is done to it is done to the object, and raises a ReferenceError once that is dead.
///
/// ```
/// use refcycle::builtins::{List, protocol::{Len, Show}, weakref::proxy};
///
/// let list = List::from([1, 2]);
/// let stand_in = proxy(&list);
/// assert_eq!(stand_in.object().unwrap().len().unwrap(), 2);
/// assert_eq!(stand_in.str().unwrap(), "[1, 2]");
/// drop(list);
/// assert_eq!(stand_in.str().unwrap_err().to_string(), "weakly-referenced object no longer exists");
/// ```
pub struct Proxy<V: Referent>(WeakRef<V::Object>);

/// `weakref.proxy(x)`: all plain proxies of an object are one.
pub fn proxy<V: Referent>(x: &V) -> Proxy<V> {
    Proxy(WeakRef::shared(x.pointer(), Sharing::Proxy))
}

/// `weakref.proxy(x, callback)`: the callback gets the proxy, once, after the death of the object.
pub fn proxy_with_callback<V: Referent>(x: &V, callback: &Function<(Proxy<V>,), ()>) -> Proxy<V> {
    Proxy(calling(x, callback, Proxy))
}

impl<V: Referent> Proxy<V> {
    /// The object that the proxy stands for.
    ///
    /// # Errors
    /// A ReferenceError, if it is dead.
    pub fn object(&self) -> Result<V> {
        let object = self.0.upgrade().map(V::from_pointer);
        object.ok_or_else(|| Exception::new(&REFERENCE_ERROR, "weakly-referenced object no longer exists"))
    }
}

impl<V: Referent> Clone for Proxy<V> {
    fn clone(&self) -> Proxy<V> {
        Proxy(self.0.clone())
    }
}

// SAFETY: a proxy is a reference to the object that it is.
unsafe impl<V: Referent> Trace for Proxy<V> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

// SAFETY: a count goes up; that neither runs code of the program nor panics.
unsafe impl<V: Referent> ByValue for Proxy<V> {
    fn duplicate(&self) -> Self {
        self.clone()
    }
}

impl<V: Referent> Identity for Proxy<V> {
    fn is(&self, other: &Proxy<V>) -> bool {
        WeakRef::ptr_eq(&self.0, &other.0)
    }

    fn id(&self) -> i64 {
        address(self.0.object()) as i64
    }
}

impl<V: Referent + Equal> Equal for Proxy<V> {
    fn eq(&self, other: &Proxy<V>) -> Result<bool> {
        self.object()?.eq(&other.object()?)
    }
}

/// Proxies can't be hashed, since what they stand for may be changed or gone.
impl<V: Referent> Hashed for Proxy<V> {
    fn hash(&self) -> Result<i64> {
        Err(Exception::new(&TYPE_ERROR, "unhashable type: 'weakref.ProxyType'"))
    }
}

impl<V: Referent + Truth> Truth for Proxy<V> {
    fn truth(&self) -> Result<bool> {
        self.object()?.truth()
    }
}

impl<V: Referent + Show> Show for Proxy<V> {
    fn type_name(&self) -> &'static str {
        "weakref.ProxyType"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        let (name, place) = match self.object() {
            Ok(object) => (object.type_name(), address(object.pointer())),
            Err(_) => ("NoneType", 0),
        };
        out.push_str(&format!("<weakproxy at {:#x} to {name} at {place:#x}>", self.id()));
        Ok(())
    }

    fn write_str(&self, out: &mut String) -> Result<()> {
        self.object()?.write_str(out)
    }
}

impl<V: Referent + Show> core::fmt::Debug for Proxy<V> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.repr().map_err(|_| core::fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::List;
    use crate::builtins::testing::{log, say};
    use crate::builtins::weakref::{getweakrefcount, getweakrefs};

    #[test]
    fn plain_proxies_are_one_and_count_as_weak() {
        let list = List::from([1i64]);
        let (p, q) = (proxy(&list), proxy(&list));
        assert!(p.is(&q));
        assert_eq!(getweakrefcount(&list), 1);
        assert_eq!(getweakrefs(&list).count_items(), 0);
        assert!(p.hash().is_err());
        assert!(p.repr().unwrap().starts_with("<weakproxy at 0x"));
        drop(list);
        assert!(p.repr().unwrap().ends_with(" to NoneType at 0x0>"));
        assert!(p.truth().is_err() && p.eq(&q).is_err());
    }

    #[test]
    fn each_proxy_with_a_callback_is_its_own() {
        let list = List::from([1i64]);
        let gone = Function::new("gone", (), |(), (proxy,): (Proxy<List<i64>>,)| {
            say(format!("gone {}", proxy.object().is_err()));
            Ok(())
        });
        let (p, q) = (proxy_with_callback(&list, &gone), proxy_with_callback(&list, &gone));
        assert!(!p.is(&q) && Equal::eq(&p, &q).unwrap());
        drop(q);
        drop(list);
        assert_eq!(log(), ["gone true"]);
    }
}
