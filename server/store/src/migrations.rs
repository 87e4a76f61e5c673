//! Which editions of the tables a database has, and which this program knows.

use sqlx::migrate::Migrator;

use crate::{
    Engine, Error, POSTGRES_MIGRATIONS, SQLITE_MIGRATIONS, Store, on_read,
    people::{self, People},
};

const APPLIED: &str = "select version from _sqlx_migrations where success order by version";

impl Store {
    /// Whether the tables are those of this program: no edition is missing, none is newer. Asks the database.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_up_to_date(&self) -> Result<bool, Error> {
        let applied: Vec<i64> = on_read!(self, pool => sqlx::query_scalar(APPLIED).fetch_all(pool).await)?;
        Ok(applied == versions(self.migrator()) && self.people.is_up_to_date().await?)
    }

    fn migrator(&self) -> &'static Migrator {
        match &self.engine {
            Engine::Sqlite { .. } => &SQLITE_MIGRATIONS,
            Engine::Postgres(_) => &POSTGRES_MIGRATIONS,
        }
    }
}

impl People {
    /// The same of the file that SQLite keeps people in; PostgreSQL has no other tables than those asked about.
    async fn is_up_to_date(&self) -> Result<bool, Error> {
        let Engine::Sqlite { read, .. } = &self.engine else { return Ok(true) };
        let applied: Vec<i64> = sqlx::query_scalar(APPLIED).fetch_all(read).await?;
        Ok(applied == versions(&people::SQLITE_MIGRATIONS))
    }
}

/// The editions that a program knows, the oldest first.
pub(crate) fn versions(migrator: &Migrator) -> Vec<i64> {
    let mut versions: Vec<i64> = migrator.iter().map(|migration| migration.version).collect();
    versions.sort_unstable();
    versions
}
