//! boa_gc: mark and sweep, with roots found by subtracting what the heap refers to.

use boa_gc::{Finalize, Gc, GcRefCell, Trace, custom_trace};

use super::shared::{self, contestant, objects};
use super::{Payload, Token};
use crate::payload::Payload as _;

objects!(Gc, GcRefCell);
contestant!(Boa, Gc {
    fn collect() {
        boa_gc::force_collect();
    }
});

impl<const N: usize> Finalize for Node<N> {}

// SAFETY: marks all links.
unsafe impl<const N: usize> Trace for Node<N> {
    custom_trace!(this, mark, {
        mark(&this.links);
    });
}

impl Finalize for Branch {}

// SAFETY: marks all links.
unsafe impl Trace for Branch {
    custom_trace!(this, mark, {
        mark(&this.children);
    });
}
