//! Values of scripts in the fields of `#[managed]` types: read by value, like a `Gc`.

use super::io::StandardStream;
use super::tuple::*;
use super::{
    Bytes, Cell, Dict, Exception, FrozenSet, Function, Iter, List, Range, Seq, Set, Slice, Str, TextIOWrapper,
};
use crate::acyclic::Keeps;
use crate::cell::ByValue;
use crate::trace::Trace;

macro_rules! handles {
    ($([$($generics:tt)*] $type:ty),+ $(,)?) => {$(
        // SAFETY: a count goes up, or a few words are copied; that neither runs code of the program nor panics.
        unsafe impl<$($generics)*> ByValue for $type {
            #[inline]
            fn duplicate(&self) -> Self {
                self.clone()
            }
        }
    )+};
}

handles! {
    [] Str, [] Bytes, [] Range, [] Slice, [] Exception, [] Tuple0, [] TextIOWrapper, [] StandardStream,
    [T: Trace] List<T>, [T: Trace] Set<T>, [T: Trace] FrozenSet<T>, [T: Trace] Seq<T>, [T: Trace] Cell<T>,
    [K: Trace, V: Trace] Dict<K, V>, [A: 'static, R: 'static] Function<A, R>, [T: 'static, M: 'static] Iter<T, M>,
}

macro_rules! pointer_free {
    ($($type:ty)+) => {$(
        // SAFETY: values of this type own no `Gc`.
        unsafe impl<Promise, Fuel> Keeps<Promise, Fuel> for $type {}
    )+};
}

pointer_free!(Str Bytes Range Tuple0 StandardStream);

macro_rules! tuples {
    ($($tuple:ident: $($type:ident $item:ident),+;)+) => {$(
        // SAFETY: as its items.
        unsafe impl<$($type: ByValue),+> ByValue for $tuple<$($type),+> {
            #[inline]
            fn duplicate(&self) -> Self {
                $tuple { $($item: self.$item.duplicate()),+ }
            }
        }
    )+};
}

tuples! {
    Tuple1: A _0;
    Tuple2: A _0, B _1;
    Tuple3: A _0, B _1, C _2;
    Tuple4: A _0, B _1, C _2, D _3;
    Tuple5: A _0, B _1, C _2, D _3, E _4;
    Tuple6: A _0, B _1, C _2, D _3, E _4, F _5;
    Tuple7: A _0, B _1, C _2, D _3, E _4, F _5, G _6;
    Tuple8: A _0, B _1, C _2, D _3, E _4, F _5, G _6, H _7;
}
