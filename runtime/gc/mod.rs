//! The collector's controls and what it knows: CPython's `gc` module, for this thread's heap.
//!
//! ```
//! use refcycle::{gc, managed, Gc};
//!
//! #[managed]
//! struct Pair {
//!     #[managed(mut)]
//!     other: Option<Gc<Pair>>,
//! }
//!
//! gc::disable(); // now collections start only when they are asked for
//! let (a, b) = (Pair::new(None), Pair::new(None));
//! a.set_other(Some(b.clone()));
//! b.set_other(Some(a.clone()));
//! assert_eq!(gc::get_referrers(&a).len(), 1);
//! drop((a, b));
//! assert_eq!(gc::get_objects(None).len(), 2); // garbage that nobody has found yet
//! assert_eq!(gc::collect(), 2);
//! # gc::enable();
//! ```
//!
//! | here | in Python |
//! |---|---|
//! | [`collect`], [`collect_generation`] | `gc.collect()`, `gc.collect(g)` |
//! | [`enable`], [`disable`], [`is_enabled`] | `gc.enable()`, `gc.disable()`, `gc.isenabled()` |
//! | [`get_stats`], [`get_count`] | the same |
//! | [`get_threshold`], [`set_threshold`] | the same |
//! | [`get_objects`], [`get_referrers`], [`get_referents`] | the same |
//! | [`is_tracked`], [`is_finalized`] | the same |
//! | [`freeze`], [`unfreeze`], [`get_freeze_count`] | the same |
//! | [`callbacks`], [`garbage`] | lists in Python, modules of functions here |
//! | [`set_debug`], [`get_debug`] | the same |
//! | [`set_unraisable_hook`], [`getrefcount`] | `sys.unraisablehook`, `sys.getrefcount(x)` |
//! | [`shutdown`] | what happens at the end of a program |

pub mod callbacks;
pub(crate) mod debug;
pub mod garbage;

use core::ptr::NonNull;

pub use self::debug::{Debug, get_debug, set_debug};
pub use crate::collector::GenerationStats;
use crate::collector::{self, generations};
use crate::header::{FINALIZED, Generation, Header, TRACKED};
use crate::heap::{self, Which};
pub use crate::hold::{Hold, hold};
use crate::pointer::{Object, Reference, head_of, header_at};
use crate::trace::{Task, Tracer};
pub use crate::unraisable::{Origin, Unraisable, UnraisableHook, set_unraisable_hook, unraisable_hook};

/// Collects all generations. Returns how many objects were found dead and stayed so after their finalizers.
///
/// Runs finalizers and callbacks of weak references. Inside a collection it does nothing and returns 0. Takes time in
/// proportion to the objects that the collector knows.
///
/// ```
/// use refcycle::{gc, managed, Gc};
///
/// #[managed]
/// struct Loop {
///     #[managed(mut)]
///     me: Option<Gc<Loop>>,
/// }
/// let x = Loop::new(None);
/// x.set_me(Some(x.clone()));
/// drop(x);
/// assert_eq!(gc::collect(), 1);
/// ```
pub fn collect() -> usize {
    collector::collect(Generation::Old)
}

/// Collects the generations up to `generation`, of 0, 1 and 2; survivors move to the next one. See [`collect`]. Takes time
/// in proportion to the objects of those generations.
///
/// # Panics
/// If `generation` is more than 2: "invalid generation", as in CPython.
///
/// ```
/// # use refcycle::{gc, managed, Gc};
/// # #[managed]
/// # struct Loop { #[managed(mut)] me: Option<Gc<Loop>> }
/// let x = Loop::new(None);
/// x.set_me(Some(x.clone()));
/// gc::collect_generation(0); // it survives, and is of generation 1 from now on
/// drop(x);
/// assert_eq!(gc::collect_generation(0), 0);
/// assert_eq!(gc::collect_generation(1), 1);
/// ```
pub fn collect_generation(generation: usize) -> usize {
    collector::collect(numbered(generation))
}

/// The generation of a number, as users count them.
fn numbered(generation: usize) -> Generation {
    match generation {
        0 => Generation::Young,
        1 => Generation::Middle,
        2 => Generation::Old,
        _ => panic!("invalid generation: {generation}; there are 0 (young), 1 (middle) and 2 (old)"),
    }
}

/// Lets collections start by themselves; so it is when a thread begins.
pub fn enable() {
    heap::with(|heap| heap.collector.pace.set_enabled(true));
}

/// Keeps collections from starting by themselves. Counting references and [`collect`] work as before.
///
/// ```
/// use refcycle::gc;
///
/// gc::disable();
/// assert!(!gc::is_enabled());
/// // … what must not be interrupted …
/// gc::enable();
/// ```
pub fn disable() {
    heap::with(|heap| {
        heap.collector.pace.set_enabled(false);
        collector::walk::cancel(heap);
    });
}

/// May collections start by themselves?
pub fn is_enabled() -> bool {
    heap::with(|heap| heap.collector.pace.enabled())
}

