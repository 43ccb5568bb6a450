//! Objects that are allocated on their own: big ones, strictly aligned ones, and all with the feature `system-alloc`.

use core::alloc::Layout;
use core::ptr::NonNull;
use std::alloc::{alloc, dealloc, handle_alloc_error};

use super::{Heap, Shape};
use crate::header::{Header, LARGE, Prefix, TypeTable, header_of, prefix_of, value_of};

/// Layout of the memory around a value, and the value's offset in it: `[padding, prefix, header, value]`.
fn layout_around(value: Layout) -> (Layout, usize) {
    let align = value.align().max(align_of::<Header>());
    let offset = (size_of::<Prefix>() + size_of::<Header>()).next_multiple_of(align);
    let size = offset.checked_add(value.size()).expect("a value's size fits the address space");
    let layout = Layout::from_size_align(size, align).expect("the value's own alignment, or a header's");
    (layout, offset)
}

/// Layout of an object's value, from its table and its prefix.
fn layout_of_value(table: &TypeTable, prefix: &Prefix) -> Layout {
    if !table.is_slice {
        return table.layout;
    }
    let size = table.layout.size() * prefix.extra.get();
    Layout::from_size_align(size, table.layout.align()).expect("the slice was allocated with this layout")
}

/// Bytes that a large object takes.
///
/// # Safety
/// `header` must be that of a large object whose table is set.
pub(super) unsafe fn size_of_object(header: NonNull<Header>) -> usize {
    // SAFETY: the caller's promise; large objects have a prefix.
    let value = unsafe { layout_of_value(header.as_ref().table(), prefix_of(header)) };
    layout_around(value).0.size()
}

impl Heap {
    #[cold]
    #[inline(never)]
    pub(super) fn allocate_large(&self, shape: Shape) -> NonNull<Header> {
        self.prepare_to_grow();
        let (layout, offset) = layout_around(shape.value);
        // SAFETY: the layout holds a prefix and a header, so its size is not zero.
        let Some(memory) = NonNull::new(unsafe { alloc(layout) }) else { handle_alloc_error(layout) };
        let head = size_of::<Prefix>() + size_of::<Header>();
        // SAFETY: `offset` is at least the size of both heads and within the allocation; all bytes zero is a valid value
        // of both.
        let header = unsafe {
            memory.add(offset - head).write_bytes(0, head);
            header_of(memory.add(offset))
        };
        // SAFETY: the header was just written.
        unsafe { header.as_ref() }.set_state(LARGE);
        let index = self.large.len();
        assert!(index < u32::MAX as usize, "refcycle: more than 4,294,967,295 large objects in one thread");
        // SAFETY: large objects have a prefix.
        unsafe { prefix_of(header) }.index.set(index as u32);
        self.large.push(Some(header));
        self.bytes.set(self.bytes.get() + layout.size());
        header
    }

    /// # Safety
    /// As for [`Heap::free`]; the object must be a large one, and its table still be set.
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn free_large(&self, header: NonNull<Header>) {
        if self.collector.walks.keep(header) {
            // SAFETY: the caller's promise.
            return crate::collector::memory_is_kept(self, unsafe { size_of_object(header) });
        }
        // SAFETY: the caller's promise; large objects have a prefix.
        let (head, prefix) = unsafe { (header.as_ref(), prefix_of(header)) };
        crate::collector::generations::forget_large(self, head, prefix);
        self.forget_place(prefix.index.get());
        let (layout, offset) = layout_around(layout_of_value(head.table(), prefix));
        self.bytes.set(self.bytes.get() - layout.size());
        // SAFETY: the memory was allocated with this layout, `offset` bytes before the value.
        unsafe { dealloc(value_of(header).sub(offset).as_ptr(), layout) };
        self.release_lists();
    }

    /// Takes an object out of the list. Somebody who walks over it must meet each of the others once.
    fn forget_place(&self, index: u32) {
        self.large.with(|large| large[index as usize] = None);
        self.holes.push(index);
        if !self.collector.walks.is_active() {
            self.fill_holes();
        }
    }

    /// Closes the gaps in the list.
    pub(super) fn fill_holes(&self) {
        self.large.with(|large| {
            while let Some(hole) = self.holes.pop() {
                while large.pop_if(|last| last.is_none()).is_some() {}
                if (hole as usize) < large.len() {
                    large.swap_remove(hole as usize);
                    let moved = large[hole as usize].expect("the last one is no hole");
                    // SAFETY: headers on the list are live large objects'.
                    unsafe { prefix_of(moved) }.index.set(hole);
                }
            }
        });
    }
}
