//! The two words in front of every object.
//!
//! A [`Header`] lies directly before its value: count, state and type table. Objects that need more (slices their
//! length, types with `__del__` their creation ordinal, large objects their place in the heap's lists) have a [`Prefix`]
//! before the header.
//!
//! Invariants:
//! - `count` is 0 exactly while no reference exists: the slot is free, the object is being built, or it is dying.
//! - An object whose count has overflown is [`IMMORTAL`]: it never dies, whatever its count.
//! - While [`HAS_WEAK`] is set the table word points to the object's weak entry, which keeps the table.

use core::alloc::Layout;
use core::any::TypeId;
use core::cell::Cell;
use core::ptr::NonNull;

use crate::pointer::Object;
use crate::trace::Tracer;
use crate::weak::WeakEntry;

/// Set when a reference was dropped while others remained; no cycle becomes garbage without it. Becomes [`SUSPECT`] when
/// the object gets older, so that the next such drop is noted too.
pub(crate) const DECREMENTED: u32 = 1 << 0;
/// `__del__` has been called, or its call has begun.
pub(crate) const FINALIZED: u32 = 1 << 1;
/// The type has a `__del__`.
pub(crate) const HAS_FINALIZER: u32 = 1 << 2;
/// A weak entry exists, and the table word points to it.
pub(crate) const HAS_WEAK: u32 = 1 << 3;
/// Allocated on its own, not in a block.
pub(crate) const LARGE: u32 = 1 << 4;
/// The collector knows the object.
pub(crate) const TRACKED: u32 = 1 << 5;
/// The slot stands in the young list; survives the object.
pub(crate) const LISTED_YOUNG: u32 = 1 << 6;
/// The slot stands in the middle list; survives the object.
pub(crate) const LISTED_MIDDLE: u32 = 1 << 7;
/// An object with any of these, or with a mark, takes more to end than to free its slot.
pub(crate) const ENDS_SLOWLY: u32 = HAS_DROP | HAS_FINALIZER | HAS_WEAK | LARGE | IMMORTAL | MARK_MASK;
/// An object with any of these, or with a mark, takes more to end than to drop its value and free its slot.
pub(crate) const ENDS_WITH_USER_CODE: u32 = DROPS_LOUDLY | HAS_FINALIZER | HAS_WEAK | MARK_MASK;
/// What a slot keeps when its object dies.
pub(crate) const SLOT_BITS: u32 = LISTED_YOUNG | LISTED_MIDDLE;

/// `get_mut` gave out `&mut` to the value, and no traced reference to the object has been seen since. While the borrow
/// lasts the object has one reference, which is itself borrowed and so can't be traced; hence as long as none is traced
/// the value must not be looked at, and need not be: the object is alive, and so is what it refers to.
pub(crate) const BORROWED: u32 = 1 << 8;

/// The value needs to be dropped. Here and not in the type of a `Gc`, which may be that of the value's first part.
pub(crate) const HAS_DROP: u32 = 1 << 9;

/// Dropping the value may run code of the user's, and so panic.
pub(crate) const DROPS_LOUDLY: u32 = 1 << 10;

/// The count has overflown, so nobody knows how many references there are: the object never dies.
pub(crate) const IMMORTAL: u32 = 1 << 11;

/// The object has died, but its end waits. It may come back to life meanwhile.
pub(crate) const WAITING: u32 = 1 << 12;
/// [`DECREMENTED`] was set when the object was in a younger generation, and nothing has proved it alive since.
pub(crate) const SUSPECT: u32 = 1 << 13;

const GENERATION_SHIFT: u32 = 14;
const GENERATION_MASK: u32 = 3 << GENERATION_SHIFT;
const MARK_SHIFT: u32 = 16;
const MARK_MASK: u32 = 3 << MARK_SHIFT;
/// The counter holds an index into the collector's list of large counters.
const COUNTER_SPILLED: u32 = 1 << 18;
const COUNTER_SHIFT: u32 = 19;
const COUNTER_MASK: u32 = !0 << COUNTER_SHIFT;
/// The largest value that the counter in the state word holds.
pub(crate) const COUNTER_MAX: u32 = COUNTER_MASK >> COUNTER_SHIFT;

/// Where the count of an immortal object rests: as far from zero as from overflow.
const FAR_FROM_ZERO: u32 = 1 << 31;

/// An object's generation, oldest last; [`Generation::Permanent`] holds what `gc::freeze` took out of sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Generation {
    Young = 0,
    Middle = 1,
    Old = 2,
    Permanent = 3,
}

