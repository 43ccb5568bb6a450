//! The callbacks of one object, in the order in which they were registered. One is taken out in constant time wherever
//! it stands, since references come and go in any order.

use core::cell::{Cell, RefCell};
use core::mem;
use core::ptr::NonNull;

use crate::header::Header;
use crate::trace::Tracer;

/// No place.
const END: u32 = u32::MAX;

/// A registered callback: the object that owns it (a reference, a table of a weak map), not counted here.
#[derive(Clone, Copy)]
pub(super) struct Callback {
    pub(super) owner: NonNull<Header>,
    /// What the owner knows it by.
    pub(super) slot: usize,
    pub(super) reaction: &'static Reaction,
}

/// What the owner of a callback does. Each function gets the owner, which must be of the type that it is for and have a
/// value, and the slot.
pub(super) struct Reaction {
    /// After the referent's death.
    pub(super) run: unsafe fn(NonNull<Header>, usize),
    /// Instead, if the owner was found dead together with the referent: it may be revived yet.
    pub(super) lose: Option<unsafe fn(NonNull<Header>)>,
    /// For ephemerons: reports what the owner keeps for the referent's sake.
    pub(super) trace: Option<unsafe fn(NonNull<Header>, usize, &mut Tracer<'_>)>,
}

/// Where a registered callback stands; for its owner, who takes it out with this.
#[derive(Clone, Copy)]
pub(super) struct Ticket(u32);

/// [`Ticket`] in an owner that is registered after it was made.
pub(super) struct TicketCell(Cell<Ticket>);

impl TicketCell {
    pub(super) const fn new() -> Self {
        TicketCell(Cell::new(Ticket(END)))
    }

    pub(super) fn set(&self, ticket: Ticket) {
        self.0.set(ticket);
    }

    pub(super) fn get(&self) -> Ticket {
        self.0.get()
    }
}

/// Callbacks linked in the order of their registration.
pub(super) struct Callbacks(RefCell<Chain>);

struct Chain {
    /// The place 0: most objects have one callback, which needs no memory of its own.
    place: Place,
    /// The places from 1 on.
    others: Vec<Place>,
    first: u32,
    last: u32,
    /// The first place that is not in use; those are linked by `after`.
    free: u32,
}

struct Place {
    /// `None` in a place that is not in use.
    callback: Option<Callback>,
    before: u32,
    after: u32,
}

impl Place {
    const UNUSED: Place = Place { callback: None, before: END, after: END };
}

impl Chain {
    const EMPTY: Chain = Chain { place: Place::UNUSED, others: Vec::new(), first: END, last: END, free: 0 };

    fn get(&self, at: u32) -> Option<&Place> {
        if at == 0 { Some(&self.place) } else { self.others.get(at as usize - 1) }
    }

    fn at(&mut self, at: u32) -> Option<&mut Place> {
        if at == 0 { Some(&mut self.place) } else { self.others.get_mut(at as usize - 1) }
    }

    fn push(&mut self, callback: Callback) -> u32 {
        let before = self.last;
        let place = Place { callback: Some(callback), before, after: END };
        let free = self.free;
        let at = match self.at(free) {
            Some(unused) => {
                self.free = mem::replace(unused, place).after;
                free
            }
            None => {
                self.others.push(place);
                u32::try_from(self.others.len()).expect("so many callbacks don't fit in memory")
            }
        };
        match self.at(before) {
            Some(place) => place.after = at,
            None => self.first = at,
        }
        self.last = at;
        at
    }

    fn remove(&mut self, at: u32) {
        let free = self.free;
        let Some(place) = self.at(at).filter(|place| place.callback.is_some()) else { return };
        let (before, after) = (place.before, place.after);
        *place = Place { after: free, ..Place::UNUSED };
        self.free = at;
        match self.at(before) {
            Some(place) => place.after = after,
            None => self.first = after,
        }
        match self.at(after) {
            Some(place) => place.before = before,
            None => self.last = before,
        }
        if self.first == END {
            *self = Chain::EMPTY;
        }
    }

    /// Newest first.
    fn iter(&self) -> impl Iterator<Item = Callback> {
        let mut at = self.last;
        core::iter::from_fn(move || {
            let place = self.get(at)?;
            at = place.before;
            place.callback
        })
    }
}

impl Callbacks {
    pub(super) const fn new() -> Self {
        Callbacks(RefCell::new(Chain::EMPTY))
    }

    pub(super) fn register(&self, callback: Callback) -> Ticket {
        Ticket(self.0.borrow_mut().push(callback))
    }

    /// Takes a callback out, unless all were taken.
    pub(super) fn unregister(&self, ticket: Ticket) {
        self.0.borrow_mut().remove(ticket.0);
    }

    /// The owner knows its callback by another slot from now on.
    pub(super) fn rename(&self, ticket: Ticket, slot: usize) {
        let mut chain = self.0.borrow_mut();
        let callback = chain.at(ticket.0).and_then(|place| place.callback.as_mut());
        callback.expect("a registered callback has a place").slot = slot;
    }

    /// Visits the callbacks, newest first. `visit` runs no code of the user's.
    pub(super) fn for_each(&self, visit: impl FnMut(Callback)) {
        self.0.borrow().iter().for_each(visit);
    }

    /// Takes all out and visits them, newest first.
    pub(super) fn take(&self, visit: impl FnMut(Callback)) {
        self.0.replace(Chain::EMPTY).iter().for_each(visit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn callback(slot: usize) -> Callback {
        Callback { owner: NonNull::dangling(), slot, reaction: &Reaction { run: |_, _| (), lose: None, trace: None } }
    }

    fn slots(callbacks: &Callbacks) -> Vec<usize> {
        let mut slots = Vec::new();
        callbacks.for_each(|callback| slots.push(callback.slot));
        slots
    }

    #[test]
    fn they_stand_newest_first_whatever_was_taken_out() {
        let callbacks = Callbacks::new();
        let tickets: Vec<Ticket> = (0..5).map(|slot| callbacks.register(callback(slot))).collect();
        for slot in [0, 2, 4] {
            callbacks.unregister(tickets[slot]);
        }
        callbacks.unregister(tickets[2]);
        callbacks.register(callback(5));
        callbacks.rename(tickets[1], 7);
        assert_eq!(slots(&callbacks), [5, 3, 7]);
    }

    #[test]
    fn memory_is_used_again_and_given_back() {
        let callbacks = Callbacks::new();
        let mut tickets = std::collections::VecDeque::from([callbacks.register(callback(0))]);
        for slot in 1..1000 {
            tickets.push_back(callbacks.register(callback(slot)));
            callbacks.unregister(tickets.pop_front().unwrap());
        }
        assert!(callbacks.0.borrow().others.len() <= 1);
        assert_eq!(slots(&callbacks), [999]);
        callbacks.unregister(tickets[0]);
        assert_eq!(callbacks.0.borrow().others.capacity(), 0);
    }

    #[test]
    fn when_all_are_taken_their_tickets_are_void() {
        let callbacks = Callbacks::new();
        let ticket = callbacks.register(callback(0));
        callbacks.register(callback(1));
        let mut taken = Vec::new();
        callbacks.take(|callback| taken.push(callback.slot));
        assert_eq!(taken, [1, 0]);
        callbacks.unregister(ticket);
        assert!(slots(&callbacks).is_empty());
    }
}
