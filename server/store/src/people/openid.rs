//! People whom a provider of OpenID Connect vouches for: whose account that is.

use super::{People, Person};
use crate::{Error, on_tx};

/// Whom a provider vouches for.
#[derive(Debug, Clone, Copy)]
pub struct Vouched<'a> {
    /// The provider.
    pub issuer: &'a str,
    /// What never changes of somebody there, and is nobody else's.
    pub subject: &'a str,
    /// The name there, as [`thuocdo::access::openid_name`] makes it: it can change hands.
    pub name: Option<&'a str>,
}

impl People {
    /// The person that a provider vouches for, shut or not. At the first time an account is found by the name that an
    /// administrator wrote down, and from then on by the subject alone: who is given that name at the provider later does
    /// not get the account with it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn vouched_for(&self, vouched: Vouched<'_>) -> Result<Option<Person>, Error> {
        const KNOWN: &str = "select person_id from people where openid_issuer = $1 and openid_subject = $2";
        const FIRST: &str = "update people set openid_issuer = $1, openid_subject = $2 \
                             where openid_name = $3 and (openid_issuer is null or openid_issuer <> $1) \
                             returning person_id";
        let Vouched { issuer, subject, name } = vouched;
        let mut tx = self.begin().await?;
        let known: Option<i64> = on_tx!(&mut tx, conn =>
            sqlx::query_scalar(KNOWN).bind(issuer).bind(subject).fetch_optional(conn).await)?;
        let person_id = match (known, name) {
            (Some(person_id), _) => Some(person_id),
            (None, Some(name)) => on_tx!(&mut tx, conn =>
                sqlx::query_scalar(FIRST).bind(issuer).bind(subject).bind(name).fetch_optional(conn).await)?,
            (None, None) => None,
        };
        tx.commit().await?;
        match person_id {
            Some(person_id) => self.person(person_id).await,
            None => Ok(None),
        }
    }
}
