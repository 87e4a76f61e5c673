//! Counters held in memory: after an import no more of them is fetched than what it changed, so that one file more is on the
//! pages at once; after all counters were made anew, everything is.

use std::{
    ops::Deref,
    sync::{PoisonError, RwLock, RwLockReadGuard},
};

use futures::lock::Mutex;

use crate::{Error, Store};

/// Counters whose cells know the version that changed them last.
pub(crate) trait Counted: Default + Send + Sync {
    /// Some of the cells.
    type Cells: Send;

    /// The cells that a version after the given one changed.
    fn changed_since(store: &Store, version: i64) -> impl Future<Output = Result<Self::Cells, Error>> + Send;

    /// Puts cells in the place of those held.
    fn put(&mut self, cells: Self::Cells) -> Result<(), Error>;
}

/// What a store holds, and whose turn it is to bring it up to date.
#[derive(Default)]
pub(crate) struct Holding<T> {
    held: RwLock<Held<T>>,
    turn: Mutex<()>,
}

/// What is held, and of which version.
#[derive(Default)]
pub(crate) struct Held<T> {
    version: Option<i64>,
    counted: T,
}

impl<T> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.counted
    }
}

/// SQL for the cells that a version after `$1` changed. All of them are read in the order of their key, a few are found by
/// their version.
pub(crate) fn changed_after(version: i64) -> &'static str {
    if version < 0 { "+version > $1" } else { "version > $1" }
}

impl<T: Counted> Holding<T> {
    /// What is held, as of the last commit.
    pub(crate) async fn get(&self, store: &Store) -> Result<RwLockReadGuard<'_, Held<T>>, Error> {
        let version = store.versions().await?.all;
        if self.held().version.is_none_or(|held| held < version) {
            let _turn = self.turn.lock().await;
            self.bring_up_to_date(store).await?;
        }
        Ok(self.held())
    }

    fn held(&self) -> RwLockReadGuard<'_, Held<T>> {
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }

    async fn bring_up_to_date(&self, store: &Store) -> Result<(), Error> {
        // Asked before the cells: what is committed meanwhile is fetched once more next time.
        let versions = store.versions().await?;
        let held = self.held().version;
        if held.is_some_and(|held| held >= versions.all) {
            return Ok(());
        }
        let since = held.filter(|held| *held >= versions.recounted);
        let cells = T::changed_since(store, since.unwrap_or(-1)).await?;
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if since.is_none() {
            *held = Held::default();
        }
        held.counted.put(cells)?;
        held.version = Some(versions.all);
        Ok(())
    }
}
