//! People: their names, roles and agencies, and what their sign-in is checked against.

use sqlx::FromRow;
use thuocdo::{
    access::{Actor, Identity, Role},
    agency::Scope,
};

use super::People;
use crate::{Error, on_read, on_tx};

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The number.
    pub person_id: i64,
    /// The sign-in name.
    pub name: String,
    /// The full name.
    pub shown_as: String,
    /// As what.
    pub role: Role,
    /// The agency that the person is bound to, with all below it.
    pub agency_code: Option<String>,
    /// Whether a password was set.
    pub has_password: bool,
    /// The name that the provider of OpenID Connect knows the person by, when it may sign in there.
    pub openid_name: Option<String>,
    /// Changes with whatever ends a session.
    pub stamp: String,
    /// Since when.
    pub created_at: i64,
    /// Since when the account is shut.
    pub disabled_at: Option<i64>,
    /// When a page was asked for last.
    pub seen_at: Option<i64>,
}

impl Person {
    /// The person as the one who asks.
    #[must_use]
    pub fn actor(&self) -> Actor {
        let scope = self.agency_code.clone().map_or(Scope::All, Scope::Below);
        Actor { identity: Identity::Person(self.person_id, self.name.clone()), role: self.role, scope }
    }
}

/// What signing in is checked against.
#[derive(Clone)]
pub struct Account {
    /// Who.
    pub person: Person,
    /// Argon2id, in the form of PHC strings.
    pub password_hash: Option<String>,
}

/// A person to be let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// The sign-in name, as [`thuocdo::access::sign_in_name`] makes it.
    pub name: String,
    /// The full name.
    pub shown_as: String,
    /// As what.
    pub role: Role,
    /// The agency to be bound to.
    pub agency_code: Option<String>,
    /// The name at the provider of OpenID Connect, as [`thuocdo::access::openid_name`] makes it; none where the person
    /// signs in by password alone.
    pub openid_name: Option<String>,
}

#[derive(FromRow)]
struct Row {
    person_id: i64,
    name: String,
    shown_as: String,
    role: String,
    agency_code: Option<String>,
    password_hash: Option<String>,
    openid_name: Option<String>,
    stamp: String,
    created_at: i64,
    disabled_at: Option<i64>,
    seen_at: Option<i64>,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        // A role that this version does not know holds the least.
        let role = row.role.parse().unwrap_or(Role::Visitor);
        let person = Person {
            person_id: row.person_id,
            name: row.name,
            shown_as: row.shown_as,
            role,
            agency_code: row.agency_code,
            has_password: row.password_hash.is_some(),
            openid_name: row.openid_name,
            stamp: row.stamp,
            created_at: row.created_at,
            disabled_at: row.disabled_at,
            seen_at: row.seen_at,
        };
        Self { person, password_hash: row.password_hash }
    }
}

