//! `range`

use crate::builtins::exceptions::VALUE_ERROR;
use crate::builtins::protocol::{
    Contains, Equal, GetItem, Hashed, Identity, Iterate, Len, Peek, Reversible, ScriptIterator, Show, Truth,
    hash_sequence,
};
use crate::builtins::slice::{Slice, out_of_range, place};
use crate::builtins::{Exception, Result};
use crate::trace::{Trace, Tracer};

/// Python's `range`: a value that counts from `start` to before `stop`.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    start: i64,
    stop: i64,
    step: i64,
}

impl Range {
    /// `range(stop)`
    #[inline]
    pub const fn to(stop: i64) -> Range {
        Range { start: 0, stop, step: 1 }
    }

    /// `range(start, stop)`
    #[inline]
    pub const fn new(start: i64, stop: i64) -> Range {
        Range { start, stop, step: 1 }
    }

    /// `range(start, stop, step)`
    #[inline]
    pub fn stepped(start: i64, stop: i64, step: i64) -> Result<Range> {
        if step == 0 {
            return Err(zero_step());
        }
        Ok(Range { start, stop, step })
    }

    /// How many numbers it has: up to 2**64 - 1.
    #[inline]
    fn count(self) -> u64 {
        let (low, high) = if self.step > 0 { (self.start, self.stop) } else { (self.stop, self.start) };
        if low >= high { 0 } else { (high.wrapping_sub(low) as u64 - 1) / self.step.unsigned_abs() + 1 }
    }

    /// The number at a place that it has.
    fn at(self, place: u64) -> i64 {
        self.start.wrapping_add((place as i64).wrapping_mul(self.step))
    }
}

#[cold]
fn zero_step() -> Exception {
    Exception::new(&VALUE_ERROR, "range() arg 3 must not be zero")
}

/// An iterator over a range.
#[derive(Clone, Copy, Debug)]
pub struct RangeIter {
    next: i64,
    left: u64,
    step: i64,
}

impl ScriptIterator for RangeIter {
    type Item = i64;
    const CLASS: &'static str = "range_iterator";

    #[inline]
    fn next(&mut self) -> Result<Option<i64>> {
        if self.left == 0 {
            return Ok(None);
        }
        let number = self.next;
        self.left -= 1;
        // Wraps only beyond the last number.
        self.next = number.wrapping_add(self.step);
        Ok(Some(number))
    }
}

impl Iterate for Range {
    type Item = i64;
    type Iter = RangeIter;

    #[inline]
    fn iter(&self) -> Result<RangeIter> {
        Ok(RangeIter { next: self.start, left: self.count(), step: self.step })
    }

    fn size_hint(&self) -> usize {
        self.count().min(1 << 20) as usize
    }
}

impl Reversible for Range {
    type Item = i64;
    type Reversed = RangeIter;

    fn reversed(&self) -> Result<RangeIter> {
        let left = self.count();
        Ok(RangeIter { next: self.at(left.wrapping_sub(1)), left, step: self.step.wrapping_neg() })
    }
}

impl Len for Range {
    fn len(&self) -> Result<i64> {
        i64::try_from(self.count()).map_err(|_| crate::builtins::number::int::overflow())
    }
}

impl Truth for Range {
    fn truth(&self) -> Result<bool> {
        Ok(self.count() != 0)
    }
}

impl Contains<i64> for Range {
    fn contains(&self, number: &i64) -> Result<bool> {
        let (low, high) = if self.step > 0 { (self.start, *number) } else { (*number, self.start) };
        let inside = if self.step > 0 { *number < self.stop } else { *number > self.stop };
        Ok(inside && low <= high && (high.wrapping_sub(low) as u64).is_multiple_of(self.step.unsigned_abs()))
    }
}

impl GetItem<i64> for Range {
    type Output = i64;

    fn getitem(&self, index: &i64) -> Result<i64> {
        self.peek(index).ok_or_else(|| out_of_range("range object index out of range"))
    }
}

