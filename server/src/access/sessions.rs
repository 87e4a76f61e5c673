//! Sessions in our database, as the session library asks for them.

use std::fmt;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use store::people::{Kept, People};
use tower_sessions::{
    SessionStore,
    cookie::time::OffsetDateTime,
    session::{Id, Record},
    session_store::{Error, Result},
};

use super::{AccessSettings, Now};
use crate::tokens;

/// The key under which the sign-in library keeps whose it is.
const WHOSE: &str = "axum-login.data";
/// How often a new number is tried before one gives up: with 128 bits of chance the first is free.
const TRIES: u32 = 3;

/// What a session says of itself, beside whose it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// When it began.
    pub signed_in_at: i64,
    /// When it was used last, to some minutes.
    pub seen_at: i64,
    /// What the browser calls itself.
    pub browser: String,
    /// Where it began.
    pub from_address: String,
}

impl About {
    /// The key under which a session holds it.
    pub const KEY: &str = "about";
}

/// Sessions in the database, by the hash of their number.
#[derive(Clone)]
pub struct Sessions {
    people: People,
    now: Now,
    idle: i64,
    longest: i64,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions")
    }
}

impl Sessions {
    pub(super) fn new(people: People, settings: &AccessSettings) -> Self {
        let seconds = |time: std::time::Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
        let (idle, longest) = (seconds(settings.idle), seconds(settings.longest));
        Self { people, now: settings.now.clone(), idle, longest }
    }

    /// The hash that a session is found by.
    #[must_use]
    pub fn hash(id: &Id) -> String {
        tokens::hash(&id.to_string())
    }

    fn kept(&self, record: &Record) -> Result<Kept> {
        let about: About = record
            .data
            .get(About::KEY)
            .and_then(|about| serde_json::from_value(about.clone()).ok())
            .unwrap_or_default();
        let person_id = record.data.get(WHOSE).and_then(|whose| whose.get("user_id")?.as_i64());
        let now = (self.now)();
        let began = if about.signed_in_at > 0 { about.signed_in_at } else { now };
        let data = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        Ok(Kept {
            hash: Self::hash(&record.id),
            person_id,
            data,
            signed_in_at: Some(began),
            seen_at: Some(about.seen_at),
            browser: about.browser,
            from_address: about.from_address,
            expires_at: now.saturating_add(self.idle).min(began.saturating_add(self.longest)),
        })
    }
}

fn failed(error: store::Error) -> Error {
    tracing::error!(error = %std::error::Error::source(&error).unwrap_or(&error), "the sessions failed");
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        for _ in 0..TRIES {
            if self.people.keep_session(&self.kept(record)?, true).await.map_err(failed)? {
                return Ok(());
            }
            record.id = Id::default();
        }
        Err(Error::Backend("no free session number".to_owned()))
    }

    async fn save(&self, record: &Record) -> Result<()> {
        self.people.keep_session(&self.kept(record)?, false).await.map(drop).map_err(failed)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = self.people.session(&Self::hash(id), (self.now)()).await.map_err(failed)?;
        let Some((data, expires_at)) = found else { return Ok(None) };
        let data = serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(expires_at)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.people.end_session(&Self::hash(id)).await.map_err(failed)
    }
}
