//! Accounts as the sign-in library sees them.

use axum_login::{AuthSession, AuthUser, AuthnBackend};
use store::people::{People, Person};

/// The session of a request with the person signed in.
pub type Auth = AuthSession<Accounts>;

/// A person who signed in.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Person);

impl AuthUser for SignedIn {
    type Id = i64;

    fn id(&self) -> i64 {
        self.0.person_id
    }

    fn session_auth_hash(&self) -> &[u8] {
        self.0.stamp.as_bytes()
    }
}

/// Finds people; a shut account is nobody's.
#[derive(Clone)]
pub struct Accounts {
    people: People,
}

impl Accounts {
    pub(super) fn new(people: People) -> Self {
        Self { people }
    }
}

impl AuthnBackend for Accounts {
    type User = SignedIn;
    /// Passwords are checked before, where guessing is slowed down: here a person is known already.
    type Credentials = i64;
    type Error = store::Error;

    async fn authenticate(&self, person_id: i64) -> Result<Option<SignedIn>, store::Error> {
        self.get_user(&person_id).await
    }

    async fn get_user(&self, person_id: &i64) -> Result<Option<SignedIn>, store::Error> {
        let person = self.people.person(*person_id).await?;
        Ok(person.filter(|person| person.disabled_at.is_none()).map(SignedIn))
    }
}