impl Peek<i64> for Range {
    fn peek(&self, index: &i64) -> Option<i64> {
        let len = usize::try_from(self.count()).unwrap_or(usize::MAX);
        place(*index, len).map(|place| self.at(place as u64))
    }
}

impl GetItem<Slice> for Range {
    type Output = Range;

    fn getitem(&self, slice: &Slice) -> Result<Range> {
        let selection = slice.select(Len::len(self)? as usize)?;
        let number = |place: i64| self.start.wrapping_add(place.wrapping_mul(self.step));
        let step = self.step.wrapping_mul(selection.step);
        let end = selection.start.wrapping_add((selection.count as i64).wrapping_mul(selection.step));
        Ok(Range { start: number(selection.start), stop: number(end), step })
    }
}

impl Equal for Range {
    fn eq(&self, other: &Range) -> Result<bool> {
        let count = self.count();
        Ok(count == other.count()
            && (count == 0 || self.start == other.start && (count == 1 || self.step == other.step)))
    }
}

impl Hashed for Range {
    const COMPARING_RUNS_CODE: bool = false;

    fn hash(&self) -> Result<i64> {
        let count = self.count();
        let start = if count == 0 { 0 } else { self.start };
        let step = if count <= 1 { 0 } else { self.step };
        Ok(hash_sequence([count as i64, start, step].into_iter()))
    }
}

impl Identity for Range {
    fn is(&self, other: &Range) -> bool {
        (self.start, self.stop, self.step) == (other.start, other.stop, other.step)
    }

    fn id(&self) -> i64 {
        hash_sequence([self.start, self.stop, self.step].into_iter())
    }
}

impl Show for Range {
    fn type_name(&self) -> &'static str {
        "range"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        let Range { start, stop, step } = self;
        out.push_str(&if *step == 1 {
            format!("range({start}, {stop})")
        } else {
            format!("range({start}, {stop}, {step})")
        });
        Ok(())
    }
}

macro_rules! plain {
    ($($type:ty)+) => {$(
        // SAFETY: numbers own nothing.
        unsafe impl Trace for $type {
            fn trace(&self, _tracer: &mut Tracer<'_>) {}

            fn acyclic() -> bool {
                true
            }
        }
    )+};
}

plain!(Range RangeIter);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::protocol::collect;

    fn stepped(start: i64, stop: i64, step: i64) -> Range {
        Range::stepped(start, stop, step).unwrap()
    }

    #[test]
    fn counting() {
        assert_eq!(collect(&Range::to(3)).unwrap(), [0, 1, 2]);
        assert_eq!(collect(&stepped(5, 0, -2)).unwrap(), [5, 3, 1]);
        assert_eq!(collect(&Range::new(3, 1)).unwrap(), [0; 0]);
        assert_eq!(collect(&stepped(i64::MAX - 1, i64::MAX, 5)).unwrap(), [i64::MAX - 1]);
        assert_eq!(Range::stepped(0, 1, 0).unwrap_err().to_string(), "range() arg 3 must not be zero");
    }

    #[test]
    fn it_is_a_sequence() {
        let range = stepped(1, 10, 3);
        assert_eq!(Len::len(&range).unwrap(), 3);
        assert_eq!(range.getitem(&-1).unwrap(), 7);
        assert!(range.contains(&4).unwrap() && !range.contains(&5).unwrap() && !range.contains(&10).unwrap());
        assert!(stepped(5, 0, -2).contains(&3).unwrap() && !stepped(5, 0, -2).contains(&0).unwrap());
        assert_eq!(range.getitem(&Slice::new(None, None, Some(-1))).unwrap().repr().unwrap(), "range(7, -2, -3)");
        let mut reversed = range.reversed().unwrap();
        assert_eq!(reversed.next().unwrap(), Some(7));
        assert!(Equal::eq(&stepped(0, 3, 2), &stepped(0, 4, 2)).unwrap());
        assert_eq!(range.repr().unwrap(), "range(1, 10, 3)");
    }
}
