//! Sessions as they are kept: found by the hash of what a cookie says, gone when their time is over.

use sqlx::FromRow;

use super::People;
use crate::{Error, Tx, on_read, on_tx};

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Session {
    /// The hash it is found by; it opens nothing.
    pub hash: String,
    /// When it began.
    pub signed_in_at: Option<i64>,
    /// When it was used last, to some minutes.
    pub seen_at: Option<i64>,
    /// What the browser calls itself.
    pub browser: String,
    /// Where it began.
    pub from_address: String,
}

/// A session as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The hash it is found by.
    pub hash: String,
    /// Whose.
    pub person_id: Option<i64>,
    /// What it holds, as JSON.
    pub data: String,
    /// When it began.
    pub signed_in_at: Option<i64>,
    /// When it was used last.
    pub seen_at: Option<i64>,
    /// What the browser calls itself.
    pub browser: String,
    /// Where it began.
    pub from_address: String,
    /// When it ends.
    pub expires_at: i64,
}

impl People {
    /// Keeps a session; one that nobody knew is kept only while its hash is free, and `false` says it was not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_session(&self, kept: &Kept, is_new: bool) -> Result<bool, Error> {
        const ADD: &str = "insert into sessions \
                           (hash, person_id, data, signed_in_at, seen_at, browser, from_address, expires_at) \
                           values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (hash) do nothing";
        // A session that was ended meanwhile stays ended.
        const SAVE: &str = "update sessions set person_id = $2, data = $3, signed_in_at = $4, seen_at = $5, browser = $6, \
                            from_address = $7, expires_at = $8 where hash = $1";
        let sql = if is_new { ADD } else { SAVE };
        let mut tx = self.begin().await?;
        let done = on_tx!(&mut tx, conn => sqlx::query(sql)
            .bind(&kept.hash).bind(kept.person_id).bind(&kept.data).bind(kept.signed_in_at).bind(kept.seen_at)
            .bind(&kept.browser).bind(&kept.from_address).bind(kept.expires_at)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        tx.commit().await?;
        Ok(done > 0)
    }

    /// What a session holds and when it ends, unless its time is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, hash: &str, now: i64) -> Result<Option<(String, i64)>, Error> {
        const GET: &str = "select data, expires_at from sessions where hash = $1 and expires_at > $2";
        Ok(on_read!(self, pool => sqlx::query_as(GET).bind(hash).bind(now).fetch_optional(pool).await)?)
    }

    /// Ends one session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session(&self, hash: &str) -> Result<(), Error> {
        const END: &str = "delete from sessions where hash = $1";
        let mut tx = self.begin().await?;
        on_tx!(&mut tx, conn => sqlx::query(END).bind(hash).execute(conn).await.map(drop))?;
        tx.commit().await
    }

    /// The sessions of a person that are not over, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sessions_of(&self, person_id: i64, now: i64) -> Result<Vec<Session>, Error> {
        const LIST: &str = "select hash, signed_in_at, seen_at, browser, from_address from sessions \
                            where person_id = $1 and expires_at > $2 order by seen_at desc, hash";
        Ok(on_read!(self, pool => sqlx::query_as(LIST).bind(person_id).bind(now).fetch_all(pool).await)?)
    }

    /// Ends the sessions of a person: one of them, or all but one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_sessions(
        &self,
        person_id: i64,
        only: Option<&str>,
        but: Option<&str>,
    ) -> Result<(), Error> {
        const ONE: &str = "delete from sessions where person_id = $1 and hash = $2";
        let mut tx = self.begin().await?;
        match only {
            Some(hash) => {
                on_tx!(&mut tx, conn => sqlx::query(ONE).bind(person_id).bind(hash).execute(conn).await.map(drop))?;
            }
            None => tx.end_sessions(person_id, but).await?,
        }
        tx.commit().await
    }

    /// Forgets the sessions and links whose time is over, and failed sign-ins from before a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget(&self, now: i64, failures_before: i64) -> Result<(), Error> {
        const SESSIONS: &str = "delete from sessions where expires_at <= $1";
        const LINKS: &str = "delete from invitations where expires_at <= $1";
        const FAILURES: &str = "delete from failed_sign_ins where failed_at <= $1";
        let mut tx = self.begin().await?;
        for (sql, until) in [(SESSIONS, now), (LINKS, now), (FAILURES, failures_before)] {
            on_tx!(&mut tx, conn => sqlx::query(sql).bind(until).execute(conn).await.map(drop))?;
        }
        tx.commit().await
    }
}

impl Tx {
    pub(super) async fn end_sessions(&mut self, person_id: i64, but: Option<&str>) -> Result<(), Error> {
        const ALL: &str = "delete from sessions where person_id = $1 and hash <> $2";
        on_tx!(self, conn =>
            sqlx::query(ALL).bind(person_id).bind(but.unwrap_or("")).execute(conn).await.map(drop))?;
        Ok(())
    }
}
