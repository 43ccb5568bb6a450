//! [`Gc`]: making, counting and giving up references.

mod api;
mod convert;
mod forward;
mod object;
mod unsized_;

use core::alloc::Layout;
use core::any::TypeId;
use core::marker::PhantomData;
use core::mem::{self, ManuallyDrop};
use core::ops::Deref;
use core::panic::{Location, RefUnwindSafe, UnwindSafe};
use core::ptr::NonNull;

pub use self::api::MakeMut;
pub(crate) use self::object::sealed;
pub use self::object::{Object, Reference};
pub(crate) use self::object::{head_of, header_at};
pub use self::unsized_::unsize;
use crate::collector::generations;
use crate::death;
use crate::header::{
    DECREMENTED, DROPS_LOUDLY, HAS_DROP, HAS_FINALIZER, Header, LISTED_YOUNG, TRACKED, TypeTable, header_of, prefix_of,
    value_of,
};
use crate::heap::{self, Heap, Kind, Shape};
use crate::trace::{Trace, Tracer};
use crate::weak::Weak;

/// A counted reference to an object on this thread's heap; cycles of them are collected.
///
/// It has the API of [`std::rc::Rc`], in Rc's names, is one word for a sized `T`, and so is `Option<Gc<T>>`. Acyclic
/// garbage dies at once, where its last reference goes; cyclic garbage dies in a collection.
///
/// Cloning and dropping cost what they cost with `Rc`. The value is immutable unless it has interior mutability; see
/// [`#[managed]`](crate::managed) for fields that can be set.
///
/// ```
/// use refcycle::{gc, managed, Gc};
///
/// #[managed]
/// struct Node {
///     #[managed(mut)]
///     next: Option<Gc<Node>>,
/// }
///
/// let a = Node::new(None);
/// let b = Node::new(Some(a.clone()));
/// a.set_next(Some(b.clone()));
/// drop((a, b));
/// assert_eq!(gc::collect(), 2);
/// ```
#[repr(transparent)]
pub struct Gc<T: ?Sized> {
    value: Address<T>,
    thread: PhantomData<dyn GcStaysOnItsThread>,
    // Not `PhantomData<T>`, through which rustc's checks would follow every type that an object leads to, 64 deep.
    owner: PhantomData<fn() -> *const T>,
}

/// The address of an object's value. `Send` and `Sync`, so that only [`GcStaysOnItsThread`] is named in errors.
#[repr(transparent)]
struct Address<T: ?Sized>(NonNull<T>);

// SAFETY: an address alone gives no access; `Gc`, which does, is neither `Send` nor `Sync` because of its marker.
unsafe impl<T: ?Sized> Send for Address<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized> Sync for Address<T> {}

/// Why a [`Gc`] is neither `Send` nor `Sync`: every thread has its own heap and its counts are not atomic. Send a copy of
/// the data instead, and make the objects on the other thread.
///
/// A trait object, since rustc names that in its error, and not what a struct is made of.
pub trait GcStaysOnItsThread: Unpin + UnwindSafe + RefUnwindSafe {}

const _: () = {
    assert!(size_of::<Gc<u8>>() == size_of::<usize>());
    assert!(size_of::<Option<Gc<u8>>>() == size_of::<usize>());
};

impl<T: Trace> Gc<T> {
    /// Makes an object. May collect garbage before, and so run `__del__` methods.
    ///
    /// ```
    /// let five = refcycle::Gc::new(5);
    /// assert_eq!(*five, 5);
    /// ```
    #[inline]
    #[track_caller]
    pub fn new(value: T) -> Self {
        let caller = Location::caller();
        // Nothing below unwinds: so the value is built in place, not built here and copied.
        let value = ManuallyDrop::new(value);
        let this = heap::with(|heap| {
            let header = heap.allocate(shape::<T>());
            number::<T>(heap, header);
            begin_life_with(heap, header, table::<T>(), type_bits::<T>(), !T::acyclic());
            if heap.traces_allocations() {
                crate::inspect::record_site(header, caller);
            }
            let place = value_of(header).cast::<T>();
            // SAFETY: the heap made room for a value of this shape behind the header, which nothing else refers to; the
            // header's count is 1, and that one is this `Gc`.
            unsafe {
                place.write(ManuallyDrop::into_inner(value));
                Gc::from_non_null(place)
            }
        });
        T::placed(&this);
        this
    }

