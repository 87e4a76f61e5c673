//! The small kinds: rows known by a key, each kept as it was before a batch changed it, so that the batch can be undone.

use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, Import, Tx, on_tx};

/// A row of a small kind, without its key.
pub(crate) trait Keyed: Clone + PartialEq + Serialize + DeserializeOwned {
    /// What tells one row from another.
    type Key: Serialize + DeserializeOwned;
    /// The kind's name, as batches have it.
    const KIND: &'static str;

    /// The row of a key.
    async fn stored(tx: &mut Tx, key: &Self::Key) -> Result<Option<Self>, Error>;

    /// Writes the row in the place of its key.
    async fn write(&self, tx: &mut Tx, key: &Self::Key, batch_id: i64) -> Result<(), Error>;

    /// Takes the row away: `false`, and nothing is done, when others lean on it.
    async fn remove(tx: &mut Tx, key: &Self::Key) -> Result<bool, Error>;

    /// What is left in the place of a row that others lean on.
    fn bare(_key: &Self::Key) -> Option<Self> {
        None
    }

    /// What else a change makes necessary.
    async fn follow(
        _import: &mut Import,
        _line: u64,
        _key: &Self::Key,
        _was: Option<&Self>,
        _is: Option<&Self>,
    ) -> Result<(), Error> {
        Ok(())
    }
}

/// A row's text in the table of what was before.
pub(crate) fn text(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(Error::journal)
}

/// A row from its text in the table of what was before.
pub(crate) fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(Error::journal)
}

impl Import {
    /// Puts a row where `stored` stands, unless it says the same; what was there is kept. True when it was written.
    pub(crate) async fn put<K: Keyed>(
        &mut self,
        line: u64,
        key: &K::Key,
        stored: Option<&K>,
        new: &K,
    ) -> Result<bool, Error> {
        if !self.tally(stored, new) {
            return Ok(false);
        }
        self.changed.rest = true;
        let body = stored.map(text).transpose()?;
        self.tx.keep_row(self.receipt.batch_id, K::KIND, &text(key)?, body.as_deref(), false).await?;
        new.write(&mut self.tx, key, self.receipt.batch_id).await?;
        K::follow(self, line, key, stored, Some(new)).await?;
        Ok(true)
    }

    /// Notes that a row was made from its code alone.
    pub(crate) async fn made<K: Keyed>(&mut self, key: &K::Key) -> Result<(), Error> {
        self.changed.rest = true;
        self.tx.keep_row(self.receipt.batch_id, K::KIND, &text(key)?, None, true).await
    }
}

impl Tx {
    /// Runs a deletion by one code, and says whether it found anything to delete.
    pub(crate) async fn removes(&mut self, delete: &'static str, code: &str) -> Result<bool, Error> {
        let deleted = on_tx!(self, conn => sqlx::query(delete).bind(code).execute(conn).await.map(|d| d.rows_affected()))?;
        Ok(deleted > 0)
    }

    /// Keeps what stood in a row's place; of a row that a batch changes twice, what stood there first.
    async fn keep_row(
        &mut self,
        batch_id: i64,
        kind: &str,
        key: &str,
        body: Option<&str>,
        is_made: bool,
    ) -> Result<(), Error> {
        const KEEP: &str = "insert into rows_before (batch_id, kind, row_key, body, is_made) \
                            values ($1, $2, $3, $4, $5) on conflict (batch_id, kind, row_key) do nothing";
        on_tx!(self, conn => sqlx::query(KEEP)
            .bind(batch_id).bind(kind).bind(key).bind(body).bind(is_made).execute(conn).await.map(drop))?;
        Ok(())
    }
}
