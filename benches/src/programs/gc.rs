//! gc: mark and sweep, with counted roots.

use gc::{Finalize, Gc as Pointer, GcCell, Trace, custom_trace};

use super::shared::{self, contestant, objects};
use super::{Payload, Token};
use crate::payload::Payload as _;

objects!(Pointer, GcCell);
contestant!(Gc, Pointer {
    fn collect() {
        gc::force_collect();
    }
});

impl<const N: usize> Finalize for Node<N> {}

// SAFETY: marks all links.
unsafe impl<const N: usize> Trace for Node<N> {
    custom_trace!(this, {
        // SAFETY: only the collector calls this.
        unsafe { mark(&this.links) };
    });
}

impl Finalize for Branch {}

// SAFETY: marks all links.
unsafe impl Trace for Branch {
    custom_trace!(this, {
        // SAFETY: only the collector calls this.
        unsafe { mark(&this.children) };
    });
}
