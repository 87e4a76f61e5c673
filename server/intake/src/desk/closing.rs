//! The desk's end: what runs may finish, for a while; then it is stopped, and begun again at the next start.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::Duration,
};

use thuocdo::upload::Stage;
use tokio::{sync::watch, time::timeout};

use super::Desk;

/// How long an import may take to notice that it is stopped: it looks between two handfuls of rows.
const NOTICE: Duration = Duration::from_secs(10);
/// No file has this number.
const NONE: u64 = 0;

/// Whether the desk is about to close, and what its worker does.
#[derive(Default)]
pub(super) struct Closing {
    is_closing: AtomicBool,
    is_working: watch::Sender<bool>,
    /// The import that the end interrupted.
    interrupted: AtomicU64,
}

impl Closing {
    /// The worker takes up a file; not when the desk is closing.
    pub(super) fn begin(&self) -> bool {
        // In this order: whoever closes the desk either sees the work or is seen.
        self.is_working.send_replace(true);
        if self.is_closing.load(Ordering::SeqCst) {
            self.end();
            return false;
        }
        true
    }

    /// The worker has put a file down.
    pub(super) fn end(&self) {
        self.is_working.send_replace(false);
    }

    /// Whether the end, rather than a person, stopped the import of a file.
    pub(super) fn has_interrupted(&self, id: u64) -> bool {
        id != NONE && self.interrupted.load(Ordering::SeqCst) == id
    }
}

impl Desk {
    /// Closes the desk. No further import is begun. One that runs may take so long to end; then it is stopped with nothing of
    /// it in. What waits or was stopped is begun at the next start.
    pub async fn close(&self, patience: Duration) {
        self.closing.is_closing.store(true, Ordering::SeqCst);
        let mut work = self.closing.is_working.subscribe();
        if timeout(patience, work.wait_for(|is_working| !is_working)).await.is_ok() {
            return;
        }
        for (id, entry) in self.entries().iter() {
            if matches!(entry.kept.upload.stage, Stage::Running(_))
                && !entry.is_stopped.load(Ordering::Relaxed)
            {
                self.closing.interrupted.store(*id, Ordering::SeqCst);
                entry.is_stopped.store(true, Ordering::Relaxed);
            }
        }
        if timeout(NOTICE, work.wait_for(|is_working| !is_working)).await.is_err() {
            tracing::warn!(
                "an import is cut off; nothing of it is in, and it is begun again at the next start"
            );
        }
    }
}