/// What the running collection, or the walk over the old objects, thinks of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Not in question: not looked at, or known to be alive.
    None = 0,
    /// In the set whose inner references the running collection counts.
    Candidate = 1,
    /// In the set whose inner references the walk over the old objects counts. Means nothing without a walk.
    Member = 2,
    /// Found dead; kept until the end of the collection.
    Dead = 3,
}

impl Mark {
    /// What [`Header::count_if_plain`] is to look for.
    pub(crate) const fn pattern(self) -> u32 {
        (self as u32) << MARK_SHIFT
    }
}

/// What makes an object a value of a language on top.
pub type AsValue = fn(Object) -> Box<dyn core::any::Any>;

/// What the runtime needs to know of a type, one constant per type.
pub(crate) struct TypeTable {
    /// Drops the value in place; `None` where dropping does nothing.
    pub(crate) drop_value: Option<unsafe fn(NonNull<Header>)>,
    /// Reports the value's references.
    pub(crate) trace: unsafe fn(NonNull<Header>, &mut Tracer<'_>),
    /// Reports the value's references with their names, and weak ones.
    pub(crate) trace_named: unsafe fn(NonNull<Header>, &mut Tracer<'_>),
    /// Calls `__del__`; does nothing for types without one.
    pub(crate) finalize: unsafe fn(NonNull<Header>),
    /// `Trace::type_name`
    pub(crate) type_name: fn() -> &'static str,
    /// The name that Rust gives the type, with its path.
    pub(crate) type_path: fn() -> &'static str,
    pub(crate) type_id: fn() -> TypeId,
    /// `Trace::as_value`
    pub(crate) as_value: fn() -> Option<AsValue>,
    /// Must the value stay in its object: `Trace::holds_itself`, or made by `Gc::pin`?
    pub(crate) must_stay: fn() -> bool,
    /// Layout of the value, or of one element of a slice.
    pub(crate) layout: Layout,
    /// Is `layout` that of an element, and the prefix's `extra` the length?
    pub(crate) is_slice: bool,
}

/// The words in front of a value. See the module's head.
#[repr(C, align(16))]
pub struct Header {
    count: Cell<u32>,
    state: Cell<u32>,
    /// `*const TypeTable`, `*const WeakEntry` (with [`HAS_WEAK`]), or a free slot's successor.
    word: Cell<*const ()>,
}

const _: () = assert!(size_of::<Header>() == 16);

/// The words in front of some headers.
#[repr(C, align(16))]
pub(crate) struct Prefix {
    /// A large object's index in the heap's list of large objects.
    pub(crate) index: Cell<u32>,
    /// A large object's index in the list of its generation.
    pub(crate) position: Cell<u32>,
    /// A slice's length, or the creation ordinal of an object whose type has a `__del__`.
    pub(crate) extra: Cell<usize>,
}

impl Prefix {
    pub(crate) const fn empty() -> Prefix {
        Prefix { index: Cell::new(0), position: Cell::new(0), extra: Cell::new(0) }
    }
}

impl Header {
    /// The header of a free slot, and of the one that was freed before it.
    #[inline]
    pub(crate) const fn free(next: *mut Header) -> Header {
        Header { count: Cell::new(0), state: Cell::new(0), word: Cell::new(next.cast_const().cast()) }
    }

    #[inline]
    pub(crate) fn count(&self) -> u32 {
        self.count.get()
    }

    #[inline]
    pub(crate) fn set_count(&self, count: u32) {
        self.count.set(count);
    }

    /// One more reference.
    #[inline]
    pub(crate) fn increment(&self) {
        let count = self.count.get().wrapping_add(1);
        self.count.set(count);
        if count == 0 {
            self.make_immortal();
        }
    }

    /// Makes an object immortal, or keeps the count of one that is away from zero. Never inlined, so that counting stays
    /// one instruction on memory.
    #[cold]
    #[inline(never)]
    pub(crate) fn make_immortal(&self) {
        self.insert(IMMORTAL);
        self.count.set(FAR_FROM_ZERO);
    }

    pub(crate) fn is_immortal(&self) -> bool {
        self.has(IMMORTAL)
    }

    /// Is there one reference, and no weak one that could become another?
    pub(crate) fn is_unique(&self) -> bool {
        self.count.get() == 1 && !self.has(IMMORTAL | HAS_WEAK)
    }

    /// Must the value be neither moved out of the object nor lent mutably?
    pub(crate) fn must_stay(&self) -> bool {
        (self.table().must_stay)()
    }

    /// Does the slot hold an object that somebody may refer to?
    #[inline]
    pub(crate) fn is_alive(&self) -> bool {
        self.count.get() != 0
    }

    #[inline]
    pub(crate) fn state(&self) -> u32 {
        self.state.get()
    }

    #[inline]
    pub(crate) fn set_state(&self, state: u32) {
        self.state.set(state);
    }

    #[inline]
    pub(crate) fn has(&self, bits: u32) -> bool {
        self.state.get() & bits != 0
    }

    #[inline]
    pub(crate) fn insert(&self, bits: u32) {
        self.state.set(self.state.get() | bits);
    }

    #[inline]
    pub(crate) fn remove(&self, bits: u32) {
        self.state.set(self.state.get() & !bits);
    }

    /// `get_mut` gives out `&mut` to the value. The object is alive now, so that it lost references before says nothing
    /// any more; and when it loses one while others remain, that is noted again and ends [`BORROWED`].
    pub(crate) fn begin_borrow(&self) {
        self.state.set(self.state.get() & !(DECREMENTED | SUSPECT) | BORROWED);
    }

    /// The object may have become garbage of a kind that a lost reference was not noted for. Noted as if it had lost one
    /// now, and before.
    pub(crate) fn make_suspect(&self) {
        if !self.has(BORROWED) {
            self.insert(SUSPECT | DECREMENTED);
        }
    }

    /// What the object lost before is news.
    pub(crate) fn renew(&self) {
        if self.has(SUSPECT) {
            self.state.set(self.state.get() & !SUSPECT | DECREMENTED);
        }
    }

    /// The object gets older: what it loses from now on is noted again.
    #[inline]
    pub(crate) fn rearm(&self) {
        if self.has(DECREMENTED) {
            self.state.set(self.state.get() & !DECREMENTED | SUSPECT);
        }
    }

    #[inline]
    pub(crate) fn generation(&self) -> Generation {
        match (self.state.get() & GENERATION_MASK) >> GENERATION_SHIFT {
            0 => Generation::Young,
            1 => Generation::Middle,
            2 => Generation::Old,
            _ => Generation::Permanent,
        }
    }

    #[inline]
    pub(crate) fn set_generation(&self, generation: Generation) {
        let rest = self.state.get() & !GENERATION_MASK;
        self.state.set(rest | (generation as u32) << GENERATION_SHIFT);
    }

    #[inline]
    pub(crate) fn mark(&self) -> Mark {
        match (self.state.get() & MARK_MASK) >> MARK_SHIFT {
            0 => Mark::None,
            1 => Mark::Candidate,
            2 => Mark::Member,
            _ => Mark::Dead,
        }
    }

    /// Sets the mark and clears the counter.
    #[inline]
    pub(crate) fn set_mark(&self, mark: Mark) {
        let rest = self.state.get() & !(MARK_MASK | COUNTER_SPILLED | COUNTER_MASK);
        self.state.set(rest | (mark as u32) << MARK_SHIFT);
    }

    /// Counts one reference to an object with the mark of this pattern whose counter has room in the state word, unless
    /// it is [`BORROWED`]; does nothing and returns false for any other object.
    #[inline]
    pub(crate) fn count_if_plain(&self, pattern: u32) -> bool {
        const TOP: u32 = 1 << 31;
        let state = self.state.get();
        let is_plain = state & (MARK_MASK | BORROWED | COUNTER_SPILLED | TOP) == pattern;
        if is_plain {
            self.state.set(state + (1 << COUNTER_SHIFT));
        }
        is_plain
    }

    /// The counter in the state word, or `Err(index)` into the collector's list of large counters.
    #[inline]
    pub(crate) fn counter(&self) -> Result<u32, usize> {
        let state = self.state.get();
        let value = state >> COUNTER_SHIFT;
        if state & COUNTER_SPILLED == 0 { Ok(value) } else { Err(value as usize) }
    }

    #[inline]
    pub(crate) fn set_counter(&self, value: u32) {
        debug_assert!(value <= COUNTER_MAX);
        let rest = self.state.get() & !(COUNTER_SPILLED | COUNTER_MASK);
        self.state.set(rest | value << COUNTER_SHIFT);
    }

    /// Does the counter in the state word say that all references were counted? Those of the queue of deaths never are.
    #[inline]
    pub(crate) fn is_all_counted(&self) -> bool {
        let state = self.state.get();
        state & (IMMORTAL | WAITING | COUNTER_SPILLED) == 0 && state >> COUNTER_SHIFT == self.count.get()
    }

    pub(crate) fn spill_counter(&self, index: u32) {
        self.set_counter(index);
        self.insert(COUNTER_SPILLED);
    }

    /// The type's table.
    #[inline]
    pub(crate) fn table(&self) -> &'static TypeTable {
        let word = self.word.get();
        if self.has(HAS_WEAK) {
            // SAFETY: with HAS_WEAK the word points to a live entry (invariant of the module), freed only after
            // `restore_table` took it out of the header.
            return unsafe { (*word.cast::<WeakEntry>()).table() };
        }
        debug_assert!(!word.is_null());
        // SAFETY: without HAS_WEAK an object's word was set from a `&'static TypeTable` by `set_table`.
        unsafe { &*word.cast::<TypeTable>() }
    }

    #[inline]
    pub(crate) fn set_table(&self, table: &'static TypeTable) {
        self.word.set(core::ptr::from_ref(table).cast());
    }

    /// The weak entry, if the object has one.
    #[inline]
    pub(crate) fn weak_entry(&self) -> Option<NonNull<WeakEntry>> {
        if self.has(HAS_WEAK) { NonNull::new(self.word.get().cast_mut().cast()) } else { None }
    }

    pub(crate) fn set_weak_entry(&self, entry: NonNull<WeakEntry>) {
        self.word.set(entry.as_ptr().cast_const().cast());
        self.insert(HAS_WEAK);
    }

    /// Takes the weak entry out of the header.
    pub(crate) fn restore_table(&self, table: &'static TypeTable) {
        self.remove(HAS_WEAK);
        self.set_table(table);
    }

    /// A free slot's successor on its block's free list.
    #[inline]
    pub(crate) fn next_free(&self) -> *mut Header {
        self.word.get().cast_mut().cast()
    }

    #[inline]
    pub(crate) fn set_next_free(&self, next: *mut Header) {
        self.word.set(next.cast_const().cast());
    }
}

/// The value behind a header.
#[inline]
pub(crate) fn value_of(header: NonNull<Header>) -> NonNull<u8> {
    // SAFETY: a value, possibly of size zero, follows every header within the same allocation; one past the header
    // is therefore in bounds or one past the end.
    unsafe { header.add(1).cast() }
}

/// The header before a value.
///
/// # Safety
/// `value` must be the address of a value that the heap placed.
#[inline]
pub(crate) unsafe fn header_of<T: ?Sized>(value: NonNull<T>) -> NonNull<Header> {
    // SAFETY: the heap places a header directly before each value, in one allocation (the caller's promise).
    unsafe { value.cast::<Header>().sub(1) }
}

/// The prefix before a header.
///
/// # Safety
/// The object must have been allocated with a prefix, and be alive as long as the result is used.
#[inline]
pub(crate) unsafe fn prefix_of<'a>(header: NonNull<Header>) -> &'a Prefix {
    // SAFETY: the prefix lies directly before the header, in the same allocation, and is only ever accessed
    // through shared references to its cells.
    unsafe { header.cast::<Prefix>().sub(1).as_ref() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(count: u32) -> Header {
        Header { count: Cell::new(count), state: Cell::new(DECREMENTED), word: Cell::new(core::ptr::null()) }
    }

    #[test]
    fn a_count_that_overflows_makes_the_object_immortal() {
        let header = header(u32::MAX);
        header.increment();
        assert!(header.is_immortal());
        assert_eq!(header.count(), FAR_FROM_ZERO);
        assert!(!header.is_unique());
    }

    #[test]
    fn the_parts_of_the_state_word_do_not_overlap() {
        let header = header(1);
        header.set_generation(Generation::Permanent);
        header.set_mark(Mark::Member);
        header.set_counter(COUNTER_MAX);
        header.insert(SLOT_BITS | FINALIZED);
        assert_eq!(header.generation(), Generation::Permanent);
        assert_eq!(header.mark(), Mark::Member);
        assert_eq!(header.counter(), Ok(COUNTER_MAX));
        header.set_counter(0);
        header.set_mark(Mark::None);
        header.set_generation(Generation::Young);
        assert_eq!(header.state(), DECREMENTED | SLOT_BITS | FINALIZED);
    }

    #[test]
    fn a_spilled_counter_is_an_index() {
        let header = header(1);
        header.spill_counter(7);
        assert_eq!(header.counter(), Err(7));
    }
}
