//! What objects carry: a plain number, or nothing, where time counts; a [`Tally`] where leaks do.

use std::cell::Cell;

thread_local! {
    static MADE: Cell<u64> = const { Cell::new(0) };
    static DROPPED: Cell<u64> = const { Cell::new(0) };
    static MOST: Cell<u64> = const { Cell::new(0) };
}

/// Counted while it lives.
pub struct Tally(());

/// What stands in an object beside its links.
pub trait Payload {
    fn of(number: u64) -> Self;
}

impl Payload for u64 {
    #[inline]
    fn of(number: u64) -> Self {
        number
    }
}

impl Payload for () {
    #[inline]
    fn of(_: u64) -> Self {}
}

impl Payload for Tally {
    fn of(_: u64) -> Self {
        MADE.set(MADE.get() + 1);
        MOST.set(MOST.get().max(MADE.get() - DROPPED.get()));
        Tally(())
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        DROPPED.set(DROPPED.get() + 1);
    }
}

/// How many objects were made, how many of them dropped, and how many lived at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub made: u64,
    pub dropped: u64,
    pub most: u64,
}

pub fn count() -> Count {
    Count { made: MADE.get(), dropped: DROPPED.get(), most: MOST.get() }
}

// SAFETY: it owns no pointer.
unsafe impl refcycle::Trace for Tally {
    fn trace(&self, _: &mut refcycle::Tracer<'_>) {}

    fn acyclic() -> bool {
        true
    }
}

// SAFETY: it owns no pointer.
unsafe impl<V: dumpster::Visitor> dumpster::TraceWith<V> for Tally {
    fn accept(&self, _: &mut V) -> Result<(), ()> {
        Ok(())
    }
}

// SAFETY: it owns no pointer.
unsafe impl rust_cc::Trace for Tally {
    fn trace(&self, _: &mut rust_cc::Context<'_>) {}
}

impl rust_cc::Finalize for Tally {}

impl gc::Finalize for Tally {}

// SAFETY: it owns no pointer.
unsafe impl gc::Trace for Tally {
    gc::unsafe_empty_trace!();
}

// SAFETY: it owns no pointer.
unsafe impl<'gc> gc_arena::Collect<'gc> for Tally {
    const NEEDS_TRACE: bool = false;
}

impl bacon_rajan_cc::Trace for Tally {
    fn trace(&self, _: &mut bacon_rajan_cc::Tracer) {}
}

impl jrsonnet_gcmodule::Trace for Tally {
    fn is_type_tracked() -> bool {
        false
    }
}

impl boa_gc::Finalize for Tally {}

// SAFETY: it owns no pointer.
unsafe impl boa_gc::Trace for Tally {
    boa_gc::empty_trace!();
}