    /// Makes an object that holds a weak reference to itself. The reference can't be upgraded before `build` has
    /// returned.
    ///
    /// ```
    /// use refcycle::{Gc, Weak};
    ///
    /// struct Gadget { me: Weak<Gadget> }
    /// # unsafe impl refcycle::Trace for Gadget { fn trace(&self, _: &mut refcycle::Tracer<'_>) {} }
    ///
    /// let gadget = Gc::new_cyclic(|me| Gadget { me: me.clone() });
    /// assert!(Gc::ptr_eq(&gadget.me.upgrade().unwrap(), &gadget));
    /// ```
    #[track_caller]
    pub fn new_cyclic(build: impl FnOnce(&Weak<T>) -> T) -> Self {
        let caller = Location::caller();
        let unborn = Unborn(heap::with(|heap| {
            let header = heap.allocate(shape::<T>());
            // An object is created before what is made for it.
            number::<T>(heap, header);
            if heap.traces_allocations() {
                crate::inspect::record_site(header, caller);
            }
            header
        }));
        let header = unborn.0;
        // SAFETY: the heap returns a valid header.
        unsafe { header.as_ref() }.set_table(table::<T>());
        let place = value_of(header).cast::<T>();
        // SAFETY: the object is being built; `Unborn` clears the reference if it never is.
        let weak = unsafe { Weak::to(place) };
        let value = build(&weak);
        mem::forget(unborn);
        // SAFETY: as in `new`. The weak entry, which took the table's place, is put back.
        let this = unsafe {
            place.write(value);
            heap::with(|heap| begin_life_with(heap, header, table::<T>(), type_bits::<T>(), !T::acyclic()));
            weak.reattach(header);
            Gc::from_non_null(place)
        };
        T::placed(&this);
        this
    }
}

/// Memory for an object whose value is being computed. Frees it when that panics.
struct Unborn(NonNull<Header>);

impl Drop for Unborn {
    fn drop(&mut self) {
        crate::weak::clear(self.0);
        // SAFETY: only weak references led to it, and those are cleared.
        heap::with(|heap| unsafe { heap.free(self.0) });
    }
}

/// What the heap has to know to place a `T`.
#[inline]
fn shape<T: Trace>() -> Shape {
    Shape::new(Layout::new::<T>(), Kind { tracked: !T::acyclic(), prefixed: T::has_ordinal() })
}

/// The type table of `T`.
#[inline]
fn table<T: Trace>() -> &'static TypeTable {
    &const { table_with::<T>(T::holds_itself) }
}

/// The type table of a `T` that is pinned.
fn pinned_table<T: Trace>() -> &'static TypeTable {
    &const { table_with::<T>(|| true) }
}

const fn table_with<T: Trace>(must_stay: fn() -> bool) -> TypeTable {
    TypeTable {
        drop_value: if mem::needs_drop::<T>() { Some(drop_value::<T>) } else { None },
        trace: trace_value::<T>,
        trace_named: trace_value_named::<T>,
        finalize: finalize_value::<T>,
        type_name: T::type_name,
        type_path: core::any::type_name::<T>,
        type_id: TypeId::of::<T>,
        as_value: T::as_value,
        must_stay,
        layout: Layout::new::<T>(),
        is_slice: false,
    }
}

/// # Safety
/// `header` must be that of a `T` that is never used again.
unsafe fn drop_value<T>(header: NonNull<Header>) {
    // SAFETY: the caller's promise.
    unsafe { value_of(header).cast::<T>().drop_in_place() }
}

/// # Safety
/// `header` must be that of a live `T`.
unsafe fn trace_value<T: Trace>(header: NonNull<Header>, tracer: &mut Tracer<'_>) {
    // SAFETY: the caller's promise.
    unsafe { value_of(header).cast::<T>().as_ref() }.trace(tracer);
}

/// # Safety
/// `header` must be that of a live `T`.
unsafe fn trace_value_named<T: Trace>(header: NonNull<Header>, tracer: &mut Tracer<'_>) {
    // SAFETY: the caller's promise.
    unsafe { value_of(header).cast::<T>().as_ref() }.trace_named(tracer);
}

/// # Safety
/// `header` must be that of a live `T`.
unsafe fn finalize_value<T: Trace>(header: NonNull<Header>) {
    if let Some(finalizer) = T::finalizer() {
        // SAFETY: the caller's promise; the clone is counted and given up at the end.
        let this = unsafe { Gc::<T>::from_header_counted(header) };
        finalizer(&this);
    }
}

