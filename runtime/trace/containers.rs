//! Types of the standard library that own what they are made of.

use core::cell::{Cell, OnceCell, RefCell};
use core::cmp::Reverse;
use core::mem::MaybeUninit;
use core::num::{Saturating, Wrapping};
use core::ops::{Bound, ControlFlow, Range, RangeFrom, RangeInclusive, RangeTo, RangeToInclusive};
use core::panic::AssertUnwindSafe;
use core::pin::Pin;
use core::task::Poll;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};

use super::{Step, Trace, Tracer};
use crate::pointer::Gc;

/// `Trace` for collections: every item is reported, by `items` if it can be reached at once, else by `each`.
macro_rules! collections {
    ($([$($generics:tt)*] $type:ty => $report:ident: $($part:ident),+ $(; $hasher:ident)?)|+ $(|)?) => {$(
        // SAFETY: a collection owns its items, and iterating over it runs no code of theirs.
        unsafe impl<$($generics)*> Trace for $type {
            #[inline]
            fn trace(&self, tracer: &mut Tracer<'_>) {
                tracer.$report(self.iter(), |item, tracer| item.trace(tracer));
            }

            fn trace_named(&self, tracer: &mut Tracer<'_>) {
                for (index, item) in self.iter().enumerate() {
                    tracer.step(Step::Index(index), |tracer| item.trace_named(tracer));
                }
            }

            as_its_parts!($($part),+ $(; $hasher)?);
        }
    )+};
}

collections! {
    [T: Trace] Vec<T> => items: T |
    [T: Trace] VecDeque<T> => items: T |
    [T: Trace] LinkedList<T> => each: T |
    [T: Trace] BTreeSet<T> => each: T |
    [T: Trace, S: 'static] HashSet<T, S> => each: T; S |
    [T: Trace, const N: usize] [T; N] => items: T |
}

/// `Trace` for maps: keys and values are reported.
macro_rules! maps {
    ($([$($generics:tt)*] $type:ty $(, $hasher:ident)?);+ $(;)?) => {$(
        // SAFETY: a map owns its keys and values, and iterating over it runs no code of theirs.
        unsafe impl<$($generics)*> Trace for $type {
            #[inline]
            fn trace(&self, tracer: &mut Tracer<'_>) {
                tracer.each(self.iter(), |(key, value), tracer| {
                    key.trace(tracer);
                    value.trace(tracer);
                });
            }

            fn trace_named(&self, tracer: &mut Tracer<'_>) {
                for (index, (key, value)) in self.iter().enumerate() {
                    tracer.step(Step::Key(index), |tracer| key.trace_named(tracer));
                    tracer.step(Step::Index(index), |tracer| value.trace_named(tracer));
                }
            }

            as_its_parts!(K, V $(; $hasher)?);
        }
    )+};
}

maps! {
    [K: Trace, V: Trace] BTreeMap<K, V>;
    [K: Trace, V: Trace, S: 'static] HashMap<K, V, S>, S;
}

/// `Trace` for types that wrap one value.
macro_rules! wrappers {
    ($([$($generics:tt)*] $type:ty, $inner:ident => |$this:ident| $value:expr);+ $(;)?) => {$(
        // SAFETY: what is wrapped is all that the value owns.
        unsafe impl<$($generics)*> Trace for $type {
            #[inline]
            fn trace(&self, tracer: &mut Tracer<'_>) {
                let $this = self;
                $value.trace(tracer);
            }

            fn trace_named(&self, tracer: &mut Tracer<'_>) {
                let $this = self;
                $value.trace_named(tracer);
            }

            as_its_parts!($inner);
        }
    )+};
}

wrappers! {
    [T: Trace] Wrapping<T>, T => |this| this.0;
    [T: Trace] Saturating<T>, T => |this| this.0;
    [T: Trace] Reverse<T>, T => |this| this.0;
    [T: Trace] BinaryHeap<T>, T => |this| this.as_slice();
    [T: Trace] AssertUnwindSafe<T>, T => |this| this.0;
    [T: Trace] RangeFrom<T>, T => |this| this.start;
    [T: Trace] RangeTo<T>, T => |this| this.end;
    [T: Trace] RangeToInclusive<T>, T => |this| this.end;
}

// SAFETY: a box owns its value.
unsafe impl<T: Trace + ?Sized> Trace for Box<T> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        (**self).trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        (**self).trace_named(tracer);
    }
}

// SAFETY: a pinned box owns its value.
unsafe impl<T: Trace + ?Sized> Trace for Pin<Box<T>> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        (**self).trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        (**self).trace_named(tracer);
    }
}

// SAFETY: a pinned `Gc` is a `Gc`.
unsafe impl<T: ?Sized + 'static> Trace for Pin<Gc<T>> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        // SAFETY: `Pin` is `repr(transparent)` over its pointer.
        unsafe { &*core::ptr::from_ref(self).cast::<Gc<T>>() }.trace(tracer);
    }
}

// SAFETY: a slice owns its items.
unsafe impl<T: Trace> Trace for [T] {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.items(self.iter(), |item, tracer| item.trace(tracer));
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        for (index, item) in self.iter().enumerate() {
            tracer.step(Step::Index(index), |tracer| item.trace_named(tracer));
        }
    }
}

