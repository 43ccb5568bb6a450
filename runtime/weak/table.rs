//! What the weak maps and sets are made of: a hash table in the order of insertion, whose entries are removed when the
//! objects that they refer to die.
//!
//! Invariants:
//! - an entry whose object is not dead is registered in that object's weak entry, by its slot;
//! - no code of the program runs while the slots are borrowed mutably; while they are borrowed to read, deaths that would
//!   remove entries leave a note instead (`stale`);
//! - slots are moved only by [`Table::compact`] and used again only if they were the last, neither while somebody iterates;
//! - in a table that waits for its iterators `pending` names slots of dead objects, until they are removed.

use core::cell::{Cell, RefCell};
use core::hash::{BuildHasherDefault, Hasher};
use core::marker::PhantomData;
use core::mem;
use core::ptr::NonNull;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;

use super::Weak;
use super::callbacks::{Callback, Reaction, TicketCell};
use crate::collector::generations;
use crate::header::Header;
use crate::heap;
use crate::pointer::Gc;
use crate::trace::{Step, Trace, Tracer};
use crate::unraisable::{self, Origin};

/// No slot.
const END: usize = usize::MAX;
/// A table with fewer slots is not worth compacting.
const MIN_COMPACTED: usize = 16;

/// What a table is for.
pub trait Role: 'static {
    const TYPE_NAME: &'static str;
    /// Is an entry's object its key, and the extra its value?
    const WEAK_IS_KEY: bool;
    /// Is the extra part of an entry kept only for the sake of its object?
    const IS_EPHEMERON: bool;
    /// Do the entries of objects that die while somebody iterates stay until that has ended? So it is in Python.
    const WAITS_FOR_ITERATORS: bool = false;
}

/// Weak references to objects `T`, each with an extra `E`.
pub struct Table<T: ?Sized, E, R> {
    slots: RefCell<Slots<T, E>>,
    /// Entries, those of dead objects that weren't removed yet included.
    len: Cell<usize>,
    /// There may be entries of dead objects.
    stale: Cell<bool>,
    /// The slots of objects that died while somebody iterated.
    pending: RefCell<Vec<usize>>,
    iterators: Cell<usize>,
    /// Changes whenever an entry comes, goes or moves.
    version: Cell<u64>,
    /// Was it counted in the heap as one with ephemerons?
    is_counted: bool,
    pub(super) random: RandomState,
    role: PhantomData<R>,
}

struct Slots<T: ?Sized, E> {
    /// In the order of insertion; `None` where an entry was removed.
    slots: Vec<Option<Slot<T, E>>>,
    /// The last slot of each hash.
    heads: HashMap<u64, usize, BuildHasherDefault<Identity>>,
}

pub(crate) struct Slot<T: ?Sized, E> {
    pub(crate) weak: Weak<T>,
    pub(crate) extra: E,
    hash: u64,
    /// The slot before with the same hash.
    next: usize,
    /// Where the removal is registered that the object's death causes.
    ticket: TicketCell,
}

/// Hashes are hashed by themselves.
#[derive(Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only hashes are looked up");
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

impl<T: ?Sized, E> Slots<T, E> {
    fn push(&mut self, mut slot: Slot<T, E>) -> usize {
        let index = self.slots.len();
        slot.next = self.heads.insert(slot.hash, index).unwrap_or(END);
        self.slots.push(Some(slot));
        index
    }

    fn take(&mut self, index: usize) -> Option<Slot<T, E>> {
        let taken = self.slots.get_mut(index)?.take()?;
        let head = self.heads.get_mut(&taken.hash).expect("every slot is reached by its hash");
        if *head == index {
            if taken.next == END {
                self.heads.remove(&taken.hash);
            } else {
                *head = taken.next;
            }
        } else {
            let mut at = *head;
            loop {
                let slot = self.slots[at].as_mut().expect("chains lead over slots in use");
                if slot.next == index {
                    slot.next = taken.next;
                    break;
                }
                at = slot.next;
            }
        }
        Some(taken)
    }