/// What a header says of dropping a `T`.
#[inline]
fn drop_bits<T: Trace>() -> u32 {
    match (mem::needs_drop::<T>(), T::drops_quietly()) {
        (false, _) => 0,
        (true, true) => HAS_DROP,
        (true, false) => HAS_DROP | DROPS_LOUDLY,
    }
}

/// What a header says of the end of a `T`.
#[inline]
fn type_bits<T: Trace>() -> u32 {
    drop_bits::<T>() | if T::finalizer().is_some() { HAS_FINALIZER } else { 0 }
}

/// Numbers an object in the order of creation, if its type asks for that.
#[inline]
fn number<T: Trace>(heap: &Heap, header: NonNull<Header>) {
    if T::has_ordinal() {
        // SAFETY: `shape` asked for a prefix.
        unsafe { prefix_of(header) }.extra.set(heap.collector.next_ordinal() as usize);
    }
}

/// Makes a slot an object with one reference. Its value must be there before any other code runs.
#[inline]
fn begin_life_with(heap: &Heap, header: NonNull<Header>, table: &'static TypeTable, bits: u32, tracked: bool) {
    // SAFETY: the heap returns valid headers.
    let head = unsafe { header.as_ref() };
    if tracked && !head.has(LISTED_YOUNG) {
        generations::enlist(heap, header);
    }
    head.set_state(head.state() | bits | if tracked { TRACKED } else { 0 });
    head.set_table(table);
    head.set_count(1);
}

impl<T: ?Sized> Gc<T> {
    /// # Safety
    /// `value` must be the value of a live object, and a reference must have been counted for the result.
    #[inline]
    pub(crate) unsafe fn from_non_null(value: NonNull<T>) -> Self {
        Gc { value: Address(value), thread: PhantomData, owner: PhantomData }
    }

    #[inline]
    pub(crate) fn as_non_null(&self) -> NonNull<T> {
        self.value.0
    }

    #[inline]
    pub(crate) fn header(&self) -> NonNull<Header> {
        // SAFETY: a `Gc` points to the value of an object.
        unsafe { header_of(self.value.0) }
    }

    #[inline]
    pub(crate) fn head(&self) -> &Header {
        // SAFETY: this reference keeps the object alive.
        unsafe { self.header().as_ref() }
    }
}

impl<T> Gc<T> {
    /// A new counted reference.
    ///
    /// # Safety
    /// `header` must be that of a live object whose value is a `T`.
    pub(crate) unsafe fn from_header_counted(header: NonNull<Header>) -> Self {
        // SAFETY: the caller's promise.
        unsafe {
            header.as_ref().increment();
            Gc::from_non_null(value_of(header).cast())
        }
    }
}

/// Gives up a reference: the object may die.
///
/// # Safety
/// The caller must own a counted reference, and not use it again.
#[inline]
pub(crate) unsafe fn release(header: NonNull<Header>) {
    // SAFETY: the caller's promise; `death::last` is for a count that has just become this.
    unsafe { give_up(header, death::last) }
}

/// Gives up a reference; `last` is called if it was the last.
///
/// # Safety
/// As for [`release`]; `last` must be one of the functions of [`death`] for this.
#[inline]
unsafe fn give_up(header: NonNull<Header>, last: unsafe fn(NonNull<Header>)) {
    // SAFETY: the caller's reference keeps the object alive.
    let head = unsafe { header.as_ref() };
    let count = head.count().wrapping_sub(1);
    head.set_count(count);
    if count == 0 {
        // SAFETY: the caller's promise.
        return unsafe { last(header) };
    }
    if !head.has(DECREMENTED) {
        crate::collector::pace::suspect(header);
    }
}

impl<T: ?Sized> Drop for Gc<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: a `Gc` owns a counted reference. A value with something to drop never dies the quick way.
        unsafe {
            if mem::needs_drop::<T>() {
                give_up(self.header(), death::last);
            } else {
                give_up(self.header(), death::last_of_plain);
            }
        }
    }
}

impl<T: ?Sized> Clone for Gc<T> {
    /// One more reference to the same object.
    #[inline]
    fn clone(&self) -> Self {
        let value = self.value.0;
        // SAFETY: this reference keeps the object alive, and one more is counted for the result.
        unsafe {
            header_of(value).as_ref().increment();
            Gc::from_non_null(value)
        }
    }
}

impl<T: ?Sized> Deref for Gc<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: a counted reference keeps the value, which is only ever borrowed mutably through the sole reference
        // (`get_mut`) or while it is built.
        unsafe { self.value.0.as_ref() }
    }
}
