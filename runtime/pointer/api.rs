//! The rest of `Rc`'s inherent API.

use core::any::Any;
use core::mem::{ManuallyDrop, MaybeUninit};
use core::pin::Pin;
use core::ptr::{self, NonNull};

use super::{Gc, pinned_table, release, table, type_bits};
use crate::death;
use crate::header::{HAS_FINALIZER, HAS_WEAK, IMMORTAL, header_of, value_of};
use crate::heap;
use crate::trace::Trace;
use crate::weak::Weak;

/// May values be lent without a count, so that one reference does not prove that nobody looks at the value?
fn is_lending() -> bool {
    heap::with(|heap| heap.deaths.are_lending())
}

/// A value that [`Gc::make_mut`] can copy: one that can be cloned, a slice of such, or text.
pub trait MakeMut {
    /// A copy in a new object.
    #[doc(hidden)]
    fn copied(&self) -> Gc<Self>;

    /// The name of the type, if its values must stay where they are.
    #[doc(hidden)]
    fn must_stay() -> Option<&'static str> {
        None
    }
}

impl<T: Trace + Clone> MakeMut for T {
    fn copied(&self) -> Gc<T> {
        Gc::new(self.clone())
    }

    fn must_stay() -> Option<&'static str> {
        T::holds_itself().then(T::type_name)
    }
}

/// A copy in a new object that `gc` doesn't show: what it takes the place of may die and run code of the program.
fn lendable<T: MakeMut + ?Sized>(value: &T) -> Gc<T> {
    let this = value.copied();
    this.head().begin_borrow();
    this
}

impl<T: Trace> Gc<T> {
    /// Makes an object that doesn't move; as no object does, this is [`Gc::new`] in a `Pin`.
    pub fn pin(value: T) -> Pin<Self> {
        let this = Gc::new(value);
        this.head().set_table(pinned_table::<T>());
        // SAFETY: the value stays where it is until it is dropped: `get_mut` and its like, which a `Pin` doesn't offer
        // for `!Unpin` types, ask the table, since `gc` may give out a `Gc` to this object.
        unsafe { Pin::new_unchecked(this) }
    }

    /// Takes the value out of the object if `this` is its only reference; weak references to it are cleared.
    ///
    /// # Errors
    /// Gives `this` back if there are other references, or if the type has a `__del__` or knows its own pointer: such an
    /// object dies as a whole.
    ///
    /// ```
    /// use refcycle::Gc;
    ///
    /// let x = Gc::new(3);
    /// let y = x.clone();
    /// let x = Gc::try_unwrap(x).unwrap_err();
    /// drop(y);
    /// assert_eq!(Gc::try_unwrap(x), Ok(3));
    /// ```
    pub fn try_unwrap(this: Self) -> Result<T, Self> {
        let head = this.head();
        if head.count() != 1 || head.has(HAS_FINALIZER | IMMORTAL) || head.must_stay() || is_lending() {
            return Err(this);
        }
        let header = ManuallyDrop::new(this).header();
        // SAFETY: the only reference is given up: its count becomes 0, weak references are cleared, the value is moved
        // out, and nothing refers to the memory that is freed.
        unsafe {
            header.as_ref().set_count(0);
            if header.as_ref().has(HAS_WEAK) {
                crate::weak::clear(header);
            }
            let value = value_of(header).cast::<T>().read();
            heap::with(|heap| death::free(heap, header));
            Ok(value)
        }
    }

    /// The value if `this` is its only reference, else `None`: [`Gc::try_unwrap`] that drops `this` if it can't.
    pub fn into_inner(this: Self) -> Option<T> {
        Gc::try_unwrap(this).ok()
    }

    /// The value if `this` is its only reference, else a clone of it.
    pub fn unwrap_or_clone(this: Self) -> T
    where
        T: Clone,
    {
        Gc::try_unwrap(this).unwrap_or_else(|this| (*this).clone())
    }

