//! What a walk does with the references that it traces.

use core::ptr::NonNull;

use super::chunks::Chunks;
use crate::collector::counters::LargeCounters;
use crate::header::{BORROWED, Generation, Header, Mark, SUSPECT, TRACKED};

/// Is it an object whose references the walk follows? Slots that the walk's lists lead to may hold another one by now.
#[inline]
pub(super) fn is_old(head: &Header) -> bool {
    head.is_alive() && head.has(TRACKED) && head.generation() == Generation::Old && head.mark() != Mark::Dead
}

/// Has it been found alive: it is no member any more, and what it lost before the walk says nothing.
#[inline]
pub(super) fn release(head: &Header) {
    head.set_mark(Mark::None);
    head.remove(SUSPECT);
}

/// Makes old objects that are referred to members, and counts the references.
pub(crate) struct Joining<'a> {
    /// The list of members, if there is one.
    pub(super) members: Option<&'a mut Chunks<NonNull<Header>>>,
    pub(super) counters: &'a mut LargeCounters,
}

impl Joining<'_> {
    #[inline]
    pub(crate) fn reference(&mut self, target: NonNull<Header>) {
        // SAFETY: a traced reference keeps its target alive.
        let head = unsafe { target.as_ref() };
        if head.mark() != Mark::Member {
            if !is_old(head) {
                return;
            }
            head.set_mark(Mark::Member);
            if let Some(members) = &mut self.members {
                members.push(target);
            }
        }
        // If the walk has passed it by, its own references count as others' this time.
        head.remove(BORROWED);
        self.counters.count(head);
    }
}

/// Releases members that are referred to.
pub(crate) struct Releasing<'a> {
    /// The released, whose references are to be followed.
    pub(super) open: &'a mut Chunks<NonNull<Header>>,
}

impl Releasing<'_> {
    #[inline]
    pub(crate) fn reference(&mut self, target: NonNull<Header>) {
        // SAFETY: a traced reference keeps its target alive.
        let head = unsafe { target.as_ref() };
        if head.mark() == Mark::Member {
            release(head);
            self.open.push(target);
        }
    }
}

/// A step of a search in depth.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Enter(NonNull<Header>),
    Leave(NonNull<Header>),
}

/// Says of a suspect that the search has entered it; their counters are 0 before.
pub(super) const ENTERED: u32 = 1;

/// Is it a suspect that the search has not entered?
#[inline]
pub(super) fn is_unentered(head: &Header) -> bool {
    head.mark() == Mark::Member && head.counter() == Ok(0)
}

/// Enters suspects that are referred to.
pub(crate) struct Ordering<'a> {
    pub(super) path: &'a mut Chunks<Step>,
}

impl Ordering<'_> {
    #[inline]
    pub(crate) fn reference(&mut self, target: NonNull<Header>) {
        // SAFETY: a traced reference keeps its target alive.
        if is_unentered(unsafe { target.as_ref() }) {
            self.path.push(Step::Enter(target));
        }
    }
}
