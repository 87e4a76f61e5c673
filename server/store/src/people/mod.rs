//! Who may what: people, their sessions, links that let them in, failed sign-ins, and the audit log.
//!
//! On SQLite these stand in a file of their own: an import holds the writer of the main one for minutes. Times are seconds
//! since 1970, UTC, and arguments: the store has no clock.

mod audit;
mod failed_sign_ins;
mod invitations;
mod openid;
mod persons;
mod sessions;

use std::{fs::OpenOptions, path::Path};

use sqlx::{
    PgPool, Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{Engine, Error, OpenError, Tx};

pub use audit::{AuditLine, AuditQuestion, Broken};
pub use failed_sign_ins::Failures;
pub use invitations::Invited;
pub use openid::Vouched;
pub use persons::{Account, NewPerson, Person};
pub use sessions::{Kept, Session};

pub(crate) static SQLITE_MIGRATIONS: sqlx::migrate::Migrator =
    sqlx::migrate!("../../migrations/sqlite/people");

/// The part of the database that says who may what. Cheap to clone.
#[derive(Clone)]
pub struct People {
    pub(crate) engine: Engine,
}

impl People {
    /// Opens the file beside a SQLite's own: `city.people.db` beside `city.db`.
    pub(crate) async fn beside(options: &SqliteConnectOptions) -> Result<Self, OpenError> {
        let file = options.get_filename().with_extension("people.db");
        begin_for_us_alone(&file);
        // What is said to have happened must have: a line of the log is on the disk before the answer leaves.
        let options =
            options.clone().filename(file).synchronous(SqliteSynchronous::Full).pragma("cache_size", "-1024");
        let open = |most| SqlitePoolOptions::new().max_connections(most);
        // As long as it is open, a restore can tell that somebody works on the database.
        let write = open(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await
            .map_err(OpenError::unreachable)?;
        SQLITE_MIGRATIONS.run(&write).await?;
        let read =
            open(2).connect_with(options.pragma("query_only", "on")).await.map_err(OpenError::unreachable)?;
        Ok(Self { engine: Engine::Sqlite { read, write } })
    }

    /// The tables beside the rest.
    pub(crate) fn within(pool: &PgPool) -> Self {
        Self { engine: Engine::Postgres(pool.clone()) }
    }

    async fn begin(&self) -> Result<Tx, Error> {
        Ok(match &self.engine {
            Engine::Sqlite { write, .. } => Tx::Sqlite(immediate(write).await?),
            Engine::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    pub(crate) async fn close(&self) {
        if let Engine::Sqlite { read, write } = &self.engine {
            read.close().await;
            write.close().await;
        }
    }
}

/// Makes the file before SQLite does, which would let everybody on the machine read it, hashes of passwords and all; its log
/// files get the rights of the file. What cannot be made here is told when it is opened.
fn begin_for_us_alone(file: &Path) {
    let mut new = OpenOptions::new();
    new.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut new, 0o600);
    let _ = new.open(file);
}

async fn immediate(write: &SqlitePool) -> Result<Transaction<'static, Sqlite>, Error> {
    Ok(write.begin_with("begin immediate").await?)
}