    /// Gives back the places at the end that are not in use.
    fn trim(&mut self) {
        while let Some(None) = self.slots.last() {
            self.slots.pop();
        }
    }
}

impl<T, E, R> Table<T, E, R>
where
    T: Trace + ?Sized,
    E: Trace,
    R: Role,
{
    /// Do the extras need the collector's attention as ephemerons?
    const HAS_EPHEMERONS: bool = R::IS_EPHEMERON && mem::needs_drop::<E>();

    const REACTION: Reaction = Reaction {
        run: remove_dead::<T, E, R>,
        lose: Some(lose::<T, E, R>),
        trace: if Self::HAS_EPHEMERONS { Some(trace_extra::<T, E, R>) } else { None },
    };

    pub(crate) fn new() -> Gc<Self> {
        let table = Table {
            slots: RefCell::new(Slots { slots: Vec::new(), heads: HashMap::default() }),
            len: Cell::new(0),
            stale: Cell::new(false),
            pending: RefCell::new(Vec::new()),
            iterators: Cell::new(0),
            version: Cell::new(0),
            is_counted: Self::HAS_EPHEMERONS,
            random: RandomState::new(),
            role: PhantomData,
        };
        if Self::HAS_EPHEMERONS {
            heap::with(|heap| heap.collector.add_ephemerons());
        }
        Gc::new(table)
    }

    pub(crate) fn len(&self) -> usize {
        self.settle();
        self.len.get() - self.pending.borrow().len()
    }

    /// The number of entries with those that wait to be removed; a change of it tells an iterator that it is not alone.
    pub(crate) fn size(&self) -> usize {
        self.settle();
        self.len.get()
    }

    fn changed(&self) {
        self.version.set(self.version.get() + 1);
    }

    /// The slot of this hash for which `is_same` holds.
    pub(super) fn find(&self, hash: u64, mut is_same: impl FnMut(&Slot<T, E>) -> bool) -> Option<usize> {
        let found = {
            let slots = self.slots.borrow();
            let mut at = slots.heads.get(&hash).copied().unwrap_or(END);
            while let Some(slot) = slots.slots.get(at).and_then(Option::as_ref)
                && !is_same(slot)
            {
                at = slot.next;
            }
            at
        };
        self.settle();
        (found != END).then_some(found)
    }

    /// The slot of this hash for which `is_same` holds of what `pick` makes of it. `is_same` may run any code; if that
    /// changes the table, the search begins again, as in Python.
    pub(crate) fn search<A, X>(
        &self,
        hash: u64,
        pick: impl Fn(&Slot<T, E>) -> Option<A>,
        mut is_same: impl FnMut(&A) -> Result<bool, X>,
    ) -> Result<Option<usize>, X> {
        'search: loop {
            let version = self.version.get();
            let mut at = self.slots.borrow().heads.get(&hash).copied().unwrap_or(END);
            while at != END {
                let Some((picked, next)) = self.read(at, |slot| (pick(slot), slot.next)) else { continue 'search };
                if let Some(picked) = picked {
                    let found = is_same(&picked)?;
                    // It may be the last reference to something.
                    drop(picked);
                    if self.version.get() != version {
                        continue 'search;
                    }
                    if found {
                        return Ok(Some(at));
                    }
                }
                at = next;
            }
            return Ok(None);
        }
    }

    /// What `read` makes of a slot in use.
    pub(crate) fn read<A>(&self, slot: usize, read: impl FnOnce(&Slot<T, E>) -> A) -> Option<A> {
        let result = self.slots.borrow().slots.get(slot).and_then(Option::as_ref).map(read);
        self.settle();
        result
    }

    /// Adds an entry for an object.
    pub(crate) fn add(this: &Gc<Self>, hash: u64, object: &Gc<T>, extra: E) {
        this.settle();
        this.changed();
        let mut dead = Vec::new();
        let slot = {
            let mut slots = this.slots.borrow_mut();
            if slots.slots.len() >= MIN_COMPACTED && this.len.get() * 2 < slots.slots.len() && this.iterators.get() == 0
            {
                this.compact(&mut slots, &mut dead);
            }
            slots.push(Slot { weak: Gc::downgrade(object), extra, hash, next: END, ticket: TicketCell::new() })
        };
        this.len.set(this.len.get() + 1);
        Self::register(this, slot, object);
        drop(dead);
    }

    fn register(this: &Gc<Self>, slot: usize, object: &Gc<T>) {
        // So that a collection finds it dead, even if its type can't be part of a cycle otherwise.
        heap::with(|heap| generations::begin_tracking(heap, object.header()));
        let slots = this.slots.borrow();
        let Some(place) = &slots.slots[slot] else { return };
        let entry = place.weak.entry().expect("downgrading made an entry");
        let callback = Callback { owner: this.header(), slot, reaction: const { &Self::REACTION } };
        place.ticket.set(entry.register(callback));
    }

    /// Makes an entry refer to another object.
    pub(crate) fn replace_object(this: &Gc<Self>, slot: usize, object: &Gc<T>) -> Option<Weak<T>> {
        let old = {
            let mut slots = this.slots.borrow_mut();
            let place = slots.slots.get_mut(slot)?.as_mut()?;
            place.unregister();
            mem::replace(&mut place.weak, Gc::downgrade(object))
        };
        Self::register(this, slot, object);
        Some(old)
    }

    /// Replaces the extra of an entry.
    pub(crate) fn replace_extra(&self, slot: usize, extra: E) -> Result<E, E> {
        match self.slots.borrow_mut().slots.get_mut(slot) {
            Some(Some(place)) => Ok(mem::replace(&mut place.extra, extra)),
            _ => Err(extra),
        }
    }

    /// Removes an entry.
    pub(crate) fn remove(&self, slot: usize) -> Option<Slot<T, E>> {
        let taken = self.take(&mut self.slots.borrow_mut(), slot)?;
        taken.unregister();
        self.len.set(self.len.get() - 1);
        Some(taken)
    }

    /// Takes an entry out. Its place is used again, unless somebody who iterates would then see what comes there.
    fn take(&self, slots: &mut Slots<T, E>, slot: usize) -> Option<Slot<T, E>> {
        let taken = slots.take(slot)?;
        if self.iterators.get() == 0 {
            slots.trim();
        }
        self.changed();
        Some(taken)
    }

    /// Removes all entries.
    pub(crate) fn clear(&self) {
        self.remove_pending();
        let count = self.slots.borrow().slots.len();
        // From the end, so that indices stay what they are and memory is reused.
        let removed: Vec<_> = (0..count).rev().filter_map(|slot| self.remove(slot)).collect();
        removed.into_iter().rev().for_each(drop);
    }

    /// Removes the entries of dead objects that could not be removed when those died.
    fn settle(&self) {
        let waits = R::WAITS_FOR_ITERATORS && self.iterators.get() > 0;
        if self.stale.get() && !waits && self.slots.try_borrow_mut().is_ok() {
            self.stale.set(false);
            let count = self.slots.borrow().slots.len();
            (0..count).for_each(|slot| self.remove_dead(slot));
        }
    }

    /// Removes the entries that waited for iterators, the last that died first.
    pub(crate) fn remove_pending(&self) {
        loop {
            let Some(slot) = self.pending.borrow_mut().pop() else { return };
            self.remove_dead(slot);
        }
    }

    /// The object of a slot has died.
    fn object_died(&self, slot: usize) {
        if R::WAITS_FOR_ITERATORS && self.iterators.get() > 0 {
            self.pending.borrow_mut().push(slot);
        } else {
            self.remove_dead(slot);
        }
    }

    /// Removes an entry if its object is dead; nothing unwinds.
    fn remove_dead(&self, slot: usize) {
        let taken = {
            let Ok(mut slots) = self.slots.try_borrow_mut() else {
                self.stale.set(true);
                return;
            };
            let is_dead = |slot: &Slot<T, E>| slot.weak.is_cleared();
            if !slots.slots.get(slot).and_then(Option::as_ref).is_some_and(is_dead) {
                return;
            }
            self.take(&mut slots, slot)
        };
        self.len.set(self.len.get() - 1);
        unraisable::catch(Origin::Drop, || R::TYPE_NAME, || drop(taken));
    }

    /// Moves the entries together. Those of dead objects are put out.
    fn compact(&self, slots: &mut Slots<T, E>, dead: &mut Vec<Slot<T, E>>) {
        self.changed();
        slots.heads.clear();
        let mut to = 0;
        for from in 0..slots.slots.len() {
            let Some(mut slot) = slots.slots[from].take() else { continue };
            let Some(entry) = slot.weak.entry().filter(|_| !slot.weak.is_cleared()) else {
                self.len.set(self.len.get() - 1);
                dead.push(slot);
                continue;
            };
            entry.more().callbacks.rename(slot.ticket.get(), to);
            slot.next = slots.heads.insert(slot.hash, to).unwrap_or(END);
            slots.slots[to] = Some(slot);
            to += 1;
        }
        slots.slots.truncate(to);
        slots.slots.shrink_to(to * 2);
    }

    /// Visits what is there now, in the order of insertion.
    pub(super) fn iterate(this: &Gc<Self>) -> Walk<T, E, R> {
        this.settle();
        let end = this.slots.borrow().slots.len();
        Walk { iterating: Iterating::new(this), next: 0, end }
    }

    /// The first entry at or after a slot whose object is alive, and what `read` makes of its extra.
    pub(crate) fn next_from<A>(&self, slot: usize, read: impl Fn(&E) -> A) -> Option<(usize, Gc<T>, A)> {
        let mut at = slot;
        while at < self.slots.borrow().slots.len() {
            let found = self.read(at, |slot| Some((slot.weak.upgrade()?, read(&slot.extra)))).flatten();
            if let Some((object, extra)) = found {
                return Some((at, object, extra));
            }
            at += 1;
        }
        None
    }

    /// The last entry whose object is alive.
    pub(crate) fn last(&self) -> Option<(usize, Gc<T>)> {
        let slots = self.slots.borrow();
        let slots = slots.slots.iter().enumerate().rev();
        slots.filter_map(|(index, slot)| Some((index, slot.as_ref()?.weak.upgrade()?))).next()
    }
}

