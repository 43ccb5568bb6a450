//! Objects that tests are made of, and what they tell about themselves.

mod allocations;

use std::cell::{Cell, RefCell};
use std::panic::resume_unwind;
use std::rc::Rc;

use refcycle::gc::{self, Origin};
use refcycle::{Gc, Trace, Tracer};

pub use allocations::allocations;

thread_local! {
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static ALIVE: Cell<usize> = const { Cell::new(0) };
    static KEPT: RefCell<Vec<Gc<Del>>> = const { RefCell::new(Vec::new()) };
}

/// Notes an event.
pub fn log(event: impl Into<String>) {
    LOG.with_borrow_mut(|log| log.push(event.into()));
}

/// The events since the last call.
pub fn events() -> Vec<String> {
    LOG.take()
}

/// How many values of this module's types there are on this thread.
pub fn alive() -> usize {
    ALIVE.get()
}

/// A number from the environment.
pub fn setting(name: &str, default: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name}={text} is not a number")),
        Err(_) => default,
    }
}

/// Runs a test in a thread with a heap of its own.
pub fn fresh<R: Send + 'static>(test: impl FnOnce() -> R + Send + 'static) -> R {
    match std::thread::spawn(test).join() {
        Ok(result) => result,
        Err(payload) => resume_unwind(payload),
    }
}

/// Panics without a message on the standard error stream.
pub fn panic_quietly(text: &'static str) -> ! {
    resume_unwind(Box::new(text))
}

/// What runs when a value is dropped; counts the value as alive until then.
pub struct OnDrop(Option<Box<dyn FnOnce()>>);

impl OnDrop {
    pub fn nothing() -> Self {
        ALIVE.set(ALIVE.get() + 1);
        OnDrop(None)
    }

    pub fn run(code: impl FnOnce() + 'static) -> Self {
        ALIVE.set(ALIVE.get() + 1);
        OnDrop(Some(Box::new(code)))
    }
}

impl Drop for OnDrop {
    fn drop(&mut self) {
        ALIVE.set(ALIVE.get() - 1);
        if let Some(code) = self.0.take() {
            code();
        }
    }
}

// SAFETY: it owns no reference that it reports.
unsafe impl Trace for OnDrop {
    fn trace(&self, _: &mut Tracer<'_>) {}
}

/// An object with any number of references, and no finalizer.
pub struct Node {
    pub links: RefCell<Vec<Gc<Node>>>,
    _on_drop: OnDrop,
}

// SAFETY: the links are all that it owns; dropping the rest uses no reference.
unsafe impl Trace for Node {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.links.trace(tracer);
    }

    fn type_name() -> &'static str {
        "Node"
    }
}

impl Node {
    pub fn new() -> Gc<Node> {
        Gc::new(Node { links: RefCell::default(), _on_drop: OnDrop::nothing() })
    }

    /// One that runs code when its value is dropped.
    pub fn on_drop(code: impl FnOnce() + 'static) -> Gc<Node> {
        Gc::new(Node { links: RefCell::default(), _on_drop: OnDrop::run(code) })
    }

    pub fn link(&self, to: &Gc<Node>) {
        self.links.borrow_mut().push(to.clone());
    }
}

/// Closes a ring of new nodes; its first one.
pub fn ring(len: usize) -> Gc<Node> {
    let nodes: Vec<_> = (0..len).map(|_| Node::new()).collect();
    for (index, node) in nodes.iter().enumerate() {
        node.link(&nodes[(index + 1) % len]);
    }
    nodes[0].clone()
}

type Finalizer = Box<dyn Fn(&Gc<Del>)>;

/// An object with a finalizer.
pub struct Del {
    pub links: RefCell<Vec<Gc<Del>>>,
    del: Finalizer,
    _on_drop: OnDrop,
}

// SAFETY: the links are all that it owns and reports; dropping the rest uses no reference.
unsafe impl Trace for Del {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.links.trace(tracer);
    }

    fn finalizer() -> Option<fn(&Gc<Self>)> {
        Some(|this| (this.del)(this))
    }

    fn type_name() -> &'static str {
        "Del"
    }
}

impl Del {
    pub fn new(del: impl Fn(&Gc<Del>) + 'static) -> Gc<Del> {
        Gc::new(Del { links: RefCell::default(), del: Box::new(del), _on_drop: OnDrop::nothing() })
    }

    /// One that notes its finalizer and the drop of its value.
    pub fn logged(name: &'static str) -> Gc<Del> {
        Self::logged_with(name, |_| {})
    }

    /// As [`Del::logged`], with more to do in the finalizer.
    pub fn logged_with(name: &'static str, del: impl Fn(&Gc<Del>) + 'static) -> Gc<Del> {
        let del = move |this: &Gc<Del>| {
            log(format!("del {name}"));
            del(this);
        };
        let on_drop = OnDrop::run(move || log(format!("drop {name}")));
        Gc::new(Del { links: RefCell::default(), del: Box::new(del), _on_drop: on_drop })
    }

    pub fn link(&self, to: &Gc<Del>) {
        self.links.borrow_mut().push(to.clone());
    }

    /// Makes the object garbage that only a collection finds.
    pub fn into_cycle(self_: Gc<Del>) {
        self_.link(&self_);
    }
}

/// Keeps an object, as a finalizer that resurrects does.
pub fn keep(object: &Gc<Del>) {
    KEPT.with_borrow_mut(|kept| kept.push(object.clone()));
}

/// The objects that were kept.
pub fn kept() -> Vec<Gc<Del>> {
    KEPT.take()
}

/// What the unraisable hook got: origin, type and text.
pub type Report = (Origin, &'static str, Option<String>);

/// What the unraisable hook gets while this lives.
pub struct Unraisables {
    seen: Rc<RefCell<Vec<Report>>>,
    former: Option<gc::UnraisableHook>,
}

impl Unraisables {
    pub fn record() -> Self {
        let seen = Rc::new(RefCell::new(Vec::new()));
        let sink = seen.clone();
        let former = gc::set_unraisable_hook(Some(Rc::new(move |error| {
            sink.borrow_mut().push((error.origin, error.type_name, error.message().map(String::from)));
        })));
        Unraisables { seen, former }
    }

    /// What it got since the last call.
    pub fn take(&self) -> Vec<Report> {
        self.seen.take()
    }
}

impl Drop for Unraisables {
    fn drop(&mut self) {
        gc::set_unraisable_hook(self.former.take());
    }
}
