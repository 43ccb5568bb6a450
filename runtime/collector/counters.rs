//! Counters that don't fit into a header.

use core::ptr::NonNull;
use std::collections::BTreeMap;

use crate::header::{COUNTER_MAX, Header, IMMORTAL, WAITING};

/// What a header holds instead of the index if the counter is in the map.
const IN_MAP: usize = COUNTER_MAX as usize;

/// The counters of objects with more than [`COUNTER_MAX`] references from within the set. Headers hold the indices of the
/// first ones; there is no room in a header for those of the others.
#[derive(Default)]
pub(crate) struct LargeCounters {
    first: Vec<u64>,
    others: BTreeMap<NonNull<Header>, u64>,
}

impl LargeCounters {
    /// Counts one reference from within the set.
    #[inline]
    pub(super) fn count(&mut self, head: &Header) {
        match head.counter() {
            Ok(count) if count < COUNTER_MAX => head.set_counter(count + 1),
            Ok(count) => self.spill(head, u64::from(count) + 1),
            Err(IN_MAP) => *self.others.entry(NonNull::from(head)).or_default() += 1,
            Err(index) => self.first[index] += 1,
        }
    }

    #[cold]
    fn spill(&mut self, head: &Header, count: u64) {
        if self.first.len() < IN_MAP {
            head.spill_counter(self.first.len() as u32);
            self.first.push(count);
        } else {
            head.spill_counter(COUNTER_MAX);
            self.others.insert(NonNull::from(head), count);
        }
    }

    /// References from within the set.
    #[inline]
    pub(super) fn get(&self, head: &Header) -> u64 {
        match head.counter() {
            Ok(count) => u64::from(count),
            Err(IN_MAP) => self.others.get(&NonNull::from(head)).copied().unwrap_or_default(),
            Err(index) => self.first[index],
        }
    }

    /// Were all references counted? Those of the queue of deaths, which refers to what waits and may have come back to
    /// life, never are.
    #[inline]
    pub(super) fn are_all(&self, head: &Header) -> bool {
        head.is_all_counted() || (!head.has(IMMORTAL | WAITING) && self.get(head) == u64::from(head.count()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gc;

    #[test]
    fn any_number_of_objects_may_have_more_references_than_a_header_counts() {
        let objects: Vec<_> = (0..COUNTER_MAX + 1_000).map(Gc::new).collect();
        // SAFETY: the objects live as long as the test.
        let heads = || objects.iter().map(|object| unsafe { Gc::header(object).as_ref() });
        let mut counters = LargeCounters::default();
        for head in heads() {
            head.set_count(COUNTER_MAX + 2);
            head.set_counter(COUNTER_MAX);
            counters.count(head);
        }
        assert!(!heads().any(|head| counters.are_all(head)));
        heads().for_each(|head| counters.count(head));
        assert!(heads().all(|head| counters.are_all(head)));
        for head in heads() {
            head.set_counter(0);
            head.set_count(1);
        }
    }
}
