//! Debugging flags, as CPython's `gc.set_debug` takes them; they print what CPython prints, in its words.

use core::cell::Cell;
use core::ops::{BitOr, BitOrAssign};
use core::ptr::NonNull;
use std::time::Duration;

use crate::collector::generations;
use crate::header::{Generation, Header, value_of};
use crate::heap::{self, Heap};
use crate::unraisable::print;

/// Flags for [`set_debug`], with CPython's values; `|` joins them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Debug(u32);

impl Debug {
    /// No flag.
    pub const NONE: Debug = Debug(0);
    /// Prints the generations to the standard error stream before each collection, and after it what it found.
    pub const STATS: Debug = Debug(1);
    /// Prints a line for each object that a collection found dead.
    pub const COLLECTABLE: Debug = Debug(2);
    /// Would print a line for each object that can't be collected; there are none.
    pub const UNCOLLECTABLE: Debug = Debug(4);
    /// Keeps what was found dead in [`gc::garbage`](super::garbage), finalized but intact, instead of freeing it.
    pub const SAVEALL: Debug = Debug(32);
    /// For finding leaks: the last three together.
    pub const LEAK: Debug = Debug(38);

    /// The flags as CPython's number.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The flags of a number.
    pub const fn from_bits(bits: u32) -> Self {
        Debug(bits)
    }

    /// Are all of these flags set?
    pub const fn contains(self, flags: Debug) -> bool {
        self.0 & flags.0 == flags.0
    }
}

impl BitOr for Debug {
    type Output = Debug;

    fn bitor(self, other: Debug) -> Debug {
        Debug(self.0 | other.0)
    }
}

impl BitOrAssign for Debug {
    fn bitor_assign(&mut self, other: Debug) {
        self.0 |= other.0;
    }
}

thread_local! {
    static FLAGS: Cell<Debug> = const { Cell::new(Debug::NONE) };
}

/// Sets this thread's debugging flags. What they print goes to the standard error stream, in CPython's words.
///
/// ```
/// use refcycle::gc::{self, Debug};
///
/// gc::set_debug(Debug::STATS | Debug::COLLECTABLE);
/// gc::collect();
/// // gc: collecting generation 2...
/// // gc: objects in each generation: 0 0 0
/// // gc: objects in permanent generation: 0
/// // gc: done, 0 unreachable, 0 uncollectable, 0.0000s elapsed
/// assert!(gc::get_debug().contains(Debug::STATS));
/// gc::set_debug(Debug::NONE);
/// ```
pub fn set_debug(flags: Debug) {
    FLAGS.set(flags);
    heap::with(|heap| heap.collector.set_save_all(flags.contains(Debug::SAVEALL)));
}

/// This thread's debugging flags.
pub fn get_debug() -> Debug {
    FLAGS.get()
}

/// Prints what [`Debug::COLLECTABLE`] asks for.
pub(crate) fn report_collectable(objects: &[NonNull<Header>]) {
    if get_debug().contains(Debug::COLLECTABLE) {
        for object in objects {
            // SAFETY: the collector passes objects that it has not freed.
            let name = (unsafe { object.as_ref() }.table().type_name)();
            print(format_args!("gc: collectable <{name} {:p}>", value_of(*object)));
        }
    }
}

/// Prints what [`Debug::STATS`] asks for before a collection.
pub(crate) fn report_start(heap: &Heap, oldest: Generation) {
    if get_debug().contains(Debug::STATS) {
        let mut counts = [0_usize; 4];
        generations::for_each_tracked(heap, |_, generation| counts[generation as usize] += 1);
        let [young, middle, old, permanent] = counts;
        print(format_args!("gc: collecting generation {}...", oldest as usize));
        print(format_args!("gc: objects in each generation: {young} {middle} {old}"));
        print(format_args!("gc: objects in permanent generation: {permanent}"));
    }
}

/// Prints what [`Debug::STATS`] asks for after a collection.
pub(crate) fn report_done(unreachable: usize, elapsed: Duration) {
    if get_debug().contains(Debug::STATS) {
        let seconds = elapsed.as_secs_f64();
        print(format_args!("gc: done, {unreachable} unreachable, 0 uncollectable, {seconds:.4}s elapsed"));
    }
}
