//! Objects with very many references are traced in parts, so that none of them is a long pause: parts of their collections.
//!
//! Their large collections make a row, in the order of tracing; a part is a piece of that row. What is not in a large
//! collection belongs to the first part, and so do trees, linked lists and the tables of the standard library, where it
//! takes time to find the place at which a part begins. If the object changes between two parts, some items may come twice or not at all.

use core::mem;

use super::{NOTHING_COUNTED, Task, Tracer};

/// Collections with more items are large.
const LARGE: usize = 1024;
/// Items of a part.
const ITEMS: usize = 512;

/// Which part of an object is traced.
pub(super) struct Part {
    /// Where the part begins in the row of large collections; `None` if everything is traced at once.
    first: Option<usize>,
    /// Items of the row that were passed or traced.
    passed: usize,
    is_last: bool,
    /// Is what is reported now outside the part?
    pub(super) is_elsewhere: bool,
}

impl Part {
    pub(super) const ALL: Self = Part { first: None, passed: 0, is_last: true, is_elsewhere: false };
}

impl<'a> Tracer<'a> {
    /// A tracer for the part of one object that begins there; the first one begins at 0.
    pub(crate) fn of_part(task: Task<'a>, first: usize) -> Self {
        let is_elsewhere = first > 0;
        let counted = if is_elsewhere { NOTHING_COUNTED } else { task.counted() };
        Tracer { task, counted, part: Part { first: Some(first), is_elsewhere, ..Part::ALL } }
    }

    /// Where the next part begins, if there is one.
    pub(crate) fn next_part(&self) -> Option<usize> {
        if self.part.is_last { None } else { Some(self.part.first? + ITEMS) }
    }

    /// Reports the items of a collection whose iterator skips any number of them at once, as far as they are in the part.
    #[inline]
    pub(crate) fn items<I>(&mut self, items: I, mut report: impl FnMut(I::Item, &mut Self))
    where
        I: ExactSizeIterator,
    {
        match self.part.first {
            Some(first) if items.len() > LARGE => self.part_of_items(first, items, report),
            _ => items.for_each(|item| report(item, self)),
        }
    }

    /// Reports the items of another collection, which are in the first part.
    #[inline]
    pub(super) fn each<I: Iterator>(&mut self, items: I, mut report: impl FnMut(I::Item, &mut Self)) {
        if !self.part.is_elsewhere {
            items.for_each(|item| report(item, self));
        }
    }

    #[cold]
    fn part_of_items<I>(&mut self, first: usize, items: I, mut report: impl FnMut(I::Item, &mut Self))
    where
        I: ExactSizeIterator,
    {
        let (begin, len) = (self.part.passed, items.len());
        self.part.passed += len;
        let skipped = first.saturating_sub(begin).min(len);
        let end = (first + ITEMS).saturating_sub(begin).min(len);
        self.part.is_last &= end == len;
        // Large collections within the items are traced at once.
        let part = mem::replace(&mut self.part, Part::ALL);
        let counted = mem::replace(&mut self.counted, self.task.counted());
        items.skip(skipped).take(end - skipped).for_each(|item| report(item, self));
        self.part = part;
        self.counted = counted;
    }
}

#[cfg(test)]
mod tests {
    use core::ptr::NonNull;
    use std::collections::{HashMap, VecDeque};

    use super::*;
    use crate::header::Header;
    use crate::pointer::Gc;
    use crate::trace::Trace;

    /// The references of a value, part by part.
    fn in_parts(value: &impl Trace) -> Vec<Vec<NonNull<Header>>> {
        let mut parts = Vec::new();
        let mut next = Some(0);
        while let Some(first) = next {
            let mut found = Vec::new();
            let mut visit = |target| found.push(target);
            let mut tracer = Tracer::of_part(Task::Visit(&mut visit), first);
            value.trace(&mut tracer);
            next = tracer.next_part();
            parts.push(found);
        }
        parts
    }

    #[test]
    fn each_reference_is_in_one_part() {
        let things: Vec<_> = (0..5_000).map(Gc::new).collect();
        let all: Vec<_> = things.iter().map(Gc::header).collect();
        let small = things[..3].to_vec();
        let large = things[3..2_500].to_vec();
        let wide: VecDeque<_> = things[2_500..].iter().cloned().collect();
        let value = (small, large, wide);
        let parts = in_parts(&value);
        assert_eq!(parts.concat(), all);
        assert_eq!(parts.len(), (5_000 - 3_usize).div_ceil(ITEMS));
        assert!(parts.iter().all(|part| part.len() <= ITEMS + 3));
    }

    #[test]
    fn a_value_without_large_collections_has_one_part() {
        let value = vec![vec![Gc::new(1); 1_000]; 10];
        assert_eq!(in_parts(&value).iter().map(Vec::len).collect::<Vec<_>>(), [10_000]);
    }

    #[test]
    fn large_collections_in_large_collections_come_whole() {
        let rows: Vec<_> = (0..1_500).map(|row| vec![Gc::new(row); 2]).collect();
        let parts = in_parts(&rows);
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [1_024, 1_024, 952]);
    }

    #[test]
    fn collections_that_must_be_searched_for_their_middle_come_whole() {
        let table: HashMap<_, _> = (0..1_500).map(|row| (row, Gc::new(row))).collect();
        assert_eq!(in_parts(&table).iter().map(Vec::len).collect::<Vec<_>>(), [1_500]);
    }
}
