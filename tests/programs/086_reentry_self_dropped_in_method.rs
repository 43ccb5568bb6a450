//! An object whose last outside reference is dropped by its own method stays alive until the method returns.

use super::python::*;
use std::cell::RefCell;

golden!("086_reentry_self_dropped_in_method");

thread_local! {
    static ROOM_GUEST: RefCell<Option<Gc<Guest>>> = const { RefCell::new(None) };
    static ROOM_GUESTS: RefCell<Vec<Gc<Guest>>> = const { RefCell::new(Vec::new()) };
}

#[managed]
struct Guest {
    #[managed(mut)]
    name: String,
}

impl Guest {
    fn leave(&self) -> String {
        drop(ROOM_GUEST.take());
        out!("dropped from the room, still {}", self.name());
        self.set_name(format!("{}!", self.name()));
        self.name().clone()
    }

    fn leave_all(&self) -> usize {
        let mut guests = ROOM_GUESTS.take();
        while let Some(last) = guests.pop() {
            drop(last);
        }
        out!("list cleared, still {}", self.name());
        self.name().len()
    }
}

#[managed]
impl Guest {
    fn __del__(&self) {
        out!("del {}", self.name());
    }
}

fn guest(name: &str) -> Gc<Guest> {
    Guest::new(name.to_owned())
}

fn main() {
    ROOM_GUEST.set(Some(guest("ann")));
    // The borrow of a thread-local must end before the call; the clone is the reference that the caller of a method holds.
    let ann = ROOM_GUEST.with_borrow(Option::clone).unwrap();
    let returned = ann.leave();
    drop(ann);
    out!("returned {returned}");
    ROOM_GUESTS.with_borrow_mut(|guests| guests.extend([guest("bob"), guest("cid")]));
    let bob = ROOM_GUESTS.with_borrow(|guests| guests[0].clone());
    let returned = bob.leave_all();
    drop(bob);
    out!("returned {returned}");
    let (alone, left) = (ROOM_GUEST.with_borrow(Option::is_none), ROOM_GUESTS.with_borrow(Vec::len));
    out!("end {} {left}", repr(&alone));
}