/// What collections of the three generations did since the thread began.
///
/// ```
/// use refcycle::gc;
///
/// let before = gc::get_stats()[2];
/// gc::collect();
/// let after = gc::get_stats()[2];
/// assert_eq!(after.collections - before.collections, 1);
/// println!("{} of {} objects freed in {:?}", after.collected, after.candidates, after.duration);
/// ```
pub fn get_stats() -> [GenerationStats; 3] {
    heap::with(|heap| heap.collector.stats.get())
}

/// The young objects, the collections of the young generation since one of the middle, and those of the middle since a
/// full one. Takes time in proportion to the young objects.
///
/// ```
/// # use refcycle::{gc, managed, Gc};
/// # #[managed]
/// # struct Node { #[managed(mut)] next: Option<Gc<Node>> }
/// gc::collect();
/// let node = Node::new(None);
/// assert_eq!(gc::get_count(), (1, 0, 0));
/// gc::collect_generation(0);
/// assert_eq!(gc::get_count(), (0, 1, 0));
/// # drop(node);
/// ```
pub fn get_count() -> (usize, usize, usize) {
    heap::with(|heap| {
        let [young, middle] = heap.collector.pace.counts();
        (generations::young_objects(heap), young, middle)
    })
}

/// The thresholds: 700, 10, 10 unless they were set.
pub fn get_threshold() -> (usize, usize, usize) {
    let [young, middle, old] = heap::with(|heap| heap.collector.pace.thresholds());
    (young, middle, old)
}

/// Fixes when collections start by themselves, with CPython's meaning: the young generation is collected when it has more
/// than `young` objects, the middle one after more than `middle` collections of the young one, the old one after more
/// than `old` of the middle one, if it has grown by a quarter. `young` 0 turns automatic collection off.
///
/// Before the first call the thresholds adapt to what collections find, which suits most programs better.
///
/// ```
/// use refcycle::gc;
///
/// gc::set_threshold(10_000, 5, 5);
/// assert_eq!(gc::get_threshold(), (10_000, 5, 5));
/// ```
pub fn set_threshold(young: usize, middle: usize, old: usize) {
    heap::with(|heap| {
        heap.collector.pace.set_thresholds([young, middle, old]);
        if young == 0 {
            collector::walk::cancel(heap);
        }
    });
}

/// The live objects that the collector knows, of one generation or of all; in no particular order.
///
/// Left out are those of a collection that is running, and those whose value was borrowed with [`Gc::get_mut`](crate::Gc::get_mut).
/// Takes time in proportion to the whole heap. [`inspect::objects`](crate::inspect::objects) gives those of one type.
///
/// # Panics
/// If the generation is more than 2.
///
/// ```
/// # use refcycle::{gc, managed, Gc};
/// # #[managed]
/// # struct Node { #[managed(mut)] next: Option<Gc<Node>> }
/// let node = Node::new(None);
/// let young = gc::get_objects(Some(0));
/// assert!(young.iter().any(|object| object.type_name() == "Node"));
/// # drop(node);
/// ```
pub fn get_objects(generation: Option<usize>) -> Vec<Object> {
    let wanted = generation.map(numbered);
    select(Which::MaybeTracked, |header| {
        // SAFETY: the walk passes live objects.
        let head = unsafe { header.as_ref() };
        let generation = head.generation();
        head.has(TRACKED) && generation <= Generation::Old && wanted.is_none_or(|wanted| wanted == generation)
    })
}

/// Counted references to the objects that `wanted` says yes to; it must not change anything.
fn select(which: Which, mut wanted: impl FnMut(NonNull<Header>) -> bool) -> Vec<Object> {
    let mut found = Vec::new();
    heap::with(|heap| {
        heap.for_each_object(which, |header| {
            // SAFETY: the walk passes objects with a value.
            found.extend(if wanted(header) { unsafe { Object::from_header(header) } } else { None });
        });
    });
    found
}

/// The objects that refer directly to `object`, each once, whether the collector knows them or not. Takes time in
/// proportion to the whole heap. [`inspect::referrers`](crate::inspect::referrers) gives them with the names of the fields.
///
/// ```
/// use refcycle::{gc, managed, Gc};
///
/// #[managed]
/// struct Owner { text: Gc<String> }
///
/// let text = Gc::new(String::from("owned"));
/// let owner = Owner::new(text.clone());
/// let referrers = gc::get_referrers(&text);
/// assert_eq!(referrers.len(), 1);
/// assert_eq!(referrers[0].type_name(), "Owner");
/// # drop(owner);
/// ```
pub fn get_referrers(object: &impl Reference) -> Vec<Object> {
    let target = header_at(object);
    select(Which::All, |header| {
        let mut refers = false;
        references_of(header, |reference| refers |= reference == target);
        refers
    })
}

