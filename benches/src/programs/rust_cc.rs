//! rust-cc: reference counts and trial deletion of possible roots, with its default features.

use std::cell::RefCell;

use rust_cc::{Cc, Context, Finalize, Trace};

use super::shared::{self, contestant, objects};
use super::{Payload, Token};
use crate::payload::Payload as _;

objects!(Cc, RefCell);
contestant!(RustCc, Cc {
    fn collect() {
        rust_cc::collect_cycles();
    }
});

// SAFETY: traces all links.
unsafe impl<const N: usize> Trace for Node<N> {
    #[inline]
    fn trace(&self, context: &mut Context<'_>) {
        self.links.trace(context);
    }
}

impl<const N: usize> Finalize for Node<N> {}

// SAFETY: traces all links.
unsafe impl Trace for Branch {
    #[inline]
    fn trace(&self, context: &mut Context<'_>) {
        self.children.trace(context);
    }
}

impl Finalize for Branch {}
