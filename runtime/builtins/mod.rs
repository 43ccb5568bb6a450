//! What scripts call: the types, functions and modules of Python that `gc_script!` knows.

mod any;
pub mod atexit;
mod backwards;
mod cell;
mod dict;
pub mod exceptions;
mod field;
mod format;
mod function;
pub mod functions;
pub mod functools;
pub mod gc;
pub mod iter;
pub mod itertools;
mod list;
mod literals;
mod lookup;
pub mod math;
pub mod number;
mod object;
mod output;
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
#[cfg(test)]
mod threads;
mod tuple;
mod value;
pub mod weakref;

pub use any::{Any, AnyValue};
pub use cell::{Cell, unbound_local};
pub use dict::{Dict, DictItems, DictIter, DictIterRev, DictKeys, DictValues, ItemsView, KeysView, ValuesView};
pub use exceptions::Exception;
pub use function::Function;
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
pub use tuple::{Tuple0, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5, Tuple6, Tuple7, Tuple8};
pub use value::Value;
pub use weakref::Ref;

/// What an operation of a script answers.
pub type Result<T> = core::result::Result<T, Exception>;
