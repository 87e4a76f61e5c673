//! Links that let somebody in once.

use super::{NewPerson, People};
use crate::{Error, on_read, on_tx};

/// Whom a link lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invited {
    /// Whoever holds it, as the first administrator.
    FirstAdmin,
    /// A person, to set a password.
    Person(i64),
}

impl People {
    /// Makes a link known, in the place of the one before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invite(&self, whom: Invited, hash: &str, expires_at: i64) -> Result<(), Error> {
        const BEFORE: &str = "delete from invitations where person_id is not distinct from $1";
        const ADD: &str = "insert into invitations (hash, person_id, expires_at) values ($1, $2, $3)";
        let person_id = match whom {
            Invited::FirstAdmin => None,
            Invited::Person(person_id) => Some(person_id),
        };
        let mut tx = self.begin().await?;
        on_tx!(&mut tx, conn => sqlx::query(BEFORE).bind(person_id).execute(conn).await.map(drop))?;
        on_tx!(&mut tx, conn =>
            sqlx::query(ADD).bind(hash).bind(person_id).bind(expires_at).execute(conn).await.map(drop))?;
        tx.commit().await
    }

    /// Whom a link lets in, while it does.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invited(&self, hash: &str, now: i64) -> Result<Option<Invited>, Error> {
        const GET: &str = "select person_id from invitations where hash = $1 and expires_at > $2";
        let found: Option<Option<i64>> = on_read!(self, pool =>
            sqlx::query_scalar(GET).bind(hash).bind(now).fetch_optional(pool).await)?;
        Ok(found.map(|person_id| person_id.map_or(Invited::FirstAdmin, Invited::Person)))
    }

    /// Uses up the link of the first administrator and lets that person in; `None` when the link is no longer good or
    /// somebody has an account already: of two who hold it, one gets in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn let_first_in(
        &self,
        link: &str,
        new: &NewPerson,
        password_hash: &str,
        stamp: &str,
        now: i64,
    ) -> Result<Option<i64>, Error> {
        const USE_UP: &str = "delete from invitations where hash = $1 and person_id is null and expires_at > $2 \
                              and not exists (select 1 from people)";
        const LET_IN: &str = "insert into people (name, shown_as, role, password_hash, stamp, created_at) \
                              values ($1, $2, $3, $4, $5, $6) returning person_id";
        let mut tx = self.begin().await?;
        let used = on_tx!(&mut tx, conn =>
            sqlx::query(USE_UP).bind(link).bind(now).execute(conn).await.map(|done| done.rows_affected()))?;
        if used == 0 {
            return Ok(None);
        }
        let person_id = on_tx!(&mut tx, conn => sqlx::query_scalar(LET_IN)
            .bind(&new.name).bind(&new.shown_as).bind(new.role.as_str()).bind(password_hash).bind(stamp).bind(now)
            .fetch_one(conn).await)?;
        tx.commit().await?;
        Ok(Some(person_id))
    }

    /// Uses up a person's link; `false` when it is no longer good.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_up(&self, hash: &str, now: i64) -> Result<bool, Error> {
        const USE_UP: &str = "delete from invitations where hash = $1 and expires_at > $2";
        let mut tx = self.begin().await?;
        let used = on_tx!(&mut tx, conn =>
            sqlx::query(USE_UP).bind(hash).bind(now).execute(conn).await.map(|done| done.rows_affected()))?;
        tx.commit().await?;
        Ok(used > 0)
    }
}
