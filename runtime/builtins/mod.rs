//! What scripts call: the types, functions and modules of Python that `gc_script!` knows.
//!
//! All of it can be used from Rust as well.
//!
//! | Python | here |
//! |---|---|
//! | `str`, `bytes` | [`Str`], [`Bytes`]: immutable, copied by counting |
//! | `list`, `dict`, `set`, `frozenset` | [`List`], [`Dict`], [`Set`], [`FrozenSet`]: references to managed objects; [`list!`](crate::list), [`dict!`](crate::dict), [`set!`](crate::set) make them |
//! | `tuple[A, B]`, `tuple[T, ...]` | [`Tuple2`] and its like, [`Seq`] |
//! | `Callable`, `Iterator`, `range` | [`Function`], [`Iter`], [`Range`] |
//! | exceptions | [`exceptions`] |
//! | `len`, `sorted`, `round`, … | [`functions`] |
//! | operators, `==`, `in`, `for` | the traits of [`protocol`] |
//! | `gc`, `sys`, `weakref`, `math`, … | modules of the same names |
//!
//! An operation that can fail gives a [`Result`]. Code of a script, a `__del__` or an `__eq__`, runs only while nothing is
//! borrowed, so it may change the very container on which it is called.

mod any;
pub mod atexit;
mod backwards;
mod cast;
mod cell;
pub mod contextlib;
mod dict;
pub mod exceptions;
mod field;
mod format;
mod function;
pub mod functions;
pub mod functools;
pub mod gc;
pub mod generator;
mod inspected;
pub mod io;
pub mod iter;
pub mod itertools;
mod list;
mod literals;
mod lookup;
pub mod math;
pub mod number;
mod object;
pub mod os;
pub mod os_path;
mod output;
pub mod program;
pub mod protocol;
pub mod random;
mod recursion;
mod referent;
mod seq;
mod set;
mod slice;
mod sort;
pub mod sys;
mod table;
#[cfg(test)]
mod testing;
pub mod text;
pub mod threading;
#[cfg(test)]
mod threads;
pub mod time;
pub(crate) mod traits;
mod tuple;
mod tuple_ops;
mod types;
mod value;
pub mod weakref;

pub use any::{
    Any, AnyArguments, AnyValue, BoundMethod, Dynamic, Order, Shape, any_of, argument, check_count, converted, derived,
    instance_in, is_instance, value_of, wrapped,
};
pub use cast::{Castable, Integer, cast};
pub use cell::{Cell, unbound_local};
pub use dict::{Dict, DictItems, DictIter, DictIterRev, DictKeys, DictValues, ItemsView, KeysView, ValuesView};
pub use exceptions::{Exception, message_of, repr_of};
pub use function::{Captured, Function};
pub use inspected::Inspected;
pub use io::TextIOWrapper;
pub use iter::{Iter, Range};
pub use list::{List, ListIter, ListIterRev};
pub use object::*;
pub use output::{capture, print, write};
pub use referent::Referent;
pub use seq::{Seq, SeqIter};
pub use set::{FrozenSet, Set, SetIter};
pub use slice::Slice;
pub use sys::{ExceptionType, UnraisableHookArgs, unraisable};
pub use text::{Bytes, Str};
pub use threading::Thread;
pub use tuple::{Arguments, Tuple0, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5, Tuple6, Tuple7, Tuple8};
pub use types::{TypeObject, type_of};
pub use value::Value;
pub use weakref::{Finalize, Proxy, Ref, WeakKeyDictionary, WeakMethod, WeakSet, WeakValueDictionary};

/// What an operation of a script answers.
pub type Result<T> = core::result::Result<T, Exception>;
