//! What the feature `tracing` tells: a span for each collection.

use std::time::Duration;

use crate::header::Generation;

/// What a collection did, for those who watch.
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "nobody watches"))]
pub(super) struct Done {
    /// Objects whose references were followed.
    pub(super) candidates: usize,
    /// Objects that were found dead and freed.
    pub(super) freed: usize,
    pub(super) duration: Duration,
}

/// The span of a collection; finalizers and callbacks run inside it.
#[cfg(feature = "tracing")]
pub(super) struct Collecting(Option<tracing::span::EnteredSpan>);

#[cfg(feature = "tracing")]
impl Collecting {
    pub(super) fn begin(oldest: Generation) -> Self {
        use tracing::field::Empty;
        let generation = oldest as usize;
        Collecting(crate::unraisable::catch_subscriber(|| {
            let span = tracing::debug_span!(
                target: "refcycle",
                "collection",
                generation,
                candidates = Empty,
                freed = Empty,
                duration_us = Empty
            );
            span.entered()
        }))
    }

    pub(super) fn end(self, done: &Done) {
        crate::unraisable::catch_subscriber(|| {
            if let Some(span) = self.0 {
                span.record("candidates", done.candidates);
                span.record("freed", done.freed);
                span.record("duration_us", u64::try_from(done.duration.as_micros()).unwrap_or(u64::MAX));
            }
        });
    }
}

/// Nothing, without the feature.
#[cfg(not(feature = "tracing"))]
pub(super) struct Collecting;

#[cfg(not(feature = "tracing"))]
impl Collecting {
    #[inline]
    pub(super) fn begin(_oldest: Generation) -> Self {
        Collecting
    }

    #[inline]
    pub(super) fn end(self, _done: &Done) {}
}