impl<T: ?Sized, E> Slot<T, E> {
    fn unregister(&self) {
        if let Some(entry) = self.weak.entry() {
            entry.unregister(self.ticket.get());
        }
    }
}

/// A table that somebody iterates over: its slots stay where they are.
pub(crate) struct Iterating<T: Trace + ?Sized, E: Trace, R: Role> {
    /// Dropped before the table.
    _guard: Guard<T, E, R>,
    pub(crate) table: Gc<Table<T, E, R>>,
}

/// Ends the iteration. Weak, since a managed value that is dropped must not follow its own pointers.
struct Guard<T: Trace + ?Sized, E: Trace, R: Role>(Weak<Table<T, E, R>>);

impl<T: Trace + ?Sized, E: Trace, R: Role> Iterating<T, E, R> {
    pub(crate) fn new(table: &Gc<Table<T, E, R>>) -> Self {
        table.iterators.set(table.iterators.get() + 1);
        Iterating { _guard: Guard(Gc::downgrade(table)), table: table.clone() }
    }
}

impl<T: Trace + ?Sized, E: Trace, R: Role> Drop for Guard<T, E, R> {
    fn drop(&mut self) {
        let Some(table) = self.0.upgrade() else { return };
        table.iterators.set(table.iterators.get() - 1);
        if table.iterators.get() == 0 {
            table.remove_pending();
        }
    }
}

