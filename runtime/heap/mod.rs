//! The heap of a thread: where objects live, and the only place that frees their memory.
//!
//! Small objects live in [`Block`]s, one set of blocks per size class and [`Kind`]; large ones (and all of them with the
//! feature `system-alloc`) are allocated on their own. Each block has its own last-in-first-out free list, as in
//! mimalloc (Leijen, Zorn, de Moura 2019), so that a freed slot is the next one used while it is warm, and a block whose
//! objects have all died can be given back without searching.
//!
//! A slot that stands in the list of a generation stays there when its object dies: the next object in it is listed
//! already. Hence a block is given back only after [`crate::collector::generations`] forgot its dead slots.
//!
//! The thread-local state has no destructor, so it can be used in whatever order a thread's other thread-locals die.
//! [`AtExit`], which has one, runs the last collection and gives the memory back; what is freed later is given back at
//! once.

mod block;
mod cursor;
mod large;
mod list;
#[cfg(test)]
mod tests;

use core::alloc::Layout;
use core::cell::Cell;
use core::ptr::NonNull;

use crate::collector::Collector;
use crate::death::Deaths;
use crate::header::{Header, LARGE, Prefix, SLOT_BITS};

use self::block::Block;
pub(crate) use self::block::{BLOCK_SIZE, Kind};
pub(crate) use self::cursor::Cursor;
pub(crate) use self::list::List;

/// Slots are multiples of this, as is the alignment of every small value.
const UNIT: usize = 16;
/// The largest slot of a block.
const MAX_SLOT: usize = 1024;
const CLASSES: usize = MAX_SLOT / UNIT;
/// Empty blocks (16 MiB) that are kept for reuse however small the heap is: fresh memory costs a page fault for each page.
const SPARE_BLOCKS: usize = 256;

/// The blocks of one size class and kind.
struct Class {
    /// Where the next object goes; [`Block::none`] if there is no such block.
    current: Cell<NonNull<Block>>,
    /// Other blocks with free slots.
    available: List<NonNull<Block>>,
}

impl Class {
    const fn new() -> Self {
        Class { current: Cell::new(Block::none()), available: List::new() }
    }
}

/// A thread's heap and the state of its collector.
pub(crate) struct Heap {
    classes: [[Class; CLASSES]; Kind::COUNT],
    blocks: List<NonNull<Block>>,
    /// Blocks without objects that are not their class's current one.
    empty_blocks: Cell<usize>,
    /// Empty blocks that belong to no class.
    spare: List<NonNull<Block>>,
    /// `None` where an object was freed while somebody walked over the heap.
    large: List<Option<NonNull<Header>>>,
    /// The places that are `None`.
    holes: List<u32>,
    /// Bytes that blocks in use and large objects take.
    bytes: Cell<usize>,
    closed: Cell<bool>,
    /// Is it noted where each object is made?
    traces_allocations: Cell<bool>,
    pub(crate) collector: Collector,
    pub(crate) deaths: Deaths,
}

thread_local! {
    static HEAP: Heap = const { Heap::new() };
    static AT_EXIT: AtExit = const { AtExit };
}

/// Its destructor ends the heap of a thread.
struct AtExit;

impl Drop for AtExit {
    fn drop(&mut self) {
        crate::builtins::program::finish();
        with(Heap::close);
    }
}

/// Runs `action` on this thread's heap.
#[inline]
pub(crate) fn with<R>(action: impl FnOnce(&Heap) -> R) -> R {
    HEAP.with(action)
}

/// The shape of an object: what the heap needs to place it.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// Layout of the whole value.
    value: Layout,
    kind: Kind,
}

impl Shape {
    #[inline]
    pub(crate) const fn new(value: Layout, kind: Kind) -> Self {
        Shape { value, kind }
    }

    /// The slot's size in a block, or `None` if the object must be allocated on its own.
    #[inline]
    const fn slot(self) -> Option<usize> {
        let prefix = if self.kind.prefixed { size_of::<Prefix>() } else { 0 };
        let size = (self.value.size() + size_of::<Header>() + prefix).next_multiple_of(UNIT);
        if cfg!(feature = "system-alloc") || size > MAX_SLOT || self.value.align() > UNIT { None } else { Some(size) }
    }
}

