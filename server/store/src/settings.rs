//! Small facts about the whole database: its versions, and whether its data are invented.

use crate::{Error, Store, Tx, on_read, on_tx};

const INVENTED: &str = "invented";
/// Counts the batches that changed something.
const DATA_VERSION: &str = "data_version";
/// The versions that changed a part of the data last.
const CASE_FILES: &str = "case_files_version";
const PETITIONS: &str = "petitions_version";
const REST: &str = "rest_version";
/// The version that made all counters anew.
const RECOUNTED: &str = "recounted_version";

/// A migration made a counter that only the files can fill.
const RECOUNT_NEEDED: &str = "recount_needed";

/// Numbers that grow when a batch changes something: the keys of every cache. What is read from case files alone stays
/// good while petitions come in, and the other way round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Versions {
    /// Of everything.
    pub all: i64,
    /// Of case files and of what they are read with.
    pub case_files: i64,
    /// Of petitions and of what they are read with.
    pub petitions: i64,
    /// Of all but case files and petitions.
    pub rest: i64,
    /// Of the last time that all counters were made anew.
    pub(crate) recounted: i64,
}

/// What of the data a batch changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Changed {
    pub case_files: bool,
    pub petitions: bool,
    /// Agencies, procedures, the calendar, …: with them everything is read.
    pub rest: bool,
}

impl Changed {
    pub(crate) const ALL: Self = Self { case_files: true, petitions: true, rest: true };
}

impl Store {
    /// The versions of the last commit.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn versions(&self) -> Result<Versions, Error> {
        const GET: &str = "select name, value from settings where name like '%_version'";
        let rows: Vec<(String, String)> = on_read!(self, pool => sqlx::query_as(GET).fetch_all(pool).await)?;
        let get = |wanted: &str| {
            rows.iter().find(|(name, _)| name == wanted).and_then(|(_, value)| value.parse().ok())
        };
        let all = get(DATA_VERSION).unwrap_or(0);
        Ok(Versions {
            all,
            case_files: get(CASE_FILES).unwrap_or(all),
            petitions: get(PETITIONS).unwrap_or(all),
            rest: get(REST).unwrap_or(all),
            recounted: get(RECOUNTED).unwrap_or(0),
        })
    }

    /// Whether the data were made up by `thuocdo demo`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_invented(&self) -> Result<bool, Error> {
        self.has(INVENTED).await
    }

    /// Whether the data are somebody's: not made up, and there are some.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn holds_real_data(&self) -> Result<bool, Error> {
        const ANY: &str = "select exists (select 1 from case_files) or exists (select 1 from petitions) \
                           or exists (select 1 from dialogues)";
        let any: bool = on_read!(self, pool => sqlx::query_scalar(ANY).fetch_one(pool).await)?;
        Ok(any && !self.is_invented().await?)
    }

    /// Whether a new version keeps counters that were not made yet.
    pub(crate) async fn needs_recount(&self) -> Result<bool, Error> {
        self.has(RECOUNT_NEEDED).await
    }

    async fn has(&self, name: &str) -> Result<bool, Error> {
        const HAS: &str = "select exists (select 1 from settings where name = $1)";
        Ok(on_read!(self, pool => sqlx::query_scalar(HAS).bind(name).fetch_one(pool).await)?)
    }
}

impl Tx {
    /// The version that a commit of this transaction will have.
    pub(crate) async fn next_version(&mut self) -> Result<i64, Error> {
        const NEXT: &str = "select coalesce(max(cast(value as bigint)), 0) + 1 from settings where name = $1";
        Ok(on_tx!(self, conn => sqlx::query_scalar(NEXT).bind(DATA_VERSION).fetch_one(conn).await)?)
    }

    /// Tells every cache what is no longer as it was.
    pub(crate) async fn raise_versions(&mut self, changed: Changed) -> Result<(), Error> {
        if changed == Changed::default() {
            return Ok(());
        }
        let next = self.next_version().await?;
        let parts = [
            (DATA_VERSION, true),
            (CASE_FILES, changed.case_files || changed.rest),
            (PETITIONS, changed.petitions || changed.rest),
            (REST, changed.rest),
        ];
        for (name, _) in parts.into_iter().filter(|(_, is_changed)| *is_changed) {
            self.set(name, next).await?;
        }
        Ok(())
    }

    /// Notes that this transaction made all counters anew.
    pub(crate) async fn note_recount(&mut self) -> Result<(), Error> {
        const DONE: &str = "delete from settings where name = $1";
        on_tx!(self, conn => sqlx::query(DONE).bind(RECOUNT_NEEDED).execute(conn).await.map(drop))?;
        let next = self.next_version().await?;
        self.set(RECOUNTED, next).await
    }

    async fn set(&mut self, name: &str, version: i64) -> Result<(), Error> {
        const SET: &str = "insert into settings (name, value) values ($1, $2) \
                           on conflict (name) do update set value = excluded.value";
        on_tx!(self, conn =>
            sqlx::query(SET).bind(name).bind(version.to_string()).execute(conn).await.map(drop))?;
        Ok(())
    }

    /// Marks the data as invented, for good.
    pub(crate) async fn mark_invented(&mut self) -> Result<(), Error> {
        const MARK: &str =
            "insert into settings (name, value) values ($1, 'demo') on conflict (name) do nothing";
        on_tx!(self, conn => sqlx::query(MARK).bind(INVENTED).execute(conn).await.map(drop))?;
        Ok(())
    }
}
