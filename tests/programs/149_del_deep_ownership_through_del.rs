//! Each `__del__` drops the next owner by hand: nested finalizers forty deep complete inside out.

use super::python::*;
use std::cell::RefCell;

golden!("149_del_deep_ownership_through_del");

thread_local! {
    static TRACE: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

#[managed]
struct Link {
    n: i64,
    #[managed(mut)]
    next: Option<Gc<Link>>,
}

impl Link {
    fn note(&self, what: &str) {
        if self.n < 2 || self.n > 37 {
            TRACE.with_borrow_mut(|trace| trace.push(format!("{what} {}", self.n)));
        }
    }
}

#[managed]
impl Link {
    fn __del__(&self) {
        self.note("in");
        self.set_next(None);
        self.note("out");
    }
}

fn main() {
    let mut head = None;
    for i in 0..40 {
        head = Some(Link::new(i, head));
    }
    out!("built {}", head.as_ref().unwrap().n);
    drop(head);
    out!("{}", TRACE.with_borrow(repr));
}