impl Heap {
    const fn new() -> Self {
        Heap {
            classes: [const { [const { Class::new() }; CLASSES] }; Kind::COUNT],
            blocks: List::new(),
            empty_blocks: Cell::new(0),
            spare: List::new(),
            large: List::new(),
            holes: List::new(),
            bytes: Cell::new(0),
            closed: Cell::new(false),
            traces_allocations: Cell::new(false),
            collector: Collector::new(),
            deaths: Deaths::new(),
        }
    }

    /// Memory for an object: a header whose count is 0 and whose state is that of the slot, with uninitialised memory
    /// for the value behind it. May collect, and so run user code, before it takes the memory. Does not unwind.
    #[inline]
    pub(crate) fn allocate(&self, shape: Shape) -> NonNull<Header> {
        let Some(size) = shape.slot() else { return self.allocate_large(shape) };
        let class = &self.classes[shape.kind.index()][size / UNIT - 1];
        // SAFETY: a class's current block is live, or the one that has no slots; heads are only accessed through their
        // cells.
        match unsafe { class.current.get().as_ref() }.pop() {
            Some(slot) => slot,
            None => self.allocate_slowly(shape.kind, size),
        }
    }

    /// What comes before memory is asked for: the end of the thread is arranged, and garbage is looked for if there is much.
    fn prepare_to_grow(&self) {
        // After the thread-local is gone the heap is closed, and gives back what is freed.
        AT_EXIT.try_with(|_| ()).ok();
        if self.bytes() >= self.collector.pace.pressure() {
            crate::collector::relieve_pressure(self);
        }
    }

    #[cold]
    #[inline(never)]
    fn allocate_slowly(&self, kind: Kind, size: usize) -> NonNull<Header> {
        self.prepare_to_grow();
        let class = &self.classes[kind.index()][size / UNIT - 1];
        loop {
            let block = class.current.get();
            if block != Block::none() {
                // SAFETY: blocks of a class are live and come from `Block::allocate`.
                if let Some(slot) = unsafe { Block::take_slot(block) } {
                    if self.closed.get() {
                        self.retire_current(class);
                    }
                    return slot;
                }
                self.retire_current(class);
            }
            class.current.set(self.next_block(class, kind, size));
        }
    }

    /// The class's current block becomes one of the others.
    fn retire_current(&self, class: &Class) {
        let block = class.current.replace(Block::none());
        if block == Block::none() {
            return;
        }
        // SAFETY: a class's current block is live, and its head is only accessed through its cells.
        let head = unsafe { block.as_ref() };
        head.live.set(head.live.get() - 1);
        if head.has_room() {
            head.available.set(true);
            class.available.push(block);
        }
        if head.live.get() == 0 {
            self.empty_blocks.set(self.empty_blocks.get() + 1);
        }
    }

    /// A block with free or uncut slots, which becomes the class's current one.
    fn next_block(&self, class: &Class, kind: Kind, size: usize) -> NonNull<Block> {
        let block = class.available.pop().unwrap_or_else(|| self.new_block(kind, size));
        // SAFETY: blocks of a class are live, and their heads are only accessed through their cells.
        let head = unsafe { block.as_ref() };
        head.available.set(false);
        if head.live.get() == 0 {
            self.empty_blocks.set(self.empty_blocks.get() - 1);
        }
        head.live.set(head.live.get() + 1);
        block
    }

    fn new_block(&self, kind: Kind, size: usize) -> NonNull<Block> {
        if self.spare.len() == 0 && self.empty_blocks.get() > 0 && !self.collector.walks.is_active() {
            self.gather_empty_blocks(SPARE_BLOCKS);
        }
        let number = (size / UNIT - 1) as u16;
        let block = match self.spare.pop() {
            Some(block) => {
                // SAFETY: a spare block is a whole block that nothing refers to.
                unsafe { Block::format(block, number, kind, size) };
                block
            }
            None => Block::allocate(number, kind, size),
        };
        self.blocks.push(block);
        self.bytes.set(self.bytes.get() + BLOCK_SIZE);
        self.empty_blocks.set(self.empty_blocks.get() + 1);
        block
    }

