//! [`Referent`]: values that are references to one managed object.

use super::exceptions::BaseException;
use super::{Dict, Exception, Function, Iter, List, Seq, Set};
use crate::pointer::Gc;
use crate::trace::Trace;

/// A value that is a reference to one managed object: it can be counted, referred to weakly, asked about by `gc`.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` is a value, not a reference to an object",
    label = "this has no count and can't be referred to weakly"
)]
pub trait Referent: Clone + Trace {
    /// The object's type.
    type Object: Trace + ?Sized;

    /// The pointer.
    fn pointer(&self) -> &Gc<Self::Object>;

    /// The value that such a pointer is.
    fn from_pointer(pointer: Gc<Self::Object>) -> Self;
}

impl<T: Trace + ?Sized> Referent for Gc<T> {
    type Object = T;

    #[inline]
    fn pointer(&self) -> &Gc<T> {
        self
    }

    fn from_pointer(pointer: Gc<T>) -> Gc<T> {
        pointer
    }
}

impl Referent for Exception {
    type Object = BaseException;

    fn pointer(&self) -> &Gc<BaseException> {
        self.object()
    }

    fn from_pointer(pointer: Gc<BaseException>) -> Exception {
        Exception::from(pointer)
    }
}

macro_rules! referents {
    ($([$($generics:tt)*] $type:ty => $object:ty;)+) => {$(
        impl<$($generics)*> Referent for $type {
            type Object = $object;

            #[inline]
            fn pointer(&self) -> &Gc<$object> {
                self.object()
            }

            fn from_pointer(pointer: Gc<$object>) -> Self {
                Self::from_object(pointer)
            }
        }
    )+};
}

referents! {
    [T: Trace] List<T> => super::list::ListObject<T>;
    [K: Trace, V: Trace] Dict<K, V> => super::dict::DictObject<K, V>;
    [T: Trace] Set<T> => super::set::SetObject<T>;
    [T: Trace] Seq<T> => super::seq::SeqObject<T>;
    [T: 'static, M: 'static] Iter<T, M> => dyn super::iter::Steps<T>;
    [A: 'static, R: 'static] Function<A, R> => dyn super::function::Call<A, R>;
}
