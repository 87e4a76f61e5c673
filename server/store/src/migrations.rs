//! Which editions of the tables a database has, and which this program knows.

use sqlx::migrate::Migrator;

use crate::{Engine, Error, POSTGRES_MIGRATIONS, SQLITE_MIGRATIONS, Store, on_read};

impl Store {
    /// Whether the tables are those of this program: no edition is missing, none is newer. Asks the database.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_up_to_date(&self) -> Result<bool, Error> {
        const APPLIED: &str = "select version from _sqlx_migrations where success order by version";
        let applied: Vec<i64> = on_read!(self, pool => sqlx::query_scalar(APPLIED).fetch_all(pool).await)?;
        Ok(applied == versions(self.migrator()))
    }

    fn migrator(&self) -> &'static Migrator {
        match &self.engine {
            Engine::Sqlite { .. } => &SQLITE_MIGRATIONS,
            Engine::Postgres(_) => &POSTGRES_MIGRATIONS,
        }
    }
}

/// The editions that a program knows, the oldest first.
pub(crate) fn versions(migrator: &Migrator) -> Vec<i64> {
    let mut versions: Vec<i64> = migrator.iter().map(|migration| migration.version).collect();
    versions.sort_unstable();
    versions
}
