//! Guessing, slowed down: so many failures within a while, and the next try has to wait. Kept in the database, so that
//! neither a restart nor another server forgets it.

use store::people::{Failures, People};

use super::Now;

/// How long failures count, in seconds.
pub const WINDOW: i64 = 15 * 60;
/// Of one name from one address: a person who mistypes.
const OF_BOTH: i64 = 5;
/// From one address, whatever the names: a program that tries many.
const OF_ADDRESS: i64 = 30;
/// Of one name from everywhere: many programs that try one. Far above what a person does, so that nobody is locked out
/// by somebody else's few tries.
const OF_NAME: i64 = 100;

/// Counts failures and says who has to wait. Cheap to clone.
#[derive(Clone)]
pub struct Throttle {
    people: People,
    now: Now,
}

impl Throttle {
    pub(super) fn new(people: People, now: Now) -> Self {
        Self { people, now }
    }

    /// Whether this name and address have to wait.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_to_wait(&self, name: &str, from_address: &str) -> Result<bool, store::Error> {
        let since = (self.now)() - WINDOW;
        Ok(is_too_many(self.people.failures(name, from_address, since).await?))
    }

    /// Whether an address has to wait, whatever the name: where none is known yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn address_has_to_wait(&self, from_address: &str) -> Result<bool, store::Error> {
        let since = (self.now)() - WINDOW;
        Ok(self.people.failures("", from_address, since).await?.of_address >= OF_ADDRESS)
    }

    /// Notes a failure.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn failed(&self, name: &str, from_address: &str) -> Result<(), store::Error> {
        self.people.note_failure(name, from_address, (self.now)()).await
    }

    /// Forgets the failures of a person who came in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn came_in(&self, name: &str, from_address: &str) -> Result<(), store::Error> {
        self.people.forgive(name, from_address).await
    }
}

fn is_too_many(failures: Failures) -> bool {
    failures.of_both >= OF_BOTH || failures.of_address >= OF_ADDRESS || failures.of_name >= OF_NAME
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_of_a_person_thirty_of_an_address_and_a_hundred_of_a_name_are_too_many() {
        let of = |of_both, of_address, of_name| is_too_many(Failures { of_both, of_name, of_address });
        assert!(!of(4, 29, 99));
        assert!(of(5, 5, 5));
        assert!(of(0, 30, 0));
        assert!(of(0, 0, 100));
    }
}
