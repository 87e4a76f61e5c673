//! What was read last, kept for the next question about the same state of the data.

use std::{hash::Hash, sync::Arc, time::Duration};

use moka::{future::Cache, policy::EvictionPolicy};

use crate::{
    Error,
    case_files::Part,
    from_files::{FromFiles, PARTS_AT_MOST},
    half_changes::{HALVES_AT_MOST, HalfChanges},
    open_on::{DAYS_AT_MOST, OpenFile},
};

/// So much idle time, and it is given back.
const IDLE: Duration = Duration::from_secs(1_800);

/// What a store read last.
pub(crate) struct Recently {
    /// The files open at the end of a day.
    pub open: Recent<i32, [OpenFile]>,
    /// What happened in a half, by its first day.
    pub halves: Recent<i32, HalfChanges>,
    /// What the files of a part add up to.
    pub parts: Recent<Part, FromFiles>,
}

impl Default for Recently {
    fn default() -> Self {
        Self {
            open: Recent::of(DAYS_AT_MOST),
            halves: Recent::of(HALVES_AT_MOST),
            parts: Recent::of(PARTS_AT_MOST),
        }
    }
}

/// A few answers by the version of the data and what was asked; the one not asked for longest makes room.
pub(crate) struct Recent<K, V: ?Sized>(Cache<(i64, K), Arc<V>>);

impl<K, V> Recent<K, V>
where
    K: Eq + Hash + Send + Sync + 'static,
    V: ?Sized + Send + Sync + 'static,
{
    pub(crate) fn of(most: u64) -> Self {
        let cache = Cache::builder().max_capacity(most).eviction_policy(EvictionPolicy::lru());
        Self(cache.time_to_idle(IDLE).build())
    }

    /// What is kept, or else what `read` says. Who asks for the same meanwhile waits for it, rather than to read it as
    /// well.
    pub(crate) async fn get(
        &self,
        version: i64,
        asked: K,
        read: impl Future<Output = Result<Arc<V>, Error>>,
    ) -> Result<Arc<V>, Error> {
        Ok(self.0.try_get_with((version, asked), read).await?)
    }
}
