//! The objects that random programs are made of: small, finalized, large, strictly aligned, slices, trait objects.

use std::cell::RefCell;
use std::rc::Rc;

use refcycle::{Gc, Trace, Tracer, Weak, WeakRef, unsize};

use super::program::Op;
use super::run;

/// The index of an object or of a watch in the model.
pub type Id = usize;

/// What every object has. The payload comes first, so that its `Drop` runs before the references go.
pub struct Body {
    pub payload: Payload,
    pub fields: [RefCell<Option<Link>>; FIELDS],
    pub items: RefCell<Vec<Link>>,
    pub watches: RefCell<Vec<Watch>>,
}

pub const FIELDS: usize = 2;

impl Body {
    pub fn new(payload: Payload) -> Self {
        Body { payload, fields: Default::default(), items: RefCell::default(), watches: RefCell::default() }
    }
}

/// Tells the model that a value is dropped, then does what the program says.
pub struct Payload {
    /// `None` for all elements of a slice but the first.
    pub id: Option<Id>,
    pub on_drop: Rc<[Op]>,
}

impl Drop for Payload {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            run::value_dropped(id, &self.on_drop);
        }
    }
}

// SAFETY: reports every reference once; the payload's `Drop` uses none of them.
unsafe impl Trace for Body {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.fields.iter().for_each(|field| field.trace(tracer));
        self.items.trace(tracer);
        self.watches.trace(tracer);
    }
}

/// An object whose type has no finalizer.
pub struct Plain(pub Body);

// SAFETY: its body is all that it owns.
unsafe impl Trace for Plain {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

/// An object with a finalizer.
pub struct Finalized {
    pub body: Body,
    pub on_finalize: Rc<[Op]>,
}

// SAFETY: its body is all that it owns.
unsafe impl Trace for Finalized {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.body.trace(tracer);
    }

    fn finalizer() -> Option<fn(&Gc<Self>)> {
        Some(run::finalize)
    }
}

/// An object too large for a block.
pub struct Large {
    pub body: Body,
    padding: [u64; 300],
}

// SAFETY: its body is all that it owns.
unsafe impl Trace for Large {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.body.trace(tracer);
    }
}

/// An object that wants more alignment than a block gives.
#[repr(align(128))]
pub struct Aligned(pub Body);

// SAFETY: its body is all that it owns.
unsafe impl Trace for Aligned {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

/// A trait for trait objects.
pub trait Face: Trace {
    fn body(&self) -> &Body;
}

impl Face for Plain {
    fn body(&self) -> &Body {
        &self.0
    }
}

impl Face for Finalized {
    fn body(&self) -> &Body {
        &self.body
    }
}

/// What an object can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Finalized,
    Large,
    Aligned,
    Slice,
    Dyn,
    DynFinalized,
}

impl Kind {
    pub const ALL: [Kind; 7] =
        [Kind::Plain, Kind::Finalized, Kind::Large, Kind::Aligned, Kind::Slice, Kind::Dyn, Kind::DynFinalized];

    pub fn has_finalizer(self) -> bool {
        matches!(self, Kind::Finalized | Kind::DynFinalized)
    }

    /// How many bodies an object has.
    pub fn bodies(self) -> usize {
        if self == Kind::Slice { 2 } else { 1 }
    }
}

/// A counted reference to an object of any kind.
#[derive(Clone)]
pub enum Link {
    Plain(Gc<Plain>),
    Finalized(Gc<Finalized>),
    Large(Gc<Large>),
    Aligned(Gc<Aligned>),
    Slice(Gc<[Body]>),
    Dyn(Gc<dyn Face>),
}

/// Evaluates the expression for the pointer in a `Link`, a `WeakLink` or a `Watch`.
macro_rules! each {
    ($enum:ident, $value:expr, $pointer:ident => $result:expr) => {
        match $value {
            $enum::Plain($pointer) => $result,
            $enum::Finalized($pointer) => $result,
            $enum::Large($pointer) => $result,
            $enum::Aligned($pointer) => $result,
            $enum::Slice($pointer) => $result,
            $enum::Dyn($pointer) => $result,
        }
    };
}

/// Evaluates the expression for the pointer in one enum, and wraps the result in the same variant of another.
macro_rules! convert {
    ($from:ident to $to:ident, $value:expr, $pointer:ident => $result:expr) => {
        match $value {
            $from::Plain($pointer) => $to::Plain($result),
            $from::Finalized($pointer) => $to::Finalized($result),
            $from::Large($pointer) => $to::Large($result),
            $from::Aligned($pointer) => $to::Aligned($result),
            $from::Slice($pointer) => $to::Slice($result),
            $from::Dyn($pointer) => $to::Dyn($result),
        }
    };
}

// SAFETY: a link is one `Gc`.
unsafe impl Trace for Link {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        each!(Link, self, pointer => pointer.trace(tracer));
    }
}

