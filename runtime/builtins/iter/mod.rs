//! Iterators: as values that a name can hold, and as the parts that `for` puts together.

mod adapters;
mod converted;
mod object;
mod range;
mod rust;

pub use adapters::{
    Enumerate, Filter, Map, Map2, Map3, Zip1, Zip2, Zip3, Zip4, Zip5, Zip6, Zip7, enumerate, filter, map, map2, map3,
    truthy, zip, zip1, zip3, zip4, zip5, zip6, zip7,
};
pub(crate) use object::yielded;
pub use object::{Iter, Steps};
pub use range::{Range, RangeIter};
pub use rust::RustIter;
