//! Blocks: aligned pieces of memory that are cut into slots of one size.
//!
//! A block starts with this header; any address in it, rounded down to [`BLOCK_ALIGN`], is the block. Slots are cut
//! lazily, a page's worth at a time, so that fresh memory is touched only when it is used.

use core::cell::Cell;
use core::ptr::{self, NonNull};
use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};

use crate::header::{Header, Prefix};

/// Blocks are aligned to this.
pub(crate) const BLOCK_ALIGN: usize = 64 * 1024;
/// A little less than the alignment, so that an allocator's own header fits between two blocks.
pub(crate) const BLOCK_SIZE: usize = BLOCK_ALIGN - 64;
const SLOTS_OFFSET: usize = size_of::<Block>().next_multiple_of(64);
/// Slots are cut in runs of about this many bytes.
const RUN: usize = 4096;

/// What the slots of a block hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    /// Does the collector know these objects? Walks skip blocks of others.
    pub(crate) tracked: bool,
    /// Does a [`Prefix`] stand before each header?
    pub(crate) prefixed: bool,
}

impl Kind {
    pub(crate) const COUNT: usize = 4;

    #[inline]
    pub(crate) const fn index(self) -> usize {
        self.tracked as usize * 2 + self.prefixed as usize
    }
}

/// The head of a block.
#[repr(C)]
pub(crate) struct Block {
    /// Free slots, by their headers.
    pub(crate) free: Cell<*mut Header>,
    /// Slots in use; one more while the block is its class's current one.
    pub(crate) live: Cell<u32>,
    /// Offset of the first slot that was never cut.
    uncut: Cell<u32>,
    stride: u32,
    pub(crate) class: u16,
    pub(crate) kind: Kind,
    /// Is it on its class's list of blocks with free slots?
    pub(crate) available: Cell<bool>,
    /// May it hold objects that the collector knows?
    pub(crate) tracked: Cell<bool>,
}

/// What stands for "no block", so that taking a slot needs no other test than that for a free one.
struct NoBlock(Block);

// SAFETY: it has no slots, so nobody takes one from it or frees one in it, and nothing else changes a block.
unsafe impl Sync for NoBlock {}

static NO_BLOCK: NoBlock = NoBlock(Block::head(0, Kind { tracked: false, prefixed: false }, 0));

impl Block {
    /// The block without slots. Must not be changed.
    #[inline]
    pub(crate) const fn none() -> NonNull<Block> {
        NonNull::from_ref(&NO_BLOCK.0)
    }

    const fn head(class: u16, kind: Kind, stride: usize) -> Block {
        Block {
            free: Cell::new(ptr::null_mut()),
            live: Cell::new(0),
            uncut: Cell::new(SLOTS_OFFSET as u32),
            stride: stride as u32,
            class,
            kind,
            available: Cell::new(false),
            tracked: Cell::new(kind.tracked),
        }
    }

    /// A block from the global allocator, cut into slots of `stride` bytes.
    pub(crate) fn allocate(class: u16, kind: Kind, stride: usize) -> NonNull<Block> {
        // SAFETY: the layout's size is not zero.
        let memory = unsafe { alloc(Self::layout()) };
        let Some(block) = NonNull::new(memory.cast::<Block>()) else { handle_alloc_error(Self::layout()) };
        // SAFETY: `block` is valid for writes of BLOCK_SIZE bytes and aligned to BLOCK_ALIGN.
        unsafe { Self::format(block, class, kind, stride) };
        block
    }

    /// Makes an empty block one of another class.
    ///
    /// # Safety
    /// `block` must point to BLOCK_SIZE writable bytes, aligned to BLOCK_ALIGN, that nothing else refers to.
    pub(crate) unsafe fn format(block: NonNull<Block>, class: u16, kind: Kind, stride: usize) {
        // SAFETY: the caller promises writable, aligned, unshared memory larger than the head.
        unsafe { block.write(Block::head(class, kind, stride)) };
    }

    /// Gives a block back to the global allocator.
    ///
    /// # Safety
    /// `block` must come from [`Block::allocate`], and nothing may refer to it or to its slots.
    pub(crate) unsafe fn release(block: NonNull<Block>) {
        // SAFETY: it was allocated with this layout (the caller's promise).
        unsafe { dealloc(block.as_ptr().cast(), Self::layout()) }
    }

    fn layout() -> Layout {
        const { assert!(SLOTS_OFFSET < BLOCK_SIZE) };
        Layout::from_size_align(BLOCK_SIZE, BLOCK_ALIGN).expect("a constant, valid layout")
    }

