//! What generated code names. Not part of the API: it changes without notice.

pub use core;

pub use crate::death::{DeathsDeferred, defer_deaths};
pub use crate::pointer::{Gc, unsize};
pub use crate::trace::{Trace, Tracer};
pub use crate::weak::Weak;