    /// Makes an object whose value is written later.
    ///
    /// ```
    /// use refcycle::Gc;
    ///
    /// let mut five = Gc::<u32>::new_uninit();
    /// Gc::get_mut(&mut five).unwrap().write(5);
    /// // SAFETY: just written.
    /// let five = unsafe { five.assume_init() };
    /// assert_eq!(*five, 5);
    /// ```
    pub fn new_uninit() -> Gc<MaybeUninit<T>> {
        Gc::new(MaybeUninit::uninit())
    }

    /// Makes an object of zero bytes.
    pub fn new_zeroed() -> Gc<MaybeUninit<T>> {
        Gc::new(MaybeUninit::zeroed())
    }
}

impl<T: Trace> Gc<MaybeUninit<T>> {
    /// The same object, with the value that was written to it.
    ///
    /// # Safety
    /// The value must be initialised, and no other reference to this object may be used afterwards unless it is a `T`
    /// for it as well.
    pub unsafe fn assume_init(self) -> Gc<T> {
        let value = ManuallyDrop::new(self).as_non_null().cast::<T>();
        // SAFETY: `MaybeUninit<T>` has the layout of `T`, asks for the same kind of slot, is tracked as `T` is, and the
        // caller promises a value.
        unsafe {
            let header = header_of(value);
            let head = header.as_ref();
            if head.has(HAS_WEAK) {
                crate::weak::clear(header);
            }
            head.set_table(table::<T>());
            head.insert(type_bits::<T>());
            let this = Gc::from_non_null(value);
            T::placed(&this);
            this
        }
    }
}

impl<T: ?Sized> Gc<T> {
    /// The number of references to the object. [`gc::getrefcount`](crate::gc::getrefcount) counts its own argument too, as
    /// CPython does.
    ///
    /// ```
    /// use refcycle::{Gc, gc};
    ///
    /// let five = Gc::new(5);
    /// let same = five.clone();
    /// assert_eq!((Gc::strong_count(&same), gc::getrefcount(&five)), (2, 3));
    /// ```
    pub fn strong_count(this: &Self) -> usize {
        this.head().count() as usize
    }

    /// The number of [`Weak`] references to the object.
    pub fn weak_count(this: &Self) -> usize {
        // SAFETY: a header's entry is live.
        this.head().weak_entry().map_or(0, |entry| unsafe { entry.as_ref() }.weak_count())
    }

