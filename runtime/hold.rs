//! [`Hold`]: reading objects without counting references.

use core::mem::needs_drop;

use crate::cell::Field;
use crate::death::{DeathsDeferred, defer_deaths};
use crate::header::HAS_DROP;
use crate::heap;
use crate::pointer::Gc;

/// While it lives no object of this thread dies: what lost its last reference dies when the last `Hold` is dropped, and
/// no collection runs. So objects can be borrowed without counting references to them.
///
/// `#[managed]` gives each `mut` pointer field a second getter for this, named after it with `_in`: a chain of those is a
/// chain of loads. Meant for reading: keep it short, since garbage waits meanwhile.
///
/// [`Gc::try_unwrap`] and [`Gc::get_mut`] give nothing out while there is one, and [`Gc::make_mut`] clones.
///
/// ```
/// use refcycle::{Gc, gc, managed};
///
/// #[managed]
/// struct Node {
///     value: u64,
///     #[managed(mut)]
///     next: Option<Gc<Node>>,
/// }
///
/// let list = Node::new(1, Some(Node::new(2, Some(Node::new(3, None)))));
/// let hold = gc::hold();
/// let mut sum = 0;
/// let mut node: Option<&Node> = Some(&list);
/// while let Some(current) = node {
///     sum += current.value;
///     node = current.next_in(&hold);
/// }
/// assert_eq!(sum, 6);
/// ```
#[must_use = "objects are held only as long as this lives"]
pub struct Hold {
    // After `drop` has ended the lending. Keeps the hold on its thread, too.
    _deaths: DeathsDeferred,
}

/// Begins to hold all objects of this thread. See [`Hold`].
#[inline]
pub fn hold() -> Hold {
    let deaths = defer_deaths();
    heap::with(|heap| {
        heap.deaths.lendings.set(heap.deaths.lendings.get() + 1);
        heap.collector.note_lending();
    });
    Hold { _deaths: deaths }
}

impl Drop for Hold {
    #[inline]
    fn drop(&mut self) {
        heap::with(|heap| heap.deaths.lendings.set(heap.deaths.lendings.get() - 1));
    }
}

/// A field that leads to one object, or to none.
pub trait Lend {
    /// A reference to that object.
    type Lent<'hold>;

    /// Lends the object, or nothing.
    fn lend<'hold>(&self, hold: &'hold Hold) -> Self::Lent<'hold>;
}

/// Lends what a reference leads to.
fn lend_object<'hold, T: ?Sized>(pointer: &Gc<T>, _hold: &'hold Hold) -> &'hold T {
    let may_be_of_another_type = size_of::<&T>() > size_of::<usize>();
    if !needs_drop::<T>() || may_be_of_another_type {
        // An object that dies the quick way, by a pointer of this type or of its own, would not wait.
        pointer.head().insert(HAS_DROP);
    }
    // SAFETY: the object is alive now, since `pointer` is counted, and its value stays where it is, unchanged but for its
    // cells, as long as the hold lives:
    // 1. with HAS_DROP set it ends in `death::last` only, which puts it off while deaths are deferred, as they are by
    //    every `Hold`; a death under way when the hold began comes to a halt after the `__del__` that began it;
    // 2. no collection begins, and one under way clears nothing;
    // 3. `try_unwrap`, `get_mut` and `make_mut` neither move values out nor lend them mutably while there is a `Hold`; nor
    //    did one of them lend it before, since `pointer` has been read after that.
    unsafe { pointer.as_non_null().as_ref() }
}

impl<T: ?Sized + 'static> Lend for Field<Gc<T>> {
    type Lent<'hold> = &'hold T;

    #[inline]
    fn lend<'hold>(&self, hold: &'hold Hold) -> &'hold T {
        // SAFETY: lending sets a flag at most.
        unsafe { self.look(|pointer| lend_object(pointer, hold)) }
    }
}

impl<T: ?Sized + 'static> Lend for Field<Option<Gc<T>>> {
    type Lent<'hold> = Option<&'hold T>;

    #[inline]
    fn lend<'hold>(&self, hold: &'hold Hold) -> Option<&'hold T> {
        // SAFETY: lending sets a flag at most.
        unsafe { self.look(|pointer| pointer.as_ref().map(|pointer| lend_object(pointer, hold))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collector::collect;
    use crate::header::Generation;
    use crate::trace::{Trace, Tracer};

    struct Link {
        next: Field<Option<Gc<Link>>>,
    }

    // SAFETY: reports all its references.
    unsafe impl Trace for Link {
        fn trace(&self, tracer: &mut Tracer<'_>) {
            self.next.trace(tracer);
        }
    }

    fn link(next: Option<Gc<Link>>) -> Gc<Link> {
        Gc::new(Link { next: Field::new(next) })
    }

    #[test]
    fn what_is_lent_outlives_its_last_reference() {
        let first = link(Some(link(None)));
        let weak = Gc::downgrade(&first.next.get().unwrap());
        let hold = hold();
        let second = first.next.lend(&hold).unwrap();
        first.next.set(None);
        assert!(second.next.lend(&hold).is_none(), "still there");
        assert!(weak.upgrade().is_none(), "though nobody refers to it");
        drop(hold);
        assert_eq!(weak.strong_count(), 0);
    }

    #[test]
    fn a_plain_value_waits_too() {
        let field = Field::new(Gc::new(5_u64));
        let hold = hold();
        let five = field.lend(&hold);
        field.set(Gc::new(6));
        let others: Vec<_> = (0..100).map(|_| Gc::new(7_u64)).collect();
        assert_eq!((*five, others.len()), (5, 100));
    }

    #[test]
    fn no_collection_begins() {
        let ring = link(None);
        ring.next.set(Some(ring.clone()));
        drop(ring);
        let hold = hold();
        assert_eq!(collect(Generation::Old), 0);
        drop(hold);
        assert_eq!(collect(Generation::Old), 1);
    }

    #[test]
    fn one_reference_does_not_prove_that_nobody_looks() {
        let first = link(Some(link(None)));
        let hold = hold();
        let second = first.next.lend(&hold).unwrap();
        let mut taken = first.next.take().unwrap();
        assert!(Gc::get_mut(&mut taken).is_none());
        let taken = Gc::try_unwrap(taken).err().unwrap();
        assert!(core::ptr::eq(second, &*taken));
    }
}
