//! The store: the only SQL of the product, one text for SQLite and PostgreSQL.
//!
//! Invariant: every reading method takes a [`Scope`](thuocdo::agency::Scope), so that no page, list or export can
//! forget which agencies a person may see.

#![warn(missing_docs)]

mod agencies;
mod agency_tree;
mod apology_lists;
mod batches;
mod briefs;
mod case_file_lists;
mod case_files;
mod copy;
mod counters;
mod criteria;
mod days;
mod deltas;
mod dialogue_details;
mod dialogues;
mod doubt_lists;
mod error;
mod facts;
mod field_reads;
mod form_reads;
mod from_files;
mod half_changes;
mod held;
mod held_parts;
mod holding;
mod holidays;
mod import;
mod keyed;
mod mappings;
mod migrations;
mod open_on;
mod packed;
mod parts;
pub mod people;
mod petition_lists;
mod petitions;
mod placeholders;
mod plan;
mod procedure_reads;
mod procedures;
mod rebuild;
mod recent;
mod schema;
mod series;
mod settings;
mod surveys;
#[cfg(feature = "testing")]
pub mod testing;
mod tokens;
mod undo;
mod within;
mod yearly_indexes;

use std::{str::FromStr, sync::Arc, time::Duration};

use sqlx::{
    AssertSqlSafe, Executor as _, PgPool, SqlitePool,
    migrate::Migrator,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use held::HeldCells;
use held_parts::HeldParts;
use holding::Holding;
use people::People;
use recent::Recently;

pub use agencies::{AgencyName, Selection};
pub use batches::{Batch, Receipt};
pub use case_file_lists::{CaseFileLine, CaseFileList};
pub use error::{Error, OpenError};
pub use facts::Freshness;
pub use form_reads::FormRead;
pub use import::{Import, Numbered, Remark, Remarked};
pub use parts::{Hold, Part, PartError, parts};
pub use rebuild::Difference;
pub use schema::Schema;
pub use settings::Versions;
pub use tokens::{Opens, Token};
pub use undo::UndoError;
pub use within::Whose;

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/postgres");

/// SQLite's pages in memory for the one that writes, in kB below zero.
pub(crate) const IMPORT_CACHE: &str = "-98304";

/// The first SQLite that does not corrupt a database when two connections reset its write-ahead log.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// Runs one expression on whichever pool a query may read from.
macro_rules! on_read {
    ($store:expr, $pool:ident => $body:expr) => {
        match &$store.engine {
            $crate::Engine::Sqlite { read: $pool, .. } => $body,
            $crate::Engine::Postgres($pool) => $body,
        }
    };
}

/// Runs one expression inside an open transaction of whichever engine.
macro_rules! on_tx {
    ($tx:expr, $conn:ident => $body:expr) => {
        match $tx {
            $crate::Tx::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::Tx::Postgres(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
}

pub(crate) use {on_read, on_tx};

/// A database of the product. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) engine: Engine,
    pub(crate) people: People,
    pub(crate) holding: Arc<Holding<HeldCells>>,
    pub(crate) holding_parts: Arc<Holding<HeldParts>>,
    pub(crate) recent: Arc<Recently>,
}

/// SQLite takes one writer and several readers; PostgreSQL sorts that out itself.
#[derive(Clone)]
pub(crate) enum Engine {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres(PgPool),
}

/// An open write transaction.
pub(crate) enum Tx {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Store {
    /// Opens `sqlite://path` (made when absent) or `postgres://…`, and brings its tables up to date.
    ///
    /// # Errors
    /// When the address is of no known kind, the database cannot be reached or written, or it was made by a newer
    /// version of the product.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let (engine, people) = if url.starts_with("sqlite:") {
            open_sqlite(url).await?
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let pool = PgPoolOptions::new()
                .max_connections(8)
                .acquire_timeout(Duration::from_secs(10))
                .connect(url)
                .await
                .map_err(OpenError::unreachable)?;
            POSTGRES_MIGRATIONS.run(&pool).await?;
            let people = People::within(&pool);
            (Engine::Postgres(pool), people)
        } else {
            return Err(OpenError::UnknownScheme);
        };
        let (holding, holding_parts) = (Arc::default(), Arc::default());
        let store = Self { engine, people, holding, holding_parts, recent: Arc::default() };
        store.bring_counters_up_to_date().await.map_err(|error| OpenError::Migration(error.to_string()))?;
        Ok(store)
    }

    /// Who may what.
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }

    /// Makes the counters that a newer version keeps: once, after it was installed.
    async fn bring_counters_up_to_date(&self) -> Result<(), Error> {
        if self.needs_recount().await? {
            tracing::warn!(
                "this version keeps more counters: they are made from the files, some seconds for each million"
            );
            self.rebuild().await?;
        }
        Ok(())
    }

    /// The engine's name and version, as a person would say it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn engine_name(&self) -> Result<String, Error> {
        const SQLITE: &str = "select sqlite_version()";
        const POSTGRES: &str = "select current_setting('server_version')";
        Ok(match &self.engine {
            Engine::Sqlite { read, .. } => {
                format!("SQLite {}", sqlx::query_scalar::<_, String>(SQLITE).fetch_one(read).await?)
            }
            Engine::Postgres(pool) => {
                format!("PostgreSQL {}", sqlx::query_scalar::<_, String>(POSTGRES).fetch_one(pool).await?)
            }
        })
    }

    /// Begins a write transaction. On SQLite it waits for the one writer; on PostgreSQL for the lock that lets one
    /// import in at a time, so that two cannot count the same file.
    pub(crate) async fn begin(&self) -> Result<Tx, Error> {
        const ONE_IMPORT_AT_A_TIME: &str = "select pg_advisory_xact_lock(280)";
        Ok(match &self.engine {
            Engine::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("begin immediate").await?),
            Engine::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                sqlx::query(ONE_IMPORT_AT_A_TIME).execute(&mut *tx).await?;
                Tx::Postgres(tx)
            }
        })
    }

    /// Closes every connection, so that SQLite folds its log into the file.
    pub async fn close(&self) {
        self.people.close().await;
        match &self.engine {
            Engine::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Runs a statement that is not worth keeping.
    pub(crate) async fn run(&mut self, sql: String) -> Result<(), Error> {
        on_tx!(self, conn => sqlx::query(AssertSqlSafe(sql)).persistent(false).execute(conn).await.map(drop))?;
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

async fn open_sqlite(url: &str) -> Result<(Engine, People), OpenError> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(OpenError::unreachable)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(Duration::from_secs(30))
        .foreign_keys(true)
        .page_size(8192)
        // What is larger than the pages held is sorted on the disk: a list may have millions of rows.
        .pragma("temp_store", "file")
        .pragma("journal_size_limit", "67108864");
    let people = People::beside(&options).await?;
    // What is asked for most is held in memory as counts, see `held`.
    let options = options.pragma("cache_size", "-4096");
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(600))
        // As long as it is open, a restore can tell that somebody works on the database.
        .idle_timeout(None)
        .max_lifetime(None)
        // An import gives its memory back when it has ended.
        .after_release(|connection, _| {
            Box::pin(async move {
                let back = format!("pragma cache_size = {IMPORT_CACHE}; pragma shrink_memory");
                connection.execute(AssertSqlSafe(back)).await.map(|_| true)
            })
        })
        // An import goes back and forth in indexes of gigabytes, and sorts more rows than memory should hold.
        .connect_with(options.clone().pragma("cache_size", IMPORT_CACHE))
        .await
        .map_err(OpenError::unreachable)?;
    let version: String = sqlx::query_scalar("select sqlite_version()")
        .fetch_one(&write)
        .await
        .map_err(OpenError::unreachable)?;
    if version_of(&version) < Some(OLDEST_SQLITE) {
        return Err(OpenError::OldSqlite(version));
    }
    SQLITE_MIGRATIONS.run(&write).await?;
    let read = SqlitePoolOptions::new()
        .max_connections(4)
        .connect_with(options.pragma("query_only", "on"))
        .await
        .map_err(OpenError::unreachable)?;
    Ok((Engine::Sqlite { read, write }, people))
}

fn version_of(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number_rather_than_by_letter() {
        assert!(version_of("3.51.3") >= Some(OLDEST_SQLITE));
        assert!(version_of("3.9.0") < Some(OLDEST_SQLITE));
        assert!(version_of("3.100.0") > Some(OLDEST_SQLITE));
    }
}
