//! Where objects were made.

use core::cell::RefCell;
use core::fmt;
use core::panic::Location;
use core::ptr::NonNull;
use std::collections::HashMap;

use super::table::grouped;
use crate::header::Header;
use crate::heap;
use crate::pointer::{Reference, header_at};

thread_local! {
    /// By the address of the header. An entry stays when its object dies, until another is made in its place.
    static SITES: RefCell<HashMap<NonNull<Header>, &'static Location<'static>>> = RefCell::default();
}

/// From now on notes where each object of this thread is made, or stops that and forgets. While it is off, making an
/// object costs one test of a flag; while it is on, an entry in a map.
///
/// The place is that of the call, in the program or in a script. Where a function such as `Gc::new` is passed as a value,
/// as in `map(Gc::new)`, nobody calls it by name and rustc names a place of its own: write `map(|value| Gc::new(value))`.
///
/// ```
/// use refcycle::{Gc, inspect::{self, Snapshot}};
///
/// inspect::trace_allocations(true);
/// let texts: Vec<_> = (0..100).map(|n| Gc::new(n.to_string())).collect();
/// let snapshot = Snapshot::take();
/// assert_eq!(snapshot.sites()[0].count, 100);
/// assert_eq!(inspect::allocated_at(&texts[0]).unwrap().file(), file!());
/// inspect::trace_allocations(false);
/// ```
pub fn trace_allocations(yes: bool) {
    heap::with(|heap| heap.set_traces_allocations(yes));
    if !yes {
        // A thread whose thread-locals are gone has forgotten already.
        SITES.try_with(RefCell::take).ok();
    }
}

/// Notes where an object is made.
#[cold]
#[inline(never)]
pub(crate) fn record(object: NonNull<Header>, site: &'static Location<'static>) {
    // A thread whose thread-locals are gone notes nothing.
    SITES.try_with(|sites| sites.borrow_mut().insert(object, site)).ok();
}

/// Where an object was made, if [`trace_allocations`] was on then and is now.
pub fn allocated_at(object: &impl Reference) -> Option<&'static Location<'static>> {
    site(header_at(object))
}

fn site(object: NonNull<Header>) -> Option<&'static Location<'static>> {
    SITES.try_with(|sites| sites.borrow().get(&object).copied()).ok()?
}

/// The objects of one type that were made in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Site {
    /// The place.
    pub location: &'static Location<'static>,
    /// The type's name.
    pub type_name: &'static str,
    /// The name that Rust gives the type, with its path.
    pub type_path: &'static str,
    /// Objects.
    pub count: usize,
    /// Their bytes.
    pub bytes: usize,
}

impl fmt::Display for Site {
    /// `src/main.rs:10:5: 3 Node, 96 bytes`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}, {} bytes", self.location, grouped(self.count), self.type_name, grouped(self.bytes))
    }
}

/// Sums by place while a walk is under way.
pub(super) struct SiteCounts(HashMap<(&'static Location<'static>, &'static str, &'static str), (usize, usize)>);

impl SiteCounts {
    /// `None` if nothing is noted.
    pub(super) fn new() -> Option<Self> {
        heap::with(|heap| heap.traces_allocations()).then(|| SiteCounts(HashMap::new()))
    }

    pub(super) fn add(&mut self, object: NonNull<Header>, bytes: usize) {
        if let Some(site) = site(object) {
            let key = (site, super::type_name(object), super::type_path(object));
            let sum = self.0.entry(key).or_default();
            sum.0 += 1;
            sum.1 += bytes;
        }
    }

    pub(super) fn finish(self) -> Vec<Site> {
        let sites = self.0.into_iter().map(|((location, type_name, type_path), (count, bytes))| Site {
            location,
            type_name,
            type_path,
            count,
            bytes,
        });
        let mut sites: Vec<Site> = sites.collect();
        sites.sort_by_key(|site| (core::cmp::Reverse(site.bytes), site.location, site.type_name, site.type_path));
        sites
    }
}
