//! dumpster's single-threaded half: reference counts, and a collection when references were dropped as often as exist.

use std::cell::RefCell;

use dumpster::unsync::{self, Gc};
use dumpster::{TraceWith, Visitor};

use super::shared::{self, contestant, objects};
use super::{Payload, Token};
use crate::payload::Payload as _;

objects!(Gc, RefCell);
contestant!(Dumpster, Gc {
    fn collect() {
        unsync::collect();
    }
});

// SAFETY: visits all links.
unsafe impl<V: Visitor, const N: usize> TraceWith<V> for Node<N> {
    #[inline]
    fn accept(&self, visitor: &mut V) -> Result<(), ()> {
        self.links.accept(visitor)
    }
}

// SAFETY: visits all links.
unsafe impl<V: Visitor> TraceWith<V> for Branch {
    #[inline]
    fn accept(&self, visitor: &mut V) -> Result<(), ()> {
        self.children.accept(visitor)
    }
}
