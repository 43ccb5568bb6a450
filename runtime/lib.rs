//! Python's memory model for Rust, at native speed.
//!
//! - [`Gc`] is a counted pointer like [`std::rc::Rc`], whose cycles are collected.
//! - [`#[managed]`](managed) makes a struct or an enum an object: constructor, getters and setters, `__del__`, weak fields.
//! - [`gc_script!`] is a language in a macro: Python's semantics, static types, compiled to such objects and functions.
//! - [`gc`] is CPython's module of that name: collect, look at what there is, be told. [`inspect`] finds leaks.
//!
//! Acyclic garbage dies at once, where its last reference goes; cyclic garbage dies in a collection, which starts by
//! itself. Finalizers follow PEP 442: once, in creation order, every object intact, free to resurrect.
//!
//! ```
//! use refcycle::{Gc, gc, managed};
//!
//! #[managed]
//! struct Person {
//!     name: String,
//!     #[managed(mut)]
//!     friend: Option<Gc<Person>>,
//! }
//!
//! #[managed]
//! impl Person {
//!     fn __del__(&self) {
//!         println!("{} is gone", self.name);
//!     }
//! }
//!
//! let ann = Person::new("Ann".into(), None);
//! let bob = Person::new("Bob".into(), Some(ann.clone()));
//! ann.set_friend(Some(bob.clone()));
//!
//! drop((ann, bob));
//! assert_eq!(gc::collect(), 2); // "Ann is gone", "Bob is gone"
//! ```
//!
//! The same as a script:
//!
//! ```
//! use refcycle::gc_script;
//!
//! gc_script! {
//!     import gc;
//!
//!     class Person {
//!         name: str;
//!         friend: Person? = None;
//!
//!         def __del__(self) { print(f "{self.name} is gone"); }
//!     }
//!
//!     pub def meet() -> int {
//!         ann = Person("Ann");
//!         bob = Person("Bob", ann);
//!         ann.friend = bob;
//!         del ann, bob;
//!         return gc.collect();
//!     }
//! }
//!
//! assert_eq!(meet(), 2);
//! ```
//!
//! | to … | use |
//! |---|---|
//! | make an object of your own type | [`#[managed]`](managed), then `Type::new(fields…)` |
//! | make one of any other value | [`Gc::new`] |
//! | share an object | [`Gc::clone`] |
//! | refer to it without keeping it | `#[managed(weak)]`, [`Weak`] |
//! | be called when it is dead | [`WeakRef::with_callback`], [`finalize`](finalize()) |
//! | keep something for each object as long as it lives | [`WeakKeyMap`] |
//! | find objects again, as long as they live | [`WeakValueMap`], [`WeakSet`] |
//! | change a field | `#[managed(mut)]` |
//! | act when an object dies | `fn __del__(&self)` in a `#[managed] impl` |
//! | have objects behind a trait | [`unsize!`] |
//! | write a function that yields | [`generator!`], [`Generator`] |
//! | store parts by value inside objects | [`#[derive(Trace)]`](derive@Trace) |
//! | write it as in Python | [`gc_script!`], which calls [`builtins`] |
//! | see who refers to an object | [`gc::get_referrers`] |
//! | find a leak, see and draw what is in the heap | [`inspect`] |
//!
//! # Threads
//!
//! Every thread has a heap of its own, and no `Gc` leaves its thread. A thread that ends collects its cycles; see
//! [`gc::shutdown`].
//!
//! # Stack
//!
//! Deaths nest as in CPython, but only to a fixed depth; what is deeper waits. Tracing never follows a pointer by recursion.
//! So no structure of objects is too deep for a small stack.
//!
//! # Features
//!
//! | | |
//! |---|---|
//! | `system-alloc` | each object on its own in the global allocator, so that sanitizers and valgrind see it |
//! | `arrayvec`, `bytes`, `either`, `hashbrown`, `indexmap`, `petgraph`, `serde_json`, `slotmap`, `smallvec` | [`Trace`] for the types of that crate |
//! | `serde` | a [`Gc`] is written and read as its value; a cycle is an error. Snapshots of [`inspect`] can be written |
//! | `svg` | pictures of the heap as SVG: `svg()` of [`inspect::Picture`], and in [`inspect::report`] |
//! | `tracing` | a span for each collection, an event for each panic that nobody could catch |

// On docs.rs items say which feature they need.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod acyclic;
pub mod builtins;
mod cell;
mod collector;
mod death;
mod debug;
mod foreign;
pub mod gc;
pub mod generator;
mod header;
mod heap;
mod hold;
pub mod inspect;
mod managed;
mod pointer;
#[doc(hidden)]
pub mod private;
mod script;
mod short_name;
mod spread;
mod trace;
mod unraisable;
mod weak;

pub use acyclic::{Acyclic, PointerFree};
pub use generator::{Generator, GeneratorState, Step};
pub use pointer::{Gc, GcStaysOnItsThread, MakeMut, Object, Reference};
pub use refcycle_macros::{Trace, gc_script, generator, managed};
pub use trace::{Trace, Tracer};
pub use weak::{ByIdentity, ByValue, Finalize, Likeness, Weak, WeakKeyMap, WeakRef, WeakSet, WeakValueMap, finalize};

/// The README's programs run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