impl Link {
    pub fn new(kind: Kind, payload: Payload, on_finalize: Rc<[Op]>) -> Link {
        let inert = || Payload { id: None, on_drop: Rc::new([]) };
        match kind {
            Kind::Plain => Link::Plain(Gc::new(Plain(Body::new(payload)))),
            Kind::Finalized => Link::Finalized(Gc::new(Finalized { body: Body::new(payload), on_finalize })),
            Kind::Large => Link::Large(Gc::new(Large { body: Body::new(payload), padding: [7; 300] })),
            Kind::Aligned => Link::Aligned(Gc::new(Aligned(Body::new(payload)))),
            Kind::Slice => Link::Slice(Gc::from(vec![Body::new(payload), Body::new(inert())])),
            Kind::Dyn => Link::Dyn(unsize!(Gc::new(Plain(Body::new(payload))) => dyn Face)),
            Kind::DynFinalized => {
                Link::Dyn(unsize!(Gc::new(Finalized { body: Body::new(payload), on_finalize }) => dyn Face))
            }
        }
    }

    /// The body, or that of a slice's element.
    pub fn body(&self, index: usize) -> &Body {
        match self {
            Link::Plain(object) => &object.0,
            Link::Finalized(object) => &object.body,
            Link::Large(object) => {
                assert!(object.padding.iter().all(|&word| word == 7), "a large object was overwritten");
                &object.body
            }
            Link::Aligned(object) => {
                assert!(Gc::as_ptr(object).is_aligned(), "a strictly aligned object is not aligned");
                &object.0
            }
            Link::Slice(object) => &object[index],
            Link::Dyn(object) => object.body(),
        }
    }

    pub fn bodies(&self) -> usize {
        if let Link::Slice(object) = self { object.len() } else { 1 }
    }

    pub fn id(&self) -> Id {
        self.body(0).payload.id.expect("the first body has an id")
    }

    pub fn strong_count(&self) -> usize {
        each!(Link, self, pointer => Gc::strong_count(pointer))
    }

    pub fn weak_count(&self) -> usize {
        each!(Link, self, pointer => Gc::weak_count(pointer))
    }

    pub fn downgrade(&self) -> WeakLink {
        convert!(Link to WeakLink, self, pointer => Gc::downgrade(pointer))
    }

    /// The body, mutably, if this is the only reference.
    pub fn get_mut(&mut self) -> Option<&mut Body> {
        match self {
            Link::Plain(object) => Gc::get_mut(object).map(|value| &mut value.0),
            Link::Finalized(object) => Gc::get_mut(object).map(|value| &mut value.body),
            Link::Large(object) => Gc::get_mut(object).map(|value| &mut value.body),
            Link::Aligned(object) => Gc::get_mut(object).map(|value| &mut value.0),
            Link::Slice(object) => Gc::get_mut(object).map(|value| &mut value[0]),
            Link::Dyn(_) => None,
        }
    }

    /// Takes the value out, if the kind and the count allow it.
    pub fn try_unwrap(self) -> Result<Body, Link> {
        match self {
            Link::Plain(object) => Gc::try_unwrap(object).map(|value| value.0).map_err(Link::Plain),
            Link::Large(object) => Gc::try_unwrap(object).map(|value| value.body).map_err(Link::Large),
            Link::Aligned(object) => Gc::try_unwrap(object).map(|value| value.0).map_err(Link::Aligned),
            other => Err(other),
        }
    }
}

/// A weak reference to an object of any kind.
#[derive(Clone)]
pub enum WeakLink {
    Plain(Weak<Plain>),
    Finalized(Weak<Finalized>),
    Large(Weak<Large>),
    Aligned(Weak<Aligned>),
    Slice(Weak<[Body]>),
    Dyn(Weak<dyn Face>),
}

impl WeakLink {
    pub fn upgrade(&self) -> Option<Link> {
        Some(convert!(WeakLink to Link, self, weak => weak.upgrade()?))
    }
}

/// A weak reference with a callback, to an object of any kind.
#[derive(Clone)]
pub enum Watch {
    Plain(WeakRef<Plain>),
    Finalized(WeakRef<Finalized>),
    Large(WeakRef<Large>),
    Aligned(WeakRef<Aligned>),
    Slice(WeakRef<[Body]>),
    Dyn(WeakRef<dyn Face>),
}

// SAFETY: a watch is one `WeakRef`.
unsafe impl Trace for Watch {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        each!(Watch, self, reference => reference.trace(tracer));
    }
}

/// What a watch's callback holds. The token comes first, so that its `Drop` runs before the reference goes.
pub struct WatchState {
    pub token: Token,
    pub kept: Option<Link>,
}

/// Tells the model that a watch is gone.
pub struct Token {
    pub watch: Id,
    pub on_call: Rc<[Op]>,
}

impl Drop for Token {
    fn drop(&mut self) {
        run::watch_dropped(self.watch);
    }
}

// SAFETY: the link is all that it owns; the token's `Drop` uses no reference.
unsafe impl Trace for WatchState {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.kept.trace(tracer);
    }
}

impl Watch {
    pub fn new(target: &Link, state: WatchState) -> Watch {
        convert!(Link to Watch, target, object =>
            WeakRef::with_callback(object, state, |state, reference| run::call_back(state, reference.upgrade().is_some())))
    }

    pub fn is_live(&self) -> bool {
        each!(Watch, self, reference => reference.upgrade().is_some())
    }
}
