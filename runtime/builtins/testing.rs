//! For tests: objects that say when they die.

use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use std::cell::RefCell;

thread_local! {
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// What was logged since the last call.
pub(crate) fn log() -> Vec<String> {
    LOG.take()
}

pub(crate) fn say(text: impl Into<String>) {
    LOG.with_borrow_mut(|log| log.push(text.into()));
}

/// An object that logs its name in `__del__`, and may do more.
pub(crate) struct Noisy {
    name: String,
    then: Option<Box<dyn Fn()>>,
}

impl Noisy {
    #[allow(clippy::new_ret_no_self)]
    pub fn new(name: impl Into<String>) -> Gc<Noisy> {
        Gc::new(Noisy { name: name.into(), then: None })
    }

    pub fn then(name: impl Into<String>, then: impl Fn() + 'static) -> Gc<Noisy> {
        Gc::new(Noisy { name: name.into(), then: Some(Box::new(then)) })
    }
}

impl super::Object for Noisy {
    const NAME: &'static str = "Noisy";
}

// SAFETY: what the closure captures counts as referred to from outside.
unsafe impl Trace for Noisy {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn finalizer() -> Option<fn(&Gc<Self>)> {
        Some(|this| {
            say(this.name.clone());
            if let Some(then) = &this.then {
                then();
            }
        })
    }
}