/// The objects that `object` refers to directly, in the order of its fields, as often as it does.
/// [`inspect::referents`](crate::inspect::referents) gives them with the names of the fields.
///
/// ```
/// use refcycle::{gc, Gc};
///
/// let list = Gc::new(vec![Gc::new(1), Gc::new(2)]);
/// assert_eq!(gc::get_referents(&list).len(), 2);
/// ```
pub fn get_referents(object: &impl Reference) -> Vec<Object> {
    let mut found = Vec::new();
    references_of(header_at(object), |reference| {
        // SAFETY: a traced reference keeps its object alive.
        found.extend(unsafe { Object::from_header(reference) });
    });
    found
}

/// Calls `visit` with each reference of an object's value.
fn references_of(header: NonNull<Header>, mut visit: impl FnMut(NonNull<Header>)) {
    // SAFETY: callers pass live objects.
    if unsafe { header.as_ref() }.mark() == crate::header::Mark::Dead {
        return;
    }
    // SAFETY: as above; one that is marked dead, whose value may be gone, was left out.
    unsafe { Tracer::new(Task::Visit(&mut visit)).trace_object(header) };
}

/// Does the collector know the object? Not if its type can't be part of a cycle.
///
/// ```
/// use refcycle::{gc, Gc};
///
/// assert!(!gc::is_tracked(&Gc::new(5)));
/// ```
pub fn is_tracked(object: &impl Reference) -> bool {
    head_of(object).has(TRACKED)
}

/// Has the object's `__del__` been called? If so it has come back to life, or is dying.
///
/// ```
/// use refcycle::{gc, managed, Gc};
///
/// #[managed]
/// struct File {}
/// #[managed]
/// impl File {
///     fn __del__(this: &Gc<Self>) { assert!(gc::is_finalized(this)); }
/// }
/// assert!(!gc::is_finalized(&File::new()));
/// ```
pub fn is_finalized(object: &impl Reference) -> bool {
    head_of(object).has(FINALIZED)
}

/// Takes all objects that exist now out of the collector's sight: for what a program loads once and keeps. They still die
/// by count. Takes time in proportion to the objects that the collector knows.
///
/// ```
/// # use refcycle::{gc, managed, Gc};
/// # #[managed]
/// # struct Node { #[managed(mut)] next: Option<Gc<Node>> }
/// let node = Node::new(None);
/// gc::freeze();
/// assert_eq!(gc::get_freeze_count(), 1);
/// gc::unfreeze();
/// assert_eq!(gc::get_freeze_count(), 0);
/// # drop(node);
/// ```
pub fn freeze() {
    heap::with(generations::freeze);
}

/// Puts the objects that [`freeze`] took out of sight into the old generation.
pub fn unfreeze() {
    heap::with(generations::unfreeze);
}

/// The number of objects that are out of the collector's sight. Takes time in proportion to those that it knows.
pub fn get_freeze_count() -> usize {
    let mut count = 0;
    heap::with(|heap| {
        generations::for_each_tracked(heap, |_, generation| count += usize::from(generation == Generation::Permanent));
    });
    count
}

/// The number of references to an object as Python's `sys.getrefcount` counts them: its own argument is one of them.
///
/// ```
/// use refcycle::{gc, Gc};
///
/// let a = Gc::new(String::new());
/// assert_eq!(gc::getrefcount(&a), 2);
/// let b = a.clone();
/// assert_eq!(gc::getrefcount(&a), 3);
/// drop(b);
/// assert_eq!(gc::getrefcount(&a), 2);
/// ```
pub fn getrefcount(object: &impl Reference) -> usize {
    head_of(object).count() as usize + 1
}

/// What happens at the end of a Python program, for this thread:
///
/// 1. waits for the threads that scripts have started, and calls the functions that they have given to `atexit`, the last
///    one first;
/// 2. calls the functions that [`finalize`](crate::finalize()) promised to call at exit, newest first;
/// 3. takes back what is left of the promises, which said `at_exit(false)`;
/// 4. finalizes what only class attributes of scripts hold (they are unset after that), and ends all cyclic garbage:
///    collects until nothing is found, at most ten times, since a `__del__` may make new garbage.
///
/// A script that is a whole program does so by itself, after its last statement, with its global names. So does a thread
/// that ends; but what a thread-local variable owns may be dropped before or after that, depending on the order in which
/// thread-locals are destroyed: its objects still die by count, but cycles that become garbage then are not found. Call
/// `shutdown` at the end of `main` or of the thread's function, after emptying such variables, if their finalizers matter.
///
/// ```
/// use refcycle::{gc, managed, Gc};
///
/// #[managed]
/// struct Log {
///     #[managed(mut)]
///     this: Option<Gc<Log>>,
/// }
/// #[managed]
/// impl Log {
///     fn __del__(&self) { println!("log closed") }
/// }
///
/// fn main() {
///     let log = Log::new(None);
///     log.set_this(Some(log.clone()));
///     drop(log);
///     gc::shutdown(); // prints "log closed"
/// }
/// ```
pub fn shutdown() {
    crate::builtins::program::finish();
}
