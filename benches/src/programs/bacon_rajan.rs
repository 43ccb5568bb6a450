//! bacon_rajan_cc: reference counts and a buffer of possible roots; collections have to be asked for.

use std::cell::RefCell;

use bacon_rajan_cc::{Cc, Trace, Tracer};

use super::shared::{self, contestant, objects};
use super::{Payload, Token};
use crate::payload::Payload as _;

objects!(Cc, RefCell);
contestant!(BaconRajan, Cc {
    const COLLECTS_ITSELF: bool = false;

    fn collect() {
        bacon_rajan_cc::collect_cycles();
    }
});

impl<const N: usize> Trace for Node<N> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer) {
        self.links.iter().for_each(|link| link.trace(tracer));
    }
}

impl Trace for Branch {
    #[inline]
    fn trace(&self, tracer: &mut Tracer) {
        self.children.iter().for_each(|child| child.trace(tracer));
    }
}
