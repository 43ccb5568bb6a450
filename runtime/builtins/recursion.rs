//! Containers that contain themselves, or each other a thousand deep, when they are printed and compared.

use super::exceptions::RECURSION_ERROR;
use super::{Exception, Result};
use core::cell::{Cell, RefCell};

/// Containers nest to this depth when they are printed or compared; beyond it a RecursionError is raised, not the stack
/// used up. (CPython's limit is 1000 frames of any kind.)
const DEEPEST: usize = 400;

thread_local! {
    /// The containers that are being printed, outermost first.
    static PRINTING: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
    static COMPARING: Cell<usize> = const { Cell::new(0) };
}

/// A container that is being printed, until this is dropped.
pub(crate) struct Printing(());

impl Printing {
    /// Begins to print the container at an address; None if that is under way already.
    pub fn enter<T: ?Sized>(container: *const T) -> Result<Option<Printing>> {
        let address = container.addr();
        // A thread that ends has lost the list, and prints no loops.
        let depth = PRINTING.try_with(|printing| {
            let mut printing = printing.borrow_mut();
            if printing.contains(&address) {
                return None;
            }
            printing.push(address);
            Some(printing.len())
        });
        let Some(depth) = depth.unwrap_or(Some(0)) else { return Ok(None) };
        let printing = Printing(());
        if depth > DEEPEST {
            return Err(too_deep("while getting the repr of an object"));
        }
        Ok(Some(printing))
    }
}

impl Drop for Printing {
    fn drop(&mut self) {
        let _ = PRINTING.try_with(|printing| printing.borrow_mut().pop());
    }
}

/// A comparison of containers that is under way, until this is dropped.
pub(crate) struct Comparing(());

impl Comparing {
    #[inline]
    pub fn enter() -> Result<Comparing> {
        let depth = COMPARING.get() + 1;
        if depth > DEEPEST {
            return Err(too_deep("in comparison"));
        }
        COMPARING.set(depth);
        Ok(Comparing(()))
    }
}

impl Drop for Comparing {
    #[inline]
    fn drop(&mut self) {
        COMPARING.set(COMPARING.get() - 1);
    }
}

#[cold]
fn too_deep(what: &str) -> Exception {
    Exception::new(&RECURSION_ERROR, format!("maximum recursion depth exceeded {what}"))
}
