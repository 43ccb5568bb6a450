//! Slices, text and trait objects.

use core::alloc::Layout;
use core::any::TypeId;
use core::mem::{self, ManuallyDrop, MaybeUninit};
use core::panic::Location;
use core::ptr::NonNull;

use super::{Gc, MakeMut, begin_life_with, drop_bits};
use crate::header::{HAS_WEAK, Header, TypeTable, header_of, prefix_of, value_of};
use crate::heap::{self, Kind, Shape};
use crate::trace::{Trace, Tracer};

/// Turns a `Gc<T>` into a `Gc<dyn Trait>`, or one of an array into one of a slice.
///
/// `Rc` does this by itself with a trait that is unstable; `unsize!(pointer => target)` does it on stable Rust. The trait
/// must have [`Trace`] as a supertrait, or be `Any`.
///
/// ```
/// use refcycle::{managed, unsize, Gc, Trace};
///
/// trait Shape: Trace {
///     fn area(&self) -> f64;
/// }
/// #[managed]
/// struct Square { side: f64 }
/// impl Shape for Square {
///     fn area(&self) -> f64 { self.side * self.side }
/// }
///
/// let shape: Gc<dyn Shape> = unsize!(Square::new(3.0) => dyn Shape);
/// assert_eq!(shape.area(), 9.0);
/// ```
#[macro_export]
macro_rules! unsize {
    ($pointer:expr => $target:ty) => {
        match $pointer {
            // SAFETY: the closure only unsizes the pointer it gets.
            pointer => unsafe { $crate::private::unsize(pointer, |value: *const _| -> *const $target { value }) },
        }
    };
}

/// What [`unsize!`](crate::unsize) calls.
///
/// # Safety
/// `coerce` must return the pointer that it gets, unsized.
#[doc(hidden)]
#[inline]
pub unsafe fn unsize<T, U: ?Sized>(pointer: Gc<T>, coerce: fn(*const T) -> *const U) -> Gc<U> {
    // SAFETY: the same object, whose reference is handed over (the caller's promise).
    unsafe { Gc::from_raw(coerce(Gc::into_raw(pointer))) }
}

/// A slot for a slice of `len` elements, that is no object yet.
#[track_caller]
fn allocate_slice<T>(len: usize, tracked: bool) -> NonNull<Header> {
    let caller = Location::caller();
    let layout = Layout::array::<T>(len).expect("refcycle: a slice larger than the address space");
    let header = heap::with(|heap| {
        let header = heap.allocate(Shape::new(layout, Kind { tracked, prefixed: true }));
        if heap.traces_allocations() {
            crate::inspect::record_site(header, caller);
        }
        header
    });
    // SAFETY: the slot was asked for with a prefix.
    unsafe { prefix_of(header) }.extra.set(len);
    header
}

/// The length of a slice.
///
/// # Safety
/// `header` must be that of a slice.
unsafe fn slice_at<T>(header: NonNull<Header>) -> NonNull<[T]> {
    // SAFETY: slices have a prefix, with their length.
    let len = unsafe { prefix_of(header) }.extra.get();
    NonNull::slice_from_raw_parts(value_of(header).cast::<T>(), len)
}

/// # Safety
/// `header` must be that of a `[T]` that is never used again.
unsafe fn drop_slice<T>(header: NonNull<Header>) {
    // SAFETY: the caller's promise.
    unsafe { slice_at::<T>(header).drop_in_place() }
}

/// # Safety
/// `header` must be that of a live `[T]`.
unsafe fn trace_slice<T: Trace>(header: NonNull<Header>, tracer: &mut Tracer<'_>) {
    // SAFETY: the caller's promise.
    unsafe { slice_at::<T>(header).as_ref() }.trace(tracer);
}

/// # Safety
/// `header` must be that of a live `[T]`.
unsafe fn trace_slice_named<T: Trace>(header: NonNull<Header>, tracer: &mut Tracer<'_>) {
    // SAFETY: the caller's promise.
    unsafe { slice_at::<T>(header).as_ref() }.trace_named(tracer);
}

/// For types without a finalizer.
unsafe fn no_finalizer(_header: NonNull<Header>) {}

/// For types without references.
unsafe fn no_references(_header: NonNull<Header>, _tracer: &mut Tracer<'_>) {}

fn slice_table<T: Trace>() -> &'static TypeTable {
    &const {
        TypeTable {
            drop_value: if mem::needs_drop::<T>() { Some(drop_slice::<T>) } else { None },
            trace: trace_slice::<T>,
            trace_named: trace_slice_named::<T>,
            finalize: no_finalizer,
            type_name: core::any::type_name::<[T]>,
            type_path: core::any::type_name::<[T]>,
            type_id: TypeId::of::<[T]>,
            as_value: || None,
            layout: Layout::new::<T>(),
            must_stay: || false,
            is_slice: true,
        }
    }
}