// SAFETY: the table is all that it owns; the guard's `Drop` follows a weak reference only.
unsafe impl<T: Trace + ?Sized, E: Trace, R: Role> Trace for Iterating<T, E, R> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.table.trace(tracer);
    }
}

/// Visits the entries that a table had when it was made, without those that are removed meanwhile.
pub(super) struct Walk<T: Trace + ?Sized, E: Trace, R: Role> {
    iterating: Iterating<T, E, R>,
    next: usize,
    end: usize,
}

impl<T: Trace + ?Sized, E: Trace, R: Role> Walk<T, E, R> {
    /// The next object that is alive, and what `read` makes of its extra.
    pub(super) fn next<A>(&mut self, read: impl Fn(&E) -> A) -> Option<(Gc<T>, A)> {
        let (slot, object, extra) = self.iterating.table.next_from(self.next, read)?;
        self.next = slot + 1;
        (slot < self.end).then_some((object, extra))
    }
}

// SAFETY: the extras are all that can own a `Gc`; while they are being changed nothing is reported, which leaks at worst.
// `Drop` touches only weak entries and the heap's count of tables. An extra that is not reported while marking is that of
// a key which may be dead, and if it is, `remove_dead` takes it out before anything is freed.
unsafe impl<T: Trace + ?Sized, E: Trace, R: Role> Trace for Table<T, E, R> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        let Ok(slots) = self.slots.try_borrow() else { return };
        tracer.items(slots.slots.iter(), |slot, tracer| {
            if let Some(slot) = slot {
                slot.trace::<R>(tracer);
            }
        });
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        let Ok(slots) = self.slots.try_borrow() else { return };
        for (index, slot) in slots.slots.iter().flatten().enumerate() {
            let (weak, extra) = if R::WEAK_IS_KEY {
                (Step::Key(index), Step::Index(index))
            } else {
                (Step::Index(index), Step::Key(index))
            };
            tracer.step(weak, |tracer| tracer.weak(slot.weak.header()));
            tracer.step(extra, |tracer| slot.extra.trace_named(tracer));
        }
    }

    fn acyclic() -> bool {
        !mem::needs_drop::<E>() || !R::IS_EPHEMERON && E::acyclic()
    }

    fn type_name() -> &'static str {
        R::TYPE_NAME
    }
}

