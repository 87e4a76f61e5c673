//! Who may what, at the door: signing in, sessions, and the gate that every request passes.

mod accounts;
mod audit;
mod client;
mod gate;
mod needs;
mod openid;
mod passwords;
mod sessions;
mod throttle;

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum_login::{AuthManagerLayer, AuthManagerLayerBuilder};
use store::people::People;
use thuocdo::access::Actor;
use tower_sessions::{
    Expiry, SessionManagerLayer,
    cookie::{SameSite, time::Duration as CookieDuration},
};

pub use accounts::{Accounts, Auth, SignedIn};
pub use audit::Audit;
pub use client::Client;
pub use gate::{Gate, pass};
pub use needs::{DOORS, Door, Need, door};
pub use openid::{Begun, Failed, NameClaim, OpenId, OpenIdSettings, Returned, SettingError, is_safe};
pub use passwords::{Passwords, TooMany, hashed};
pub use sessions::{About, Sessions};
pub use throttle::{Throttle, WINDOW};

/// Seconds since 1970; the system's clock or a test's.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The session's cookie. Its name makes browsers refuse it from anywhere but this host, whole and over TLS.
pub const COOKIE: &str = "__Host-thuocdo";

/// How long a link lets somebody in, in seconds: a day.
pub const LINK_LASTS: i64 = 86_400;

/// As what somebody unknown is let in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Visitors {
    /// Nobody unknown reads anything: a real installation, unless it says otherwise.
    #[default]
    NotLetIn,
    /// Visitors of invented data read all of it, row by row: the demonstration.
    OfInventedData,
    /// The public reads figures of real data, by the rules of `thuocdo::disclosure`.
    Public,
}

impl Visitors {
    /// Who somebody unknown is; `None` where nobody unknown is let in.
    #[must_use]
    pub fn actor(self) -> Option<Actor> {
        match self {
            Self::NotLetIn => None,
            Self::OfInventedData => Some(Actor::visitor()),
            Self::Public => Some(Actor::public()),
        }
    }
}

/// The rules of the door that an installation chooses.
#[derive(Clone)]
pub struct AccessSettings {
    /// Whether who is not known may read.
    pub visitors: Visitors,
    /// Proxies whose word on the client's address is taken.
    pub proxies: Vec<IpAddr>,
    /// How long a session lives without being used.
    pub idle: Duration,
    /// How long it lives at most.
    pub longest: Duration,
    /// Where the product stands, as browsers call it: `https://host`, without a slash at its end.
    pub public_address: Option<String>,
    /// The provider that people may sign in at.
    pub openid: Option<OpenId>,
    /// The time.
    pub now: Now,
}

impl Default for AccessSettings {
    fn default() -> Self {
        Self {
            visitors: Visitors::default(),
            proxies: Vec::new(),
            idle: Duration::from_secs(3_600),
            longest: Duration::from_secs(12 * 3_600),
            public_address: None,
            openid: None,
            now: Arc::new(crate::clock::seconds),
        }
    }
}

/// What the routes of the door work with. Cheap to clone.
#[derive(Clone)]
pub struct Access {
    /// The rules.
    pub settings: AccessSettings,
    /// People, sessions, the audit log.
    pub people: People,
    /// Checks and makes hashes of passwords.
    pub passwords: Passwords,
    /// Slows down who guesses.
    pub throttle: Throttle,
    /// Writes the log.
    pub audit: Audit,
}

impl Access {
    /// The door over a store's people.
    #[must_use]
    pub fn new(people: People, settings: AccessSettings) -> Self {
        Self {
            passwords: Passwords::new(),
            throttle: Throttle::new(people.clone(), settings.now.clone()),
            audit: Audit::new(people.clone(), settings.now.clone()),
            people,
            settings,
        }
    }

    /// The time, in seconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        (self.settings.now)()
    }

    /// What tells a request's session.
    #[must_use]
    pub fn layer(&self) -> AuthManagerLayer<Accounts, Sessions> {
        let sessions = Sessions::new(self.people.clone(), &self.settings);
        let idle = CookieDuration::try_from(self.settings.idle).unwrap_or(CookieDuration::HOUR);
        let layer = SessionManagerLayer::new(sessions)
            .with_name(COOKIE)
            .with_same_site(SameSite::Lax)
            .with_expiry(Expiry::OnInactivity(idle));
        AuthManagerLayerBuilder::new(Accounts::new(self.people.clone()), layer).build()
    }

    /// A stamp for an account: sessions begun under another end.
    ///
    /// # Errors
    /// When the system has no chance to give.
    pub fn stamp() -> Result<String, getrandom::Error> {
        crate::tokens::new().map(|token| crate::tokens::hash(&token))
    }
}
