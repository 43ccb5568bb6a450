//! Indices and slices of sequences.

use super::exceptions::{INDEX_ERROR, VALUE_ERROR};
use super::protocol::{Equal, Show};
use super::{Exception, Result};
use crate::trace::{Trace, Tracer};

/// `start:stop:step` between brackets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    /// The first index, negative ones counted from the end.
    pub start: Option<i64>,
    /// The index before which the slice ends.
    pub stop: Option<i64>,
    /// The distance of two items, 1 if it isn't given.
    pub step: Option<i64>,
}

impl Slice {
    /// `start:stop:step`
    pub const fn new(start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Slice {
        Slice { start, stop, step }
    }

    /// What the slice selects of a sequence of `len` items.
    #[inline]
    pub(crate) fn select(&self, len: usize) -> Result<Selection> {
        match self.step {
            None | Some(1) => {
                let clamp = |index: i64| if index < 0 { (index + len as i64).max(0) } else { index.min(len as i64) };
                let start = self.start.map_or(0, clamp);
                let stop = self.stop.map_or(len as i64, clamp);
                Ok(Selection { start, step: 1, count: (stop - start).max(0) as usize })
            }
            Some(0) => Err(Exception::new(&VALUE_ERROR, "slice step cannot be zero")),
            Some(step) => Ok(self.select_by_step(len as i64, step)),
        }
    }

    fn select_by_step(&self, len: i64, step: i64) -> Selection {
        let (lowest, highest) = if step < 0 { (-1, len - 1) } else { (0, len) };
        let clamp = |index: i64| {
            let index = if index < 0 { index + len } else { index };
            index.clamp(lowest, highest)
        };
        let (first, end) = if step < 0 { (highest, lowest) } else { (lowest, highest) };
        let start = self.start.map_or(first, clamp);
        let stop = self.stop.map_or(end, clamp);
        let distance = if step < 0 { start - stop } else { stop - start };
        let count = if distance <= 0 { 0 } else { (distance - 1) as u64 / step.unsigned_abs() + 1 };
        Selection { start, step, count: count as usize }
    }
}

// SAFETY: three numbers own nothing.
unsafe impl Trace for Slice {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn acyclic() -> bool {
        true
    }
}

impl Show for Slice {
    fn type_name(&self) -> &'static str {
        "slice"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        let parts =
            [self.start, self.stop, self.step].map(|part| part.map_or("None".to_owned(), |part| part.to_string()));
        out.push_str(&format!("slice({})", parts.join(", ")));
        Ok(())
    }
}

impl Equal for Slice {
    fn eq(&self, other: &Slice) -> Result<bool> {
        Ok(self == other)
    }
}

/// A slice applied to a length: `count` indices from `start`, `step` apart, all of them valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    pub start: i64,
    pub step: i64,
    pub count: usize,
}

impl Selection {
    /// The indices, in the slice's order.
    pub fn indices(self) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator {
        (0..self.count).map(move |i| (self.start + i as i64 * self.step) as usize)
    }

    /// The indices as a range, if they are one.
    pub fn range(self) -> Option<core::ops::Range<usize>> {
        (self.step == 1).then(|| self.start as usize..self.start as usize + self.count)
    }

    /// The indices from the lowest to the highest.
    pub fn ascending(self) -> Selection {
        if self.step > 0 {
            return self;
        }
        if self.count <= 1 {
            return Selection { step: 1, ..self };
        }
        let last = self.start + (self.count as i64 - 1) * self.step;
        Selection { start: last, step: -self.step, count: self.count }
    }
}

/// The place of `index` in a sequence of `len` items, if it has one.
#[inline]
pub(crate) fn place(index: i64, len: usize) -> Option<usize> {
    let index = if index < 0 { index.wrapping_add(len as i64) as usize } else { index as usize };
    (index < len).then_some(index)
}

#[cold]
#[inline(never)]
pub(crate) fn out_of_range(message: &'static str) -> Exception {
    Exception::new(&INDEX_ERROR, message)
}

/// The range between two optional indices, as `find`, `index` and `startswith` take it; None if it is reversed.
pub(crate) fn bounds(start: Option<i64>, end: Option<i64>, len: usize) -> Option<core::ops::Range<usize>> {
    let len = len as i64;
    let from_end = |index: i64| {
        if index < 0 { (index + len).max(0) } else { index }
    };
    let start = from_end(start.unwrap_or(0));
    let end = from_end(end.unwrap_or(len)).min(len);
    (start <= end).then_some(start as usize..end as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(start: Option<i64>, stop: Option<i64>, step: Option<i64>, len: usize) -> Vec<usize> {
        Slice::new(start, stop, step).select(len).unwrap().indices().collect()
    }

    #[test]
    fn bounds_are_clamped_not_checked() {
        assert_eq!(selected(None, None, None, 3), [0, 1, 2]);
        assert_eq!(selected(Some(-2), None, None, 3), [1, 2]);
        assert_eq!(selected(Some(-99), Some(99), None, 3), [0, 1, 2]);
        assert_eq!(selected(Some(2), Some(1), None, 3), [0; 0]);
        assert_eq!(selected(Some(i64::MIN), Some(i64::MAX), Some(i64::MAX), 3), [0]);
    }

    #[test]
    fn steps_may_run_backwards() {
        assert_eq!(selected(None, None, Some(2), 5), [0, 2, 4]);
        assert_eq!(selected(None, None, Some(-1), 3), [2, 1, 0]);
        assert_eq!(selected(Some(3), Some(0), Some(-2), 5), [3, 1]);
        assert_eq!(selected(Some(99), None, Some(-2), 4), [3, 1]);
        assert_eq!(selected(None, None, Some(-1), 0), [0; 0]);
        assert_eq!(selected(None, None, Some(i64::MIN), 3), [2]);
        assert!(Slice::new(None, None, Some(0)).select(3).is_err());
    }

    #[test]
    fn a_selection_can_be_turned_round() {
        let backwards = Slice::new(None, None, Some(-2)).select(6).unwrap();
        assert_eq!(backwards.indices().collect::<Vec<_>>(), [5, 3, 1]);
        assert_eq!(backwards.ascending().indices().collect::<Vec<_>>(), [1, 3, 5]);
    }

    #[test]
    fn indices_count_from_either_end() {
        assert_eq!(
            [0, 2, 3, -1, -3, -4, i64::MIN, i64::MAX].map(|i| place(i, 3)),
            [Some(0), Some(2), None, Some(2), Some(0), None, None, None]
        );
    }

    #[test]
    fn search_bounds_may_be_reversed_or_beyond_the_end() {
        assert_eq!(bounds(None, None, 3), Some(0..3));
        assert_eq!(bounds(Some(-2), Some(-1), 3), Some(1..2));
        assert_eq!(bounds(Some(3), None, 3), Some(3..3));
        assert_eq!(bounds(Some(4), None, 3), None);
        assert_eq!(bounds(Some(2), Some(1), 3), None);
    }
}