    /// Do both refer to the same object?
    ///
    /// ```
    /// use refcycle::Gc;
    ///
    /// let five = Gc::new(5);
    /// assert!(Gc::ptr_eq(&five, &five.clone()));
    /// assert!(!Gc::ptr_eq(&five, &Gc::new(5)));
    /// ```
    #[inline]
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        ptr::addr_eq(this.as_non_null().as_ptr(), other.as_non_null().as_ptr())
    }

    /// A reference that does not keep the object alive. The first one to an object allocates; see [`Weak`].
    pub fn downgrade(this: &Self) -> Weak<T> {
        // SAFETY: `this` keeps the object alive.
        unsafe { Weak::to(this.as_non_null()) }
    }

    /// The address of the value.
    #[inline]
    pub fn as_ptr(this: &Self) -> *const T {
        this.as_non_null().as_ptr()
    }

    /// The address of the value, with the reference that `this` was: give it back with [`Gc::from_raw`].
    ///
    /// ```
    /// use refcycle::Gc;
    ///
    /// let raw = Gc::into_raw(Gc::new(5));
    /// // SAFETY: taken back once, on the same thread.
    /// let five = unsafe { Gc::from_raw(raw) };
    /// assert_eq!(*five, 5);
    /// ```
    #[must_use = "losing the pointer leaks the object"]
    pub fn into_raw(this: Self) -> *const T {
        ManuallyDrop::new(this).as_non_null().as_ptr()
    }

    /// The reference that became a raw pointer in [`Gc::into_raw`].
    ///
    /// # Safety
    /// `value` must come from [`Gc::into_raw`], on this thread, and be taken back at most once for each.
    pub unsafe fn from_raw(value: *const T) -> Self {
        // SAFETY: the caller's promise; a `Gc`'s pointer is not null.
        unsafe { Gc::from_non_null(NonNull::new_unchecked(value.cast_mut())) }
    }

    /// One more reference to the object behind a raw pointer.
    ///
    /// # Safety
    /// `value` must come from [`Gc::into_raw`], on this thread, and the object must be alive.
    pub unsafe fn increment_strong_count(value: *const T) {
        // SAFETY: the caller's promise.
        unsafe { header_of(NonNull::new_unchecked(value.cast_mut())).as_ref() }.increment();
    }

    /// One reference less to the object behind a raw pointer; it dies if that was the last.
    ///
    /// # Safety
    /// As for [`Gc::increment_strong_count`]; and the caller must own the reference that is given up.
    pub unsafe fn decrement_strong_count(value: *const T) {
        // SAFETY: the caller's promise.
        unsafe { release(header_of(NonNull::new_unchecked(value.cast_mut()))) }
    }

    /// The value, mutably, if `this` is the only reference, weak ones and the object's own included.
    ///
    /// [`gc::get_objects`](crate::gc::get_objects) and its like don't show the object from then on, until a collection has
    /// met a reference to it.
    ///
    /// ```
    /// use refcycle::Gc;
    ///
    /// let mut x = Gc::new(3);
    /// *Gc::get_mut(&mut x).unwrap() = 4;
    /// let y = x.clone();
    /// assert!(Gc::get_mut(&mut x).is_none());
    /// # drop(y);
    /// ```
    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        let head = this.head();
        if !head.is_unique() || head.must_stay() || is_lending() {
            return None;
        }
        head.begin_borrow();
        // SAFETY: there is no other reference, and no weak one that could become one. The collector, which knows the
        // object too, does not look at the value because of BORROWED.
        Some(unsafe { this.value.0.as_mut() })
    }
}

impl<T: MakeMut + ?Sized> Gc<T> {
    /// The value, mutably: a clone of it in a new object if there are other references. Weak references are cleared.
    ///
    /// ```
    /// use refcycle::Gc;
    ///
    /// let mut x = Gc::new(3);
    /// let y = x.clone();
    /// *Gc::make_mut(&mut x) += 1;
    /// assert_eq!((*x, *y), (4, 3));
    /// ```
    ///
    /// # Panics
    /// If the type knows its own pointer (`#[managed(this)]`): its values stay where they are.
    pub fn make_mut(this: &mut Self) -> &mut T {
        if let Some(name) = T::must_stay() {
            panic!("`{name}` knows its own pointer, so its values cannot be lent mutably");
        }
        let head = this.head();
        if head.count() != 1 || head.is_immortal() || head.must_stay() || is_lending() {
            *this = lendable(&**this);
        } else if this.head().has(HAS_WEAK) {
            crate::weak::clear(this.header());
            // A callback may have got hold of the object by other ways than the references just cleared.
            if Gc::get_mut(this).is_none() {
                *this = lendable(&**this);
            }
        }
        this.head().begin_borrow();
        // SAFETY: there is one reference, `this`, and no weak one; BORROWED keeps the collector away.
        unsafe { this.value.0.as_mut() }
    }
}

impl Gc<dyn Any> {
    /// The same reference with the value's concrete type.
    ///
    /// # Errors
    /// Gives `self` back if the value is of another type.
    ///
    /// ```
    /// use std::any::Any;
    /// use refcycle::{Gc, unsize};
    ///
    /// let any: Gc<dyn Any> = unsize!(Gc::new(5_i32) => dyn Any);
    /// assert_eq!(*any.downcast::<i32>().unwrap(), 5);
    /// ```
    pub fn downcast<T: Any>(self) -> Result<Gc<T>, Self> {
        if !(*self).is::<T>() {
            return Err(self);
        }
        let value = ManuallyDrop::new(self).as_non_null().cast::<T>();
        // SAFETY: the value is a `T`; the reference is handed over.
        Ok(unsafe { Gc::from_non_null(value) })
    }
}