    /// Frees the memory of an object, whose value has been dropped or never was.
    ///
    /// # Safety
    /// `header` must come from [`Heap::allocate`] of this thread's heap, and nothing may refer to it any more.
    #[inline]
    pub(crate) unsafe fn free(&self, header: NonNull<Header>) {
        // SAFETY: the caller's promise.
        let head = unsafe { header.as_ref() };
        if head.has(LARGE) {
            // SAFETY: the caller's promise, and LARGE says that it was allocated on its own.
            return unsafe { self.free_large(header) };
        }
        head.set_count(0);
        // SAFETY: the caller's promise.
        unsafe { self.free_small(header) };
    }

    /// [`Heap::free`] for an object in a block whose count is 0 already.
    ///
    /// # Safety
    /// As for [`Heap::free`]; the object must not be a large one.
    #[inline]
    pub(crate) unsafe fn free_small(&self, header: NonNull<Header>) {
        // SAFETY: the caller's promise.
        let head = unsafe { header.as_ref() };
        head.set_state(head.state() & SLOT_BITS);
        // SAFETY: without LARGE the header lies in a block.
        let block = unsafe { Block::of(header) };
        let next = block.free.get();
        head.set_next_free(next);
        block.free.set(header.as_ptr());
        let live = block.live.get() - 1;
        block.live.set(live);
        if next.is_null() || live == 0 {
            self.block_changed(header);
        }
    }

    /// A block has its first free slot, or no object any more.
    #[cold]
    #[inline(never)]
    fn block_changed(&self, slot: NonNull<Header>) {
        // SAFETY: `free` passes a slot of a live block.
        let head = unsafe { Block::of(slot) };
        let class = &self.classes[head.kind.index()][head.class as usize];
        // The head's address, with the provenance of the whole block, from the slot's pointer.
        let block = Block::base(slot);
        if class.current.get() == block {
            return;
        }
        if !head.available.replace(true) {
            class.available.push(block);
        }
        if head.live.get() > 0 {
            return;
        }
        self.empty_blocks.set(self.empty_blocks.get() + 1);
        if self.collector.walks.is_active() {
            crate::collector::memory_is_kept(self, BLOCK_SIZE);
        } else {
            self.give_back_surplus();
        }
    }

    /// Does what had to wait while somebody walked over the heap.
    pub(crate) fn walk_ended(&self) {
        self.fill_holes();
        self.give_back_surplus();
    }

    /// Gives empty blocks back if there are too many.
    fn give_back_surplus(&self) {
        let empty = self.empty_blocks.get();
        let used = self.blocks.len() - empty;
        // Each time a share of all blocks, since giving back looks at all of them.
        if self.closed.get() && empty > used / 8 {
            self.give_back(0);
        } else if !self.closed.get() && empty > SPARE_BLOCKS + used {
            self.give_back((SPARE_BLOCKS + used) / 2);
        }
    }

    /// Takes up to `most` empty blocks from their classes and makes them spare ones.
    fn gather_empty_blocks(&self, most: usize) {
        crate::collector::generations::forget_dead_slots(self);
        let mut taken = 0;
        self.blocks.with(|blocks| {
            blocks.retain(|block| {
                // SAFETY: the blocks on the list are live, and their heads are only accessed through their cells.
                let head = unsafe { block.as_ref() };
                let take = taken < most && head.live.get() == 0;
                if take {
                    head.available.set(false);
                    self.spare.push(*block);
                    taken += 1;
                }
                !take
            });
        });
        for class in self.classes.iter().flatten() {
            // SAFETY: spare blocks are still allocated, as are those of classes.
            class.available.with(|list| list.retain(|block| unsafe { block.as_ref() }.available.get()));
        }
        self.empty_blocks.set(self.empty_blocks.get() - taken);
        self.bytes.set(self.bytes.get() - taken * BLOCK_SIZE);
    }

