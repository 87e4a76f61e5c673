//! Tokens of the systems that push data in. The store sees their hashes alone.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::{Error, Store, on_read, on_tx};

/// What a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// The door that takes rows in.
    Push,
    /// The readings.
    Readings,
}

impl Opens {
    /// The word in the table.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Readings => "readings",
        }
    }
}

/// A token, without what it says.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize)]
pub struct Token {
    /// The system it was given to.
    pub name: String,
    /// Since when.
    pub created_on: NaiveDate,
    /// The day it was taken back.
    pub revoked_on: Option<NaiveDate>,
    /// What it opens, by the word of [`Opens`].
    pub opens: String,
}

impl Store {
    /// Every token, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tokens(&self) -> Result<Vec<Token>, Error> {
        const LIST: &str = "select name, created_on, revoked_on, opens from tokens order by name";
        Ok(on_read!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?)
    }

    /// The system whose token has a hash and opens a door, unless it was taken back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn token_of(&self, hash: &str, opens: Opens) -> Result<Option<String>, Error> {
        const OF: &str = "select name from tokens where hash = $1 and opens = $2 and revoked_on is null";
        Ok(
            on_read!(self, pool => sqlx::query_scalar(OF).bind(hash).bind(opens.as_str()).fetch_optional(pool).await)?,
        )
    }

    /// Gives a system a token, in the place of the one it had.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_token(
        &self,
        name: &str,
        hash: &str,
        opens: Opens,
        today: NaiveDate,
    ) -> Result<(), Error> {
        const GIVE: &str = "insert into tokens (name, hash, created_on, opens) values ($1, $2, $3, $4) \
                            on conflict (name) do update set hash = excluded.hash, created_on = excluded.created_on, \
                            opens = excluded.opens, revoked_on = null";
        let mut tx = self.begin().await?;
        on_tx!(&mut tx, conn => sqlx::query(GIVE).bind(name).bind(hash).bind(today).bind(opens.as_str()).execute(conn).await.map(drop))?;
        tx.commit().await
    }

    /// Takes a system's token back; `false` when it has none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_token(&self, name: &str, today: NaiveDate) -> Result<bool, Error> {
        const REVOKE: &str = "update tokens set revoked_on = $2 where name = $1 and revoked_on is null";
        let mut tx = self.begin().await?;
        let revoked = on_tx!(&mut tx, conn =>
            sqlx::query(REVOKE).bind(name).bind(today).execute(conn).await.map(|done| done.rows_affected()))?;
        tx.commit().await?;
        Ok(revoked > 0)
    }
}
