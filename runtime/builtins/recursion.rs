//! Containers that contain themselves, when they are printed.

use core::cell::RefCell;

thread_local! {
    /// The containers that are being printed, outermost first.
    static PRINTING: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// A container that is being printed, until this is dropped.
pub(crate) struct Printing(());

impl Printing {
    /// Begins to print the container at an address; None if that is under way already.
    pub fn enter<T: ?Sized>(container: *const T) -> Option<Printing> {
        let address = container.addr();
        PRINTING.with_borrow_mut(|printing| {
            if printing.contains(&address) {
                return None;
            }
            printing.push(address);
            Some(Printing(()))
        })
    }
}

impl Drop for Printing {
    fn drop(&mut self) {
        PRINTING.with_borrow_mut(Vec::pop);
    }
}
