//! Sign-ins that failed: what slows down who guesses, also after a restart.

use super::People;
use crate::{Error, on_read, on_tx};

/// How often signing in failed since a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Failures {
    /// For this name from this address.
    pub of_both: i64,
    /// For this name from anywhere.
    pub of_name: i64,
    /// From this address for any name.
    pub of_address: i64,
}

impl People {
    /// Notes a sign-in that failed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_failure(&self, name: &str, from_address: &str, now: i64) -> Result<(), Error> {
        const NOTE: &str = "insert into failed_sign_ins (failed_at, name, from_address) values ($1, $2, $3)";
        let mut tx = self.begin().await?;
        on_tx!(&mut tx, conn =>
            sqlx::query(NOTE).bind(now).bind(name).bind(from_address).execute(conn).await.map(drop))?;
        tx.commit().await
    }

    /// How often it failed since a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn failures(&self, name: &str, from_address: &str, since: i64) -> Result<Failures, Error> {
        const COUNT: &str = "select \
             (select count(*) from failed_sign_ins where name = $1 and from_address = $2 and failed_at > $3), \
             (select count(*) from failed_sign_ins where name = $1 and failed_at > $3), \
             (select count(*) from failed_sign_ins where from_address = $2 and failed_at > $3)";
        let (of_both, of_name, of_address) = on_read!(self, pool =>
            sqlx::query_as(COUNT).bind(name).bind(from_address).bind(since).fetch_one(pool).await)?;
        Ok(Failures { of_both, of_name, of_address })
    }

    /// Forgets the failures of a name from an address: it was the right person after all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forgive(&self, name: &str, from_address: &str) -> Result<(), Error> {
        const FORGIVE: &str = "delete from failed_sign_ins where name = $1 and from_address = $2";
        let mut tx = self.begin().await?;
        on_tx!(&mut tx, conn => sqlx::query(FORGIVE).bind(name).bind(from_address).execute(conn).await.map(drop))?;
        tx.commit().await
    }
}
