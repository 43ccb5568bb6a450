//! Seeing the heap of this thread: what there is, what grew, why it is alive, what refers to what.
//!
//! | to … | use |
//! |---|---|
//! | count objects and bytes by type | [`Snapshot::take`] |
//! | … with what dies with them | [`Snapshot::with_retained`] |
//! | find what grew | [`Snapshot::since`] |
//! | see who keeps an object alive | [`why_alive`] |
//! | see what it refers to, and what refers to it, by field | [`referents`], [`referrers`] |
//! | find cycles, and the field to make weak | [`cycles`] |
//! | draw what is around an object, or a cycle | [`Picture`] |
//! | compare two snapshots in a browser | [`report`] |
//! | know where objects were made | [`trace_allocations`] |
//!
//! All of it looks at the heap as it is, runs no code of the program, and leaves nothing behind; it can be called
//! anywhere, in a `__del__` or in a callback too. It counts everything that has not been freed, but doesn't see
//! - what an object refers to whose value is borrowed with [`Gc::get_mut`](crate::Gc::get_mut) or through a
//!   [`RefCell`](core::cell::RefCell): that counts as referred to from outside;
//! - the objects that a collection which is running has found dead, like [`gc::get_objects`](crate::gc::get_objects).
//!
//! A leak is found with three calls:
//!
//! ```
//! use refcycle::{Gc, gc, inspect, inspect::Snapshot, managed};
//!
//! #[managed]
//! struct Window {
//!     #[managed(mut)]
//!     observers: Vec<Gc<Observer>>,
//! }
//! #[managed]
//! struct Observer { name: String }
//!
//! let window = Window::new(Vec::new());
//! let before = Snapshot::take();
//! for n in 0..3 {
//!     let observer = Observer::new(n.to_string());
//!     window.observers_mut().push(observer); // and nobody takes it out again
//! }
//! let after = Snapshot::take();
//! assert_eq!(after.since(&before).rows()[0].type_name, "Observer");
//!
//! let one = inspect::objects::<Observer>().pop().unwrap();
//! let why = inspect::why_alive(&one).unwrap();
//! assert_eq!(why.to_string(), "Window.observers[2]\nObserver");
//! ```

mod cut;
mod cycles;
mod dominators;
mod edges;
mod graph;
mod growth;
#[cfg(feature = "svg")]
mod layout;
mod markup;
mod path;
mod picture;
mod report;
mod retained;
mod sites;
mod snapshot;
#[cfg(feature = "svg")]
mod svg;
mod table;

pub use self::cut::Cut;
pub use self::cycles::{Cycle, cycles};
pub use self::edges::{Referent, Referrer, referents, referrers};
pub use self::growth::{Growth, GrowthRow};
pub use self::path::{Hop, WhyAlive, why_alive};
pub use self::picture::Picture;
pub use self::report::report;
pub(crate) use self::sites::record as record_site;
pub use self::sites::{Site, allocated_at, trace_allocations};
pub use self::snapshot::{Row, Snapshot, Sum};

use crate::header::Header;
use crate::heap::{self, Which};
use crate::pointer::{Gc, Object};
use crate::trace::Trace;
use core::any::TypeId;
use core::ptr::NonNull;

/// All objects of a type, whether the collector knows them or not, in the order of their addresses. Takes time in
/// proportion to the whole heap.
///
/// ```
/// use refcycle::{Gc, inspect};
///
/// let numbers = [Gc::new(1_u8), Gc::new(2)];
/// assert_eq!(inspect::objects::<u8>().len(), 2);
/// # drop(numbers);
/// ```
pub fn objects<T: Trace>() -> Vec<Gc<T>> {
    let mut found = Vec::new();
    let wanted = TypeId::of::<T>();
    heap::with(|heap| {
        heap.for_each_object(Which::All, |header| {
            // SAFETY: the walk passes live objects.
            if (unsafe { header.as_ref() }.table().type_id)() == wanted {
                // SAFETY: as above.
                found.extend(unsafe { Object::from_header(header) });
            }
        });
    });
    found.into_iter().filter_map(|object| object.downcast().ok()).collect()
}

/// The name of an object's type.
fn type_name(object: NonNull<Header>) -> &'static str {
    // SAFETY: callers pass live objects.
    (unsafe { object.as_ref() }.table().type_name)()
}

/// The name that Rust gives an object's type, with its path.
fn type_path(object: NonNull<Header>) -> &'static str {
    // SAFETY: callers pass live objects.
    (unsafe { object.as_ref() }.table().type_path)()
}
