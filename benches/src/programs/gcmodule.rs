//! jrsonnet-gcmodule: reference counts and CPython's algorithm; collections have to be asked for.

use std::cell::RefCell;

use jrsonnet_gcmodule::{Cc, Trace, Tracer};

use super::shared::{self, contestant, objects};
use super::{Payload, Token};
use crate::payload::Payload as _;

objects!(Cc, RefCell);
contestant!(Gcmodule, Cc {
    const COLLECTS_ITSELF: bool = false;

    fn collect() {
        let _ = jrsonnet_gcmodule::collect_thread_cycles();
    }
});

impl<const N: usize> Trace for Node<N> {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.links.iter().for_each(|link| link.trace(tracer));
    }

    fn is_type_tracked() -> bool {
        true
    }
}

impl Trace for Branch {
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.children.iter().for_each(|child| child.trace(tracer));
    }

    fn is_type_tracked() -> bool {
        true
    }
}