    /// Gives empty blocks back to the global allocator until `keep` of them are left.
    fn give_back(&self, keep: usize) {
        self.gather_empty_blocks(self.empty_blocks.get());
        while self.spare.len() > keep {
            let Some(block) = self.spare.pop() else { break };
            // SAFETY: a spare block belongs to no class, holds no object, and the generations forgot its slots.
            unsafe { Block::release(block) };
        }
        self.release_lists();
    }

    /// Calls `visit` with every object, alive or dying, tracked ones only if asked; `visit` must not allocate or free.
    pub(crate) fn for_each_object(&self, only: Which, mut visit: impl FnMut(NonNull<Header>)) {
        let mut visit_alive = |header: NonNull<Header>| {
            // SAFETY: cut slots and large objects have valid headers.
            if unsafe { header.as_ref() }.is_alive() {
                visit(header);
            }
        };
        self.blocks.with(|blocks| {
            for &block in blocks.iter() {
                // SAFETY: the blocks on the list are live and come from `Block::allocate`.
                unsafe {
                    let head = block.as_ref();
                    if head.live.get() > 0 && (only == Which::All || head.tracked.get()) {
                        Block::for_each_slot(block, &mut visit_alive);
                    }
                }
            }
        });
        self.large.with(|large| large.iter().copied().flatten().for_each(visit_alive));
    }

    /// Bytes that an object takes, with the words in front of its value.
    ///
    /// # Safety
    /// `header` must be that of an object with a value, or of a dying one.
    pub(crate) unsafe fn size_of_object(header: NonNull<Header>) -> usize {
        // SAFETY: the caller's promise; an object without LARGE lies in a block.
        unsafe { if header.as_ref().has(LARGE) { large::size_of_object(header) } else { Block::of(header).stride() } }
    }

    /// How many objects there may be that the collector knows; counts dying ones and built ones too.
    pub(crate) fn tracked_estimate(&self) -> usize {
        let in_blocks: usize = self.blocks.with(|blocks| {
            // SAFETY: the blocks on the list are live, and their heads are only accessed through their cells.
            let heads = blocks.iter().map(|block| unsafe { block.as_ref() });
            heads.filter(|head| head.tracked.get()).map(|head| head.live.get() as usize).sum()
        });
        in_blocks + self.large.len() - self.holes.len()
    }

    /// The collector will know an object of a kind that it does not know by itself.
    pub(crate) fn begin_tracking(&self, header: NonNull<Header>) {
        // SAFETY: `header` is a live object's.
        if !unsafe { header.as_ref() }.has(LARGE) {
            // SAFETY: without LARGE it lies in a block.
            unsafe { Block::of(header) }.tracked.set(true);
        }
    }

    /// Bytes taken from the global allocator for objects, spare blocks excluded.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes.get() - self.empty_blocks.get() * BLOCK_SIZE
    }

    /// Is it noted where each object is made?
    #[inline]
    pub(crate) fn traces_allocations(&self) -> bool {
        self.traces_allocations.get()
    }

    pub(crate) fn set_traces_allocations(&self, yes: bool) {
        self.traces_allocations.set(yes);
    }

    /// Gives back what is empty now, and from now on whatever becomes empty.
    fn close(&self) {
        crate::collector::walk::cancel(self);
        self.closed.set(true);
        self.classes.iter().flatten().for_each(|class| self.retire_current(class));
        self.give_back(0);
    }

    /// Gives back the memory of the lists if the heap is closed and holds nothing.
    fn release_lists(&self) {
        if !self.closed.get() || self.blocks.len() + self.large.len() > 0 {
            return;
        }
        self.classes.iter().flatten().for_each(|class| drop(class.available.take()));
        drop((self.blocks.take(), self.spare.take(), self.large.take(), self.holes.take()));
        self.collector.release_memory();
        self.deaths.release_memory();
    }

    /// Is the thread ending?
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.get()
    }
}

/// Which objects a walk visits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those in blocks that may hold objects the collector knows; the visitor still has to ask.
    MaybeTracked,
    All,
}