static STR_TABLE: TypeTable = TypeTable {
    drop_value: None,
    trace: no_references,
    trace_named: no_references,
    finalize: no_finalizer,
    type_name: core::any::type_name::<str>,
    type_path: core::any::type_name::<str>,
    type_id: TypeId::of::<str>,
    as_value: || None,
    layout: Layout::new::<u8>(),
    must_stay: || false,
    is_slice: true,
};

impl<T: Trace> From<Vec<T>> for Gc<[T]> {
    /// Moves the items into an object.
    #[track_caller]
    fn from(items: Vec<T>) -> Self {
        let mut items = ManuallyDrop::new(items);
        let tracked = !T::acyclic();
        let bits = drop_bits::<T>();
        let header = allocate_slice::<T>(items.len(), tracked);
        heap::with(|heap| begin_life_with(heap, header, slice_table::<T>(), bits, tracked));
        // SAFETY: the object has room for the items, which are moved into it; what is left of the vector is its memory.
        unsafe {
            let place = slice_at::<T>(header);
            place.cast::<T>().copy_from_nonoverlapping(NonNull::new_unchecked(items.as_mut_ptr()), items.len());
            items.set_len(0);
            drop(ManuallyDrop::into_inner(items));
            Gc::from_non_null(place)
        }
    }
}

impl From<&str> for Gc<str> {
    /// Copies the text into an object.
    #[track_caller]
    fn from(text: &str) -> Self {
        let header = allocate_slice::<u8>(text.len(), false);
        heap::with(|heap| begin_life_with(heap, header, &STR_TABLE, 0, false));
        // SAFETY: the object has room for the bytes, which are valid UTF-8.
        unsafe {
            let place = slice_at::<u8>(header);
            place.cast::<u8>().copy_from_nonoverlapping(NonNull::from(text).cast(), text.len());
            Gc::from_non_null(NonNull::new_unchecked(place.as_ptr() as *mut str))
        }
    }
}

impl<T: Trace, const N: usize> TryFrom<Gc<[T]>> for Gc<[T; N]> {
    type Error = Gc<[T]>;

    /// The same object as an array, if the length fits. What `gc` shows of it is still a slice.
    fn try_from(slice: Gc<[T]>) -> Result<Self, Gc<[T]>> {
        if slice.len() != N {
            return Err(slice);
        }
        let value = ManuallyDrop::new(slice).as_non_null().cast::<[T; N]>();
        // SAFETY: a slice of N items has the layout of an array; the reference is handed over.
        Ok(unsafe { Gc::from_non_null(value) })
    }
}

impl<T: Trace> Gc<[T]> {
    /// Makes a slice whose items are written later.
    ///
    /// ```
    /// use refcycle::Gc;
    ///
    /// let mut squares = Gc::<[u32]>::new_uninit_slice(3);
    /// for (n, place) in (0..).zip(Gc::get_mut(&mut squares).unwrap()) {
    ///     place.write(n * n);
    /// }
    /// // SAFETY: all items were just written.
    /// let squares = unsafe { squares.assume_init() };
    /// assert_eq!(*squares, [0, 1, 4]);
    /// ```
    pub fn new_uninit_slice(len: usize) -> Gc<[MaybeUninit<T>]> {
        (0..len).map(|_| MaybeUninit::uninit()).collect()
    }

    /// Makes a slice of zero bytes.
    pub fn new_zeroed_slice(len: usize) -> Gc<[MaybeUninit<T>]> {
        (0..len).map(|_| MaybeUninit::zeroed()).collect()
    }
}

impl<T: Trace> Gc<[MaybeUninit<T>]> {
    /// The same object, with the items that were written to it.
    ///
    /// # Safety
    /// All items must be initialised, and no other reference to this object may be used afterwards unless its items are
    /// `T`s for it as well.
    pub unsafe fn assume_init(self) -> Gc<[T]> {
        let items = ManuallyDrop::new(self).as_non_null();
        // SAFETY: `MaybeUninit<T>` has the layout of `T` and is tracked as `T` is; the caller promises items.
        unsafe {
            let header = header_of(items);
            let head = header.as_ref();
            if head.has(HAS_WEAK) {
                crate::weak::clear(header);
            }
            head.set_table(slice_table::<T>());
            head.insert(drop_bits::<T>());
            Gc::from_non_null(NonNull::slice_from_raw_parts(items.cast::<T>(), items.len()))
        }
    }
}

impl<T: Trace + Clone> MakeMut for [T] {
    fn copied(&self) -> Gc<[T]> {
        Gc::from(self)
    }
}

impl MakeMut for str {
    fn copied(&self) -> Gc<str> {
        Gc::from(self)
    }
}
