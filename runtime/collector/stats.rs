//! What collections did, by generation.

use core::cell::Cell;
use std::time::Duration;

use crate::header::Generation;

/// The collections of one generation since the thread began, as in CPython's `gc.get_stats()`, and more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GenerationStats {
    /// Collections of this generation, not counting those that included it in an older one's.
    pub collections: usize,
    /// Objects that they freed.
    pub collected: usize,
    /// Always 0: there is no uncollectable object since PEP 442.
    pub uncollectable: usize,
    /// Objects whose references they followed.
    pub candidates: usize,
    /// The time they took, finalizers and callbacks included.
    pub duration: Duration,
}

impl GenerationStats {
    const NONE: Self =
        GenerationStats { collections: 0, collected: 0, uncollectable: 0, candidates: 0, duration: Duration::ZERO };
}

/// The statistics of the three generations.
pub(crate) struct Stats([Cell<GenerationStats>; 3]);

impl Stats {
    pub(crate) const fn new() -> Self {
        Stats([const { Cell::new(GenerationStats::NONE) }; 3])
    }

    pub(super) fn add(&self, oldest: Generation, collected: usize, candidates: usize, duration: Duration) {
        let row = &self.0[oldest as usize];
        let mut stats = row.get();
        stats.collections += 1;
        stats.collected += collected;
        stats.candidates += candidates;
        stats.duration += duration;
        row.set(stats);
    }

    pub(crate) fn get(&self) -> [GenerationStats; 3] {
        self.0.each_ref().map(Cell::get)
    }
}
