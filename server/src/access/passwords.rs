//! Passwords: hashed with Argon2id beside the threads that answer, one at a time, with a short queue.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicUsize, Ordering},
};

use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
};

/// How many may wait for their turn: each takes some tens of milliseconds.
const WAITING_AT_MOST: usize = 32;

/// Checked for who has no account, so that a wrong name takes as long as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hashed("a password that nobody has").unwrap_or_default());

/// Makes and checks hashes. Cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    turn: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
}

/// So many are being checked that this one is asked to come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "đang có quá nhiều lượt đăng nhập; thử lại sau vài giây / too many are signing in; try again in some seconds"
)]
pub struct TooMany;

impl Passwords {
    pub(super) fn new() -> Self {
        Self { turn: Arc::new(Semaphore::new(1)), waiting: Arc::default() }
    }

    /// Waits for its turn.
    ///
    /// # Errors
    /// When too many wait already.
    pub async fn turn(&self) -> Result<Turn, TooMany> {
        let waiting = Waiting::begin(&self.waiting)?;
        let permit = self.turn.clone().acquire_owned().await.map_err(|_| TooMany)?;
        Ok(Turn(Arc::new((permit, waiting))))
    }
}

/// The right to check or make hashes, until it is dropped: what follows from a check is noted before the next one begins.
pub struct Turn(Arc<(OwnedSemaphorePermit, Waiting)>);

impl Turn {
    /// Whether a password is the one of a hash; without a hash it never is, and takes as long.
    pub async fn fits(&self, password: String, hash: Option<String>) -> bool {
        let checked = self.done(move || {
            let is_known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.clone());
            let fits = Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok();
            fits && is_known
        });
        checked.await.unwrap_or(false)
    }

    /// The hash to keep of a password; `None` when the system has no chance to give.
    pub async fn hash(&self, password: String) -> Option<String> {
        self.done(move || hashed(&password)).await.flatten()
    }

    /// Does it beside the threads that answer. The turn goes along: who stops waiting does not let the next one in early.
    async fn done<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let turn = self.0.clone();
        let work = move || {
            let done = work();
            drop(turn);
            done
        };
        spawn_blocking(work).await.ok()
    }
}

/// The hash of a password with a salt of its own, as PHC strings have it.
#[must_use]
pub fn hashed(password: &str) -> Option<String> {
    Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

/// A place in the queue, given back when it is dropped: also by who gave up waiting.
struct Waiting(Arc<AtomicUsize>);

impl Waiting {
    fn begin(waiting: &Arc<AtomicUsize>) -> Result<Self, TooMany> {
        if waiting.fetch_add(1, Ordering::SeqCst) >= WAITING_AT_MOST {
            waiting.fetch_sub(1, Ordering::SeqCst);
            return Err(TooMany);
        }
        Ok(Self(waiting.clone()))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_hash_alone_and_nobody_has_one() {
        let passwords = Passwords::new();
        let hash =
            async || passwords.turn().await?.hash("sông Hồng mùa nước".to_owned()).await.ok_or(TooMany);
        let fits = async |password: &str, hash: Option<&String>| {
            let turn = passwords.turn().await.expect("a turn");
            turn.fits(password.to_owned(), hash.cloned()).await
        };
        let one = hash().await.expect("a hash");
        assert!(one.starts_with("$argon2id$"), "{one}");
        assert!(fits("sông Hồng mùa nước", Some(&one)).await);
        assert!(!fits("sông Hồng", Some(&one)).await);
        assert!(!fits("a password that nobody has", None).await);
        assert_ne!(one, hash().await.expect("a hash"), "each has a salt of its own");
    }

    #[tokio::test]
    async fn a_queue_that_is_full_sends_away_instead_of_growing() {
        let passwords = Passwords::new();
        let places: Vec<_> =
            (0..WAITING_AT_MOST).map(|_| Waiting::begin(&passwords.waiting).expect("a place")).collect();
        assert!(passwords.turn().await.is_err());
        drop(places);
        assert!(passwords.turn().await.is_ok());
    }
}