impl People {
    /// Whether anybody can sign in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_any(&self) -> Result<bool, Error> {
        const ANY: &str = "select exists (select 1 from people)";
        Ok(on_read!(self, pool => sqlx::query_scalar(ANY).fetch_one(pool).await)?)
    }

    /// Everybody, by sign-in name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all(&self) -> Result<Vec<Person>, Error> {
        const ALL: &str = "select p.person_id, p.name, p.shown_as, p.role, p.agency_code, p.password_hash, \
                           p.openid_name, p.stamp, p.created_at, p.disabled_at, \
                           (select max(s.seen_at) from sessions s where s.person_id = p.person_id) as seen_at \
                           from people p order by p.name";
        let rows: Vec<Row> = on_read!(self, pool => sqlx::query_as(ALL).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|row| Account::from(row).person).collect())
    }

    /// The account of a sign-in name, shut or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account(&self, name: &str) -> Result<Option<Account>, Error> {
        const BY_NAME: &str = "select person_id, name, shown_as, role, agency_code, password_hash, openid_name, stamp, \
                               created_at, disabled_at, cast(null as bigint) as seen_at from people where name = $1";
        let row: Option<Row> =
            on_read!(self, pool => sqlx::query_as(BY_NAME).bind(name).fetch_optional(pool).await)?;
        Ok(row.map(Account::from))
    }

    /// A person by number, shut or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn person(&self, person_id: i64) -> Result<Option<Person>, Error> {
        const BY_NUMBER: &str = "select person_id, name, shown_as, role, agency_code, password_hash, openid_name, stamp, \
                                 created_at, disabled_at, cast(null as bigint) as seen_at from people where person_id = $1";
        let row: Option<Row> =
            on_read!(self, pool => sqlx::query_as(BY_NUMBER).bind(person_id).fetch_optional(pool).await)?;
        Ok(row.map(|row| Account::from(row).person))
    }

    /// Lets a person in who has no password yet; `None` when the sign-in name, or the one at the provider, is taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn let_in(&self, new: &NewPerson, stamp: &str, now: i64) -> Result<Option<i64>, Error> {
        const LET_IN: &str = "insert into people (name, shown_as, role, agency_code, stamp, created_at, openid_name) \
                              values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning person_id";
        let mut tx = self.begin().await?;
        let person_id = on_tx!(&mut tx, conn => sqlx::query_scalar(LET_IN)
            .bind(&new.name).bind(&new.shown_as).bind(new.role.as_str()).bind(&new.agency_code)
            .bind(stamp).bind(now).bind(&new.openid_name).fetch_optional(conn).await)?;
        tx.commit().await?;
        Ok(person_id)
    }

    /// Gives a person another role, agency or name; every session of the person ends. Who gets another name at the provider
    /// is known there as somebody else from then on. Says whether it was done: not when that name is another person's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change(&self, person_id: i64, to: &NewPerson, stamp: &str) -> Result<bool, Error> {
        const TAKEN: &str = "select exists (select 1 from people where openid_name = $2 and person_id <> $1)";
        const CHANGE: &str = "update people set shown_as = $2, role = $3, agency_code = $4, stamp = $5, \
                              openid_issuer = case when openid_name = $6 then openid_issuer end, \
                              openid_subject = case when openid_name = $6 then openid_subject end, \
                              openid_name = $6 where person_id = $1";
        let mut tx = self.begin().await?;
        let is_taken: bool = on_tx!(&mut tx, conn =>
            sqlx::query_scalar(TAKEN).bind(person_id).bind(&to.openid_name).fetch_one(conn).await)?;
        if is_taken {
            return Ok(false);
        }
        on_tx!(&mut tx, conn => sqlx::query(CHANGE)
            .bind(person_id).bind(&to.shown_as).bind(to.role.as_str()).bind(&to.agency_code).bind(stamp)
            .bind(&to.openid_name).execute(conn).await.map(drop))?;
        tx.end_sessions(person_id, None).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Shuts an account or opens it again; every session of the person ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_disabled(&self, person_id: i64, since: Option<i64>, stamp: &str) -> Result<(), Error> {
        const DISABLE: &str = "update people set disabled_at = $2, stamp = $3 where person_id = $1";
        let mut tx = self.begin().await?;
        on_tx!(&mut tx, conn =>
            sqlx::query(DISABLE).bind(person_id).bind(since).bind(stamp).execute(conn).await.map(drop))?;
        tx.end_sessions(person_id, None).await?;
        tx.commit().await
    }

    /// Sets a person's password; every session of the person ends, and every link that would set another.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_password(&self, person_id: i64, hash: &str, stamp: &str) -> Result<(), Error> {
        const SET: &str = "update people set password_hash = $2, stamp = $3 where person_id = $1";
        const USED_UP: &str = "delete from invitations where person_id = $1";
        let mut tx = self.begin().await?;
        on_tx!(&mut tx, conn =>
            sqlx::query(SET).bind(person_id).bind(hash).bind(stamp).execute(conn).await.map(drop))?;
        on_tx!(&mut tx, conn => sqlx::query(USED_UP).bind(person_id).execute(conn).await.map(drop))?;
        tx.end_sessions(person_id, None).await?;
        tx.commit().await
    }

    /// How many people other than one hold a role and can sign in: the last administrator stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn others_with(&self, role: Role, person_id: i64) -> Result<i64, Error> {
        const OTHERS: &str = "select count(*) from people where role = $1 and person_id <> $2 and disabled_at is null \
                              and agency_code is null";
        Ok(on_read!(self, pool =>
            sqlx::query_scalar(OTHERS).bind(role.as_str()).bind(person_id).fetch_one(pool).await)?)
    }
}
