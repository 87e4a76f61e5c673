//! How far a file is that takes long to make.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// How far a file is, told by who makes it. Cheap to clone.
#[derive(Clone, Default)]
pub struct Progress(Arc<(AtomicI64, AtomicI64)>);

impl Progress {
    /// So many rows there will be.
    pub fn is_of(&self, rows: i64) {
        self.0.0.store(0, Ordering::Relaxed);
        self.0.1.store(rows, Ordering::Relaxed);
    }

    /// So many more are written.
    pub fn came_on(&self, rows: usize) {
        self.0.0.fetch_add(i64::try_from(rows).unwrap_or(i64::MAX), Ordering::Relaxed);
    }

    /// Rows written, of how many; none before anybody knows.
    #[must_use]
    pub fn rows(&self) -> Option<(i64, i64)> {
        let (done, all) = (self.0.0.load(Ordering::Relaxed), self.0.1.load(Ordering::Relaxed));
        (all > 0).then_some((done.min(all), all))
    }
}