    /// The block of a slot.
    ///
    /// # Safety
    /// `header` must be that of a slot in a block.
    #[inline]
    pub(crate) unsafe fn of<'a>(header: NonNull<Header>) -> &'a Block {
        // SAFETY: the block's head lies at the rounded address (the module's head), within the allocation that
        // `header` has its provenance from, and outlives its slots; only its cells change.
        unsafe { Self::base(header).as_ref() }
    }

    /// The block around a slot in a block, with the provenance of the slot's pointer.
    #[inline]
    pub(crate) fn base(header: NonNull<Header>) -> NonNull<Block> {
        let offset = header.addr().get() % BLOCK_ALIGN;
        // SAFETY: a slot lies `offset` bytes behind the start of its block, in the same allocation.
        unsafe { header.byte_sub(offset).cast() }
    }

    /// Are there slots, cut or not, that hold no object?
    pub(crate) fn has_room(&self) -> bool {
        !self.free.get().is_null() || (BLOCK_SIZE - self.uncut.get() as usize) >= self.stride as usize
    }

    /// Takes a slot, after cutting a run of them if necessary.
    ///
    /// # Safety
    /// As for [`Block::for_each_slot`].
    pub(crate) unsafe fn take_slot(this: NonNull<Block>) -> Option<NonNull<Header>> {
        // SAFETY: a live block's head is only accessed through shared references to its cells.
        let block = unsafe { this.as_ref() };
        if block.free.get().is_null() {
            // SAFETY: the caller's promise.
            unsafe { Self::cut(this) };
        }
        block.pop()
    }

    /// Takes a slot that is free and cut.
    #[inline]
    pub(crate) fn pop(&self) -> Option<NonNull<Header>> {
        let slot = NonNull::new(self.free.get())?;
        // SAFETY: a slot on a free list is a valid header whose word is its successor.
        self.free.set(unsafe { slot.as_ref() }.next_free());
        self.live.set(self.live.get() + 1);
        Some(slot)
    }

    /// Cuts the next run of slots onto the empty free list, if there is room for any.
    ///
    /// # Safety
    /// `this` must be a live block, with the provenance of its whole memory.
    unsafe fn cut(this: NonNull<Block>) {
        // SAFETY: a live block's head is only accessed through shared references to its cells.
        let block = unsafe { this.as_ref() };
        debug_assert!(block.free.get().is_null());
        let start = block.uncut.get() as usize;
        let stride = block.stride as usize;
        let room = (BLOCK_SIZE - start) / stride;
        let count = room.min((RUN / stride).max(1));
        let mut next = ptr::null_mut();
        for index in (0..count).rev() {
            // SAFETY: `start + index * stride + offset + 16 <= start + (index + 1) * stride <= BLOCK_SIZE`: the header,
            // and the prefix before it if there is one, lie within the block's memory, and since all offsets are
            // multiples of 16 they are aligned.
            unsafe {
                let slot = this.byte_add(start + index * stride);
                if block.kind.prefixed {
                    slot.cast::<Prefix>().write(Prefix::empty());
                }
                let header = slot.byte_add(block.header_offset()).cast::<Header>();
                header.write(Header::free(next));
                next = header.as_ptr();
            }
        }
        block.uncut.set((start + count * stride) as u32);
        block.free.set(next);
    }

    /// The size of each slot.
    pub(crate) fn stride(&self) -> usize {
        self.stride as usize
    }

    fn header_offset(&self) -> usize {
        if self.kind.prefixed { size_of::<Prefix>() } else { 0 }
    }

    /// The first slot and the number of those that were ever cut.
    ///
    /// # Safety
    /// As for [`Block::for_each_slot`].
    pub(crate) unsafe fn slots(this: NonNull<Block>) -> (NonNull<Header>, u32) {
        // SAFETY: as in `cut`.
        let block = unsafe { this.as_ref() };
        let count = (block.uncut.get() - SLOTS_OFFSET as u32) / block.stride;
        // SAFETY: within the block.
        (unsafe { this.byte_add(SLOTS_OFFSET + block.header_offset()).cast() }, count)
    }

    /// Calls `visit` with every slot that was ever cut, free or not, in the order of their addresses.
    ///
    /// # Safety
    /// `this` must be a live block, with the provenance of its whole memory.
    pub(crate) unsafe fn for_each_slot(this: NonNull<Block>, mut visit: impl FnMut(NonNull<Header>)) {
        // SAFETY: as in `cut`.
        let block = unsafe { this.as_ref() };
        let mut offset = SLOTS_OFFSET;
        while offset < block.uncut.get() as usize {
            // SAFETY: the slot at `offset` was cut (it lies below `uncut`), so its header is in bounds.
            visit(unsafe { this.byte_add(offset + block.header_offset()).cast() });
            offset += block.stride as usize;
        }
    }
}