impl<T: ?Sized, E: Trace> Slot<T, E> {
    fn trace<R: Role>(&self, tracer: &mut Tracer<'_>) {
        if R::IS_EPHEMERON {
            tracer.ephemeron(self.weak.header(), |tracer| self.extra.trace(tracer));
        } else {
            self.extra.trace(tracer);
        }
    }
}

impl<T: ?Sized, E, R> Drop for Table<T, E, R> {
    fn drop(&mut self) {
        let slots = mem::take(&mut self.slots.get_mut().slots);
        slots.iter().flatten().for_each(Slot::unregister);
        if self.is_counted {
            heap::with(|heap| heap.collector.remove_ephemerons());
        }
    }
}

/// # Safety
/// `owner` must be that of a live `Table<T, E, R>`.
unsafe fn remove_dead<T: Trace + ?Sized, E: Trace, R: Role>(owner: NonNull<Header>, slot: usize) {
    // SAFETY: the caller's promise; the clone is counted.
    unsafe { Gc::<Table<T, E, R>>::from_header_counted(owner) }.object_died(slot);
}

/// # Safety
/// `owner` must be that of a `Table<T, E, R>` that has its value.
unsafe fn lose<T: Trace + ?Sized, E: Trace, R: Role>(owner: NonNull<Header>) {
    // SAFETY: the caller's promise.
    unsafe { crate::header::value_of(owner).cast::<Table<T, E, R>>().as_ref() }.stale.set(true);
}

/// # Safety
/// As for [`lose`].
unsafe fn trace_extra<T: Trace + ?Sized, E: Trace, R: Role>(
    owner: NonNull<Header>,
    slot: usize,
    tracer: &mut Tracer<'_>,
) {
    // SAFETY: the caller's promise.
    let table = unsafe { crate::header::value_of(owner).cast::<Table<T, E, R>>().as_ref() };
    if let Ok(slots) = table.slots.try_borrow()
        && let Some(Some(slot)) = slots.slots.get(slot)
    {
        slot.extra.trace(tracer);
    }
}