// SAFETY: a cell owns its value.
unsafe impl<T: Trace> Trace for Cell<T> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        // SAFETY: a `Cell` gives out no reference to its content, except for `&mut` through a `&mut` to itself, during
        // which nobody has the `&self` of this call; and tracing changes nothing.
        unsafe { &*self.as_ptr() }.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        // SAFETY: as in `trace`.
        unsafe { &*self.as_ptr() }.trace_named(tracer);
    }

    as_its_parts!(T);
}

// SAFETY: a cell owns its value. While that is mutably borrowed what it refers to counts as referred to from outside.
unsafe impl<T: Trace> Trace for RefCell<T> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        // SAFETY: the reference ends with this call, in which nobody can borrow mutably.
        if let Ok(value) = unsafe { self.try_borrow_unguarded() } {
            value.trace(tracer);
        }
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        if let Ok(value) = self.try_borrow() {
            value.trace_named(tracer);
        }
    }

    as_its_parts!(T);
}

// SAFETY: a cell owns its value, once it has one.
unsafe impl<T: Trace> Trace for OnceCell<T> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Some(value) = self.get() {
            value.trace(tracer);
        }
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        if let Some(value) = self.get() {
            value.trace_named(tracer);
        }
    }

    as_its_parts!(T);
}

// SAFETY: reports nothing, since there may be no value.
unsafe impl<T: Trace> Trace for MaybeUninit<T> {
    #[inline]
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    as_its_parts!(T);

    #[inline]
    fn has_ordinal() -> bool {
        T::has_ordinal()
    }
}

// SAFETY: what is borrowed is borrowed for ever, and owned by nobody here.
unsafe impl<B> Trace for Cow<'static, B>
where
    B: ToOwned<Owned: Trace> + ?Sized,
{
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Cow::Owned(value) = self {
            value.trace(tracer);
        }
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        if let Cow::Owned(value) = self {
            value.trace_named(tracer);
        }
    }

    as_its_parts!(B::Owned);
}

/// `Trace` for enums: the value of whichever variant it is.
macro_rules! enums {
    ($([$($generic:ident),+] $type:ty { $($pattern:pat => $value:expr),+ $(,)? })+) => {$(
        // SAFETY: the variant's value is all that it owns.
        unsafe impl<$($generic: Trace),+> Trace for $type {
            #[inline]
            fn trace(&self, tracer: &mut Tracer<'_>) {
                match self {
                    $($pattern => $value.trace(tracer),)+
                    #[allow(unreachable_patterns, reason = "some enums have no variant without a value")]
                    _ => {}
                }
            }

            fn trace_named(&self, tracer: &mut Tracer<'_>) {
                match self {
                    $($pattern => $value.trace_named(tracer),)+
                    #[allow(unreachable_patterns, reason = "some enums have no variant without a value")]
                    _ => {}
                }
            }

            as_its_parts!($($generic),+);

            #[inline]
            fn clones_quietly() -> bool {
                $($generic::clones_quietly())&&+
            }
        }
    )+};
}

enums! {
    [T] Option<T> { Some(value) => value }
    [T, E] Result<T, E> { Ok(value) => value, Err(error) => error }
    [T] Poll<T> { Poll::Ready(value) => value }
    [T] Bound<T> { Bound::Included(value) => value, Bound::Excluded(value) => value }
    [B, C] ControlFlow<B, C> { ControlFlow::Continue(value) => value, ControlFlow::Break(value) => value }
}

/// `Trace` for ranges with two ends.
macro_rules! ranges {
    ($($type:ident: |$this:ident| $start:expr, $end:expr);+ $(;)?) => {$(
        // SAFETY: its ends are all that a range owns.
        unsafe impl<T: Trace> Trace for $type<T> {
            #[inline]
            fn trace(&self, tracer: &mut Tracer<'_>) {
                let $this = self;
                $start.trace(tracer);
                $end.trace(tracer);
            }

            fn trace_named(&self, tracer: &mut Tracer<'_>) {
                let $this = self;
                tracer.step(Step::Field("start"), |tracer| $start.trace_named(tracer));
                tracer.step(Step::Field("end"), |tracer| $end.trace_named(tracer));
            }

            as_its_parts!(T);
        }
    )+};
}

ranges! {
    Range: |this| this.start, this.end;
    RangeInclusive: |this| this.start(), this.end();
}

/// `Trace` for tuples.
macro_rules! tuples {
    ($($item:ident $index:tt)+) => {
        // SAFETY: a tuple owns its items.
        unsafe impl<$($item: Trace),+> Trace for ($($item,)+) {
            #[inline]
            fn trace(&self, tracer: &mut Tracer<'_>) {
                #[allow(non_snake_case, reason = "the items are named after their types")]
                let ($($item,)+) = self;
                $($item.trace(tracer);)+
            }

            fn trace_named(&self, tracer: &mut Tracer<'_>) {
                $(tracer.step(Step::Field(stringify!($index)), |tracer| self.$index.trace_named(tracer));)+
            }

            as_its_parts!($($item),+);

            #[inline]
            fn clones_quietly() -> bool {
                $($item::clones_quietly())&&+
            }
        }
    };
}

tuples!(A 0);
tuples!(A 0 B 1);
tuples!(A 0 B 1 C 2);
tuples!(A 0 B 1 C 2 D 3);
tuples!(A 0 B 1 C 2 D 3 E 4);
tuples!(A 0 B 1 C 2 D 3 E 4 F 5);
tuples!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
tuples!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
tuples!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8);
tuples!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9);
tuples!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10);
tuples!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);
