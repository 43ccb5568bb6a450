//! Python's `weakref`, over the weak references, maps and sets of the crate.
//!
//! | in a script | here |
//! |---|---|
//! | `weakref.ref(x)`, `weakref.ref(x, callback)` | [`reference()`], [`reference_with_callback`] |
//! | `weakref.ref[T]`, `weak[T]` | [`Ref`] |
//! | `weakref.proxy(x)`, `weakref.proxy(x, callback)` | [`proxy`], [`proxy_with_callback`] |
//! | `weakref.ProxyType[T]` | [`Proxy`] |
//! | `weakref.WeakMethod(x.method)`, `weakref.WeakMethod[Callable[[A], R]]` | [`WeakMethod`] |
//! | `weakref.finalize(x, f, a, b)`, `weakref.finalize[[A, B], T]` | [`finalize`], [`Finalize`] |
//! | `weakref.WeakValueDictionary[K, T]` | [`WeakValueDictionary`] |
//! | `weakref.WeakKeyDictionary[T, V]` | [`WeakKeyDictionary`] |
//! | `weakref.WeakSet[T]` | [`WeakSet`] |
//! | `weakref.getweakrefcount(x)`, `weakref.getweakrefs(x)` | [`getweakrefcount`], [`getweakrefs`] |

mod container;
mod finalize;
mod key_dictionary;
mod method;
mod proxy;
mod reference;
mod set;
mod value_dictionary;

pub use container::{Entries, Item, WeakIter};
pub use finalize::{Finalize, Promised, finalize};
pub use key_dictionary::WeakKeyDictionary;
pub use method::WeakMethod;
pub use proxy::{Proxy, proxy, proxy_with_callback};
pub use reference::{Ref, getweakrefcount, getweakrefs, reference, reference_with_callback};
pub use set::WeakSet;
pub use value_dictionary::WeakValueDictionary;
