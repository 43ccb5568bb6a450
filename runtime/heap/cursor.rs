//! [`Cursor`]: a place in the heap, for walks that are interrupted.

use core::ops::Range;
use core::ptr::NonNull;

use super::{Block, Heap};
use crate::header::Header;

/// Where a walk over the heap is, which ends where the heap ended when it began. It is good as long as blocks are neither
/// given back nor cut for another class.
pub(crate) struct Cursor {
    /// The next slot of the current block, and how many there are, as far as they were cut when the walk came to it.
    slot: NonNull<Header>,
    left: u32,
    stride: u32,
    blocks: Range<usize>,
    large: Range<usize>,
}

impl Heap {
    /// Before everything that is there now.
    pub(crate) fn cursor(&self) -> Cursor {
        let (blocks, large) = (0..self.blocks.len(), 0..self.large.len());
        Cursor { slot: NonNull::dangling(), left: 0, stride: 0, blocks, large }
    }

    /// The next slot, free or not, of a block that may hold objects that the collector knows, or the next large object.
    #[inline]
    pub(crate) fn next_slot(&self, cursor: &mut Cursor) -> Option<NonNull<Header>> {
        if cursor.left == 0 {
            return self.enter_next_block(cursor);
        }
        let slot = cursor.slot;
        cursor.left -= 1;
        if cursor.left > 0 {
            // SAFETY: it is followed by `left` more slots of its block.
            cursor.slot = unsafe { slot.byte_add(cursor.stride as usize) };
        }
        Some(slot)
    }

    #[cold]
    #[inline(never)]
    fn enter_next_block(&self, cursor: &mut Cursor) -> Option<NonNull<Header>> {
        for block in cursor.blocks.by_ref() {
            let block = self.blocks.get(block)?;
            // SAFETY: the blocks on the list are live and come from `Block::allocate`.
            let (head, (slot, left)) = unsafe { (block.as_ref(), Block::slots(block)) };
            if head.live.get() > 0 && head.tracked.get() && left > 0 {
                (cursor.slot, cursor.left, cursor.stride) = (slot, left, head.stride() as u32);
                return self.next_slot(cursor);
            }
        }
        cursor.large.find_map(|place| self.large.get(place)?)
    }
}
