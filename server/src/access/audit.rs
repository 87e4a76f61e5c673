//! Writes the audit log.

use store::people::People;
use thuocdo::{
    access::Actor,
    audit::{Action, Entry},
};

use super::{Client, Now};

/// The most characters of one part of a line.
const LONGEST: usize = 500;

/// Writes lines. Cheap to clone.
#[derive(Clone)]
pub struct Audit {
    people: People,
    now: Now,
}

impl Audit {
    pub(super) fn new(people: People, now: Now) -> Self {
        Self { people, now }
    }

    /// Notes what somebody did. A line that cannot be written is told to the log of the server: what was done is done.
    pub async fn note(&self, actor: &Actor, client: &Client, action: Action, object: &str, detail: &str) {
        self.note_named(actor.name(), actor.role.as_str(), client, action, object, detail).await;
    }

    /// The same for a name that is nobody's yet: of who tries to sign in.
    pub async fn note_named(
        &self,
        actor: &str,
        role: &str,
        client: &Client,
        action: Action,
        object: &str,
        detail: &str,
    ) {
        let entry = Entry {
            at: (self.now)(),
            actor: cut(actor),
            role: role.to_owned(),
            action,
            object: cut(object),
            detail: cut(detail),
            from_address: client.address.clone(),
        };
        if let Err(error) = self.people.note(&entry).await {
            tracing::error!(error = %std::error::Error::source(&error).unwrap_or(&error), action = action.as_str(), "a line of the audit log was not written");
        }
    }
}

/// A part of a line: without signs that would break one, and of a bounded length.
fn cut(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect()
}
