//! A PostgreSQL database as those see it who put a backup in its place: which editions its tables have, who is connected,
//! and a place beside for what was there before.

use std::str::FromStr as _;

use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};

use crate::{Error, OpenError, POSTGRES_MIGRATIONS, PartError, migrations::versions};

/// A connection of its own to a PostgreSQL database, that changes nothing unless it is told to.
pub struct Schema {
    connection: PgConnection,
}

impl Schema {
    /// Connects.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let options = PgConnectOptions::from_str(url).map_err(OpenError::unreachable)?;
        let connection = PgConnection::connect_with(&options).await.map_err(OpenError::unreachable)?;
        Ok(Self { connection })
    }

    /// The editions of the tables; `None` when there are no tables of the product.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn editions(&mut self) -> Result<Option<Vec<i64>>, Error> {
        const IS_THERE: &str = "select to_regclass('public._sqlx_migrations') is not null";
        const EDITIONS: &str = "select version from public._sqlx_migrations where success order by version";
        let is_there: bool = sqlx::query_scalar(IS_THERE).fetch_one(&mut self.connection).await?;
        if !is_there {
            return Ok(None);
        }
        Ok(Some(sqlx::query_scalar(EDITIONS).fetch_all(&mut self.connection).await?))
    }

    /// Whether there are tables of anybody.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn holds_data(&mut self) -> Result<bool, Error> {
        const TABLES: &str = "select exists (select 1 from pg_catalog.pg_tables where schemaname = 'public')";
        Ok(sqlx::query_scalar(TABLES).fetch_one(&mut self.connection).await?)
    }

    /// Whether another program is connected to the same database.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_in_use(&mut self) -> Result<bool, Error> {
        // The server's own workers have no user.
        const OTHERS: &str = "select exists (select 1 from pg_stat_activity \
             where datname = current_database() and usesysid is not null and pid <> pg_backend_pid())";
        Ok(sqlx::query_scalar(OTHERS).fetch_one(&mut self.connection).await?)
    }

    /// Puts everything that is there aside, so that a backup finds an empty place.
    ///
    /// # Errors
    /// When the database fails; nothing is changed then. What an interrupted restore left aside is in the way as well.
    pub async fn put_aside(&mut self) -> Result<(), Error> {
        const ASIDE: [&str; 2] =
            ["alter schema public rename to thuocdo_before_restore", "create schema public"];
        self.together(&ASIDE).await
    }

    /// Takes back what was put aside, and throws away what came in its place.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_back(&mut self) -> Result<(), Error> {
        const BACK: [&str; 2] =
            ["drop schema public cascade", "alter schema thuocdo_before_restore rename to public"];
        self.together(&BACK).await
    }

    /// Throws away what was put aside.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget(&mut self) -> Result<(), Error> {
        const FORGET: [&str; 1] = ["drop schema thuocdo_before_restore cascade"];
        self.together(&FORGET).await
    }

    async fn together(&mut self, statements: &[&'static str]) -> Result<(), Error> {
        let mut tx = self.connection.begin().await?;
        for statement in statements {
            sqlx::query(*statement).execute(&mut *tx).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Hangs up.
    pub async fn close(self) {
        let _ = self.connection.close().await;
    }

    /// Whether this program knows all of these editions.
    ///
    /// # Errors
    /// When one is newer.
    pub fn knows(editions: &[i64]) -> Result<(), PartError> {
        let known = versions(&POSTGRES_MIGRATIONS);
        if editions.iter().all(|edition| known.contains(edition)) { Ok(()) } else { Err(PartError::Newer) }
    }

    /// What PostgreSQL's own programs need in their environment to reach the same database: nothing of it, a password least
    /// of all, may stand on a command line, which every user of the machine can read.
    ///
    /// # Errors
    /// When the address says nothing sensible.
    pub fn environment(url: &str) -> Result<Vec<(&'static str, String)>, OpenError> {
        let wrong = || OpenError::Unreachable("configuration".to_owned());
        let url = url::Url::parse(url).map_err(|_| wrong())?;
        let plain = |text: &str| {
            percent_encoding::percent_decode_str(text).decode_utf8().map(|text| text.into_owned())
        };
        let mut found = Vec::new();
        let mut put = |name, value: Option<&str>| -> Result<(), OpenError> {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                found.push((name, plain(value).map_err(|_| wrong())?));
            }
            Ok(())
        };
        put("PGHOST", url.host_str().map(|host| host.trim_start_matches('[').trim_end_matches(']')))?;
        put("PGPORT", url.port().map(|port| port.to_string()).as_deref())?;
        put("PGUSER", Some(url.username()))?;
        put("PGPASSWORD", url.password())?;
        put("PGDATABASE", Some(url.path().trim_start_matches('/')))?;
        for (key, value) in url.query_pairs() {
            let name = match &*key {
                "host" => "PGHOST",
                "hostaddr" => "PGHOSTADDR",
                "port" => "PGPORT",
                "user" => "PGUSER",
                "password" => "PGPASSWORD",
                "dbname" => "PGDATABASE",
                "sslmode" | "ssl-mode" => "PGSSLMODE",
                "sslrootcert" | "ssl-root-cert" | "ssl-ca" => "PGSSLROOTCERT",
                "sslcert" | "ssl-cert" => "PGSSLCERT",
                "sslkey" | "ssl-key" => "PGSSLKEY",
                "options" => "PGOPTIONS",
                _ => continue,
            };
            // The later one counts, as it does for the pool.
            found.push((name, value.into_owned()));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_an_environment_with_its_password_as_it_is() {
        let environment =
            Schema::environment("postgres://an:m%C3%A3%40x@db.example:5433/thuoc%20do?sslmode=require")
                .expect("an address");
        assert_eq!(
            environment,
            [
                ("PGHOST", "db.example".to_owned()),
                ("PGPORT", "5433".to_owned()),
                ("PGUSER", "an".to_owned()),
                ("PGPASSWORD", "mã@x".to_owned()),
                ("PGDATABASE", "thuoc do".to_owned()),
                ("PGSSLMODE", "require".to_owned()),
            ]
        );
        let socket = Schema::environment("postgres:///city?host=/run/postgresql").expect("an address");
        assert_eq!(socket, [("PGDATABASE", "city".to_owned()), ("PGHOST", "/run/postgresql".to_owned())]);
    }
}
