//! Files that take long to make: who asked for one is led to a page that shows how far it is, may leave, and fetches it later.
//!
//! ```text
//! asked → made within a second → the file
//!      └→ Running → Ready (fetched as often as one likes, for an hour) or Refused (the answer in its place)
//! ```

mod progress;
#[cfg(test)]
mod tests;
mod wait;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::FromRef,
    http::{StatusCode, header, response::Parts},
    response::{IntoResponse as _, Response},
};
use futures::TryStreamExt as _;
use tempfile::NamedTempFile;
use thuocdo::access::{Actor, Identity};
use tokio::{io::AsyncWriteExt as _, task::AbortHandle};
use tokio_util::{io::ReaderStream, task::AbortOnDropHandle};

use self::wait::Asked;
pub use self::{
    progress::Progress,
    wait::{address_of, may_take_long},
};
use crate::{AppState, routes::words, tokens};

/// Where a file that is being made can be watched; its token comes after it.
pub const MAKING: &str = "/dang-lam";
/// How long a file is kept once it is made.
const KEPT_FOR: Duration = Duration::from_secs(3_600);
/// The most files that are being made or kept; of those that are made the oldest gives way.
const MOST: usize = 32;

/// The most that one who asks has under way at once, so that there is room for others.
const OF_ONE: usize = 8;

/// The files that take long. Cheap to clone.
#[derive(Clone)]
pub struct Making {
    /// How long a browser waits for the file itself.
    patience: Duration,
    jobs: Arc<Mutex<BTreeMap<String, Job>>>,
}

/// A file that takes long.
struct Job {
    actor: Actor,
    address: String,
    name: String,
    begun: Instant,
    progress: Progress,
    stage: Stage,
    work: AbortHandle,
}

enum Stage {
    Running,
    Ready(Arc<Made>, Instant),
}

/// What was answered in the end: a file, or why there is none.
struct Made {
    head: Parts,
    body: NamedTempFile,
}

/// A file as a page shows it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What it is watched under.
    pub token: String,
    /// Its name.
    pub name: String,
    /// How long it has been worked on.
    pub since: Duration,
    /// Rows written, of how many.
    pub rows: Option<(i64, i64)>,
    /// Whether it can be fetched.
    pub is_ready: bool,
}

impl Default for Making {
    fn default() -> Self {
        Self::new(Duration::from_secs(1))
    }
}

impl FromRef<AppState> for Making {
    fn from_ref(state: &AppState) -> Self {
        state.running.making.clone()
    }
}

impl std::fmt::Debug for Making {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Making({})", self.jobs().len())
    }
}

impl Making {
    /// Nothing yet; a browser waits so long for a file before it is led to the page.
    #[must_use]
    pub fn new(patience: Duration) -> Self {
        Self { patience, jobs: Arc::default() }
    }

    /// The files of one who asks, the newest first. Visitors are told apart by nothing but the tokens that each was given.
    #[must_use]
    pub fn of(&self, actor: &Actor) -> Vec<Shown> {
        let jobs = self.jobs();
        let mut own: Vec<_> = jobs.iter().filter(|(_, job)| job.is_known_of(actor)).collect();
        own.sort_by_key(|(_, job)| std::cmp::Reverse(job.begun));
        own.into_iter().map(|(token, job)| job.shown(token)).collect()
    }

    /// A file, if it is one's own.
    #[must_use]
    pub fn shown(&self, actor: &Actor, token: &str) -> Option<Shown> {
        self.jobs().get(token).filter(|job| job.actor == *actor).map(|job| job.shown(token))
    }

    /// What was made: the file itself, or the refusal in its place.
    pub fn fetch(&self, actor: &Actor, token: &str) -> Option<Response> {
        let made = match self.jobs().get(token).filter(|job| job.actor == *actor)?.stage {
            Stage::Ready(ref made, _) => made.clone(),
            Stage::Running => return None,
        };
        let file = made.body.reopen().ok()?;
        let length = file.metadata().ok()?.len();
        let mut response =
            Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file))).into_response();
        *response.status_mut() = made.head.status;
        *response.headers_mut() = made.head.headers.clone();
        response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
        Some(response)
    }

    /// Whether what was made is a refusal.
    #[must_use]
    pub fn is_refused(&self, token: &str) -> bool {
        let jobs = self.jobs();
        let stage = jobs.get(token).map(|job| &job.stage);
        matches!(stage, Some(Stage::Ready(made, _)) if made.head.status.as_u16() >= 400)
    }

    /// Stops the work on a file, or throws it away; says whether it was one's own.
    pub fn stop(&self, actor: &Actor, token: &str) -> bool {
        let mut jobs = self.jobs();
        if jobs.get(token).is_none_or(|job| job.actor != *actor) {
            return false;
        }
        if let Some(job) = jobs.remove(token) {
            job.work.abort();
        }
        true
    }

    /// The file that somebody already has made from an address.
    fn running(&self, actor: &Actor, address: &str) -> Option<String> {
        let jobs = self.jobs();
        let is_it = |job: &Job| {
            matches!(job.stage, Stage::Running) && job.is_known_of(actor) && job.address == address
        };
        jobs.iter().find(|(_, job)| is_it(job)).map(|(token, _)| token.clone())
    }

    /// Goes on with the work though nobody waits for it; the token it is watched under, if there is room.
    fn take_over(
        &self,
        asked: Asked,
        progress: Progress,
        work: AbortOnDropHandle<Response>,
    ) -> Option<String> {
        let token = tokens::new().ok()?;
        let mut jobs = self.jobs();
        jobs.retain(|_, job| !matches!(job.stage, Stage::Ready(_, since) if since.elapsed() >= KEPT_FOR));
        let is_own = |job: &&Job| matches!(job.stage, Stage::Running) && job.actor == asked.actor;
        if jobs.values().filter(is_own).count() >= OF_ONE {
            return None;
        }
        if jobs.len() >= MOST {
            let made = jobs.iter().filter_map(|(token, job)| match job.stage {
                Stage::Ready(_, since) => Some((since, token.clone())),
                Stage::Running => None,
            });
            let (_, oldest) = made.min()?;
            jobs.remove(&oldest);
        }
        let (making, place) = (self.clone(), token.clone());
        let stops = work.abort_handle();
        tokio::spawn(async move {
            let made = match work.await {
                Ok(response) => kept(response).await,
                // Stopped by who asked.
                Err(error) if error.is_cancelled() => return,
                Err(error) => Err(std::io::Error::other(error)),
            };
            making.finish(&place, made).await;
        });
        let Asked { actor, address, name, .. } = asked;
        let (begun, stage) = (Instant::now(), Stage::Running);
        jobs.insert(token.clone(), Job { actor, address, name, begun, progress, stage, work: stops });
        Some(token)
    }

    async fn finish(&self, token: &str, made: std::io::Result<Made>) {
        let made = match made {
            Ok(made) => made,
            Err(error) => {
                tracing::error!(%error, "a file that takes long was not made");
                let refused = words::answer(StatusCode::INTERNAL_SERVER_ERROR, NOT_MADE, false);
                match kept(refused).await {
                    Ok(made) => made,
                    Err(_) => {
                        self.jobs().remove(token);
                        return;
                    }
                }
            }
        };
        if let Some(job) = self.jobs().get_mut(token) {
            job.stage = Stage::Ready(Arc::new(made), Instant::now());
        }
    }

    fn jobs(&self) -> MutexGuard<'_, BTreeMap<String, Job>> {
        // Each change is whole or not at all.
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const NOT_MADE: &str = "tệp chưa làm được: kiểm tra chỗ trống trên đĩa của máy chủ, rồi thử lại / \
                        the file was not made: check the room on the server's disk, then try again";

impl Job {
    /// Whether it is certainly that one's own, without a token.
    fn is_known_of(&self, actor: &Actor) -> bool {
        self.actor == *actor && actor.identity != Identity::Visitor
    }

    fn shown(&self, token: &str) -> Shown {
        let (is_ready, since) = match self.stage {
            Stage::Running => (false, self.begun.elapsed()),
            Stage::Ready(_, at) => (true, at - self.begun),
        };
        let (token, name) = (token.to_owned(), self.name.clone());
        Shown { token, name, since, rows: self.progress.rows(), is_ready }
    }
}

/// An answer written down, to be given as often as it is asked for.
async fn kept(response: Response) -> std::io::Result<Made> {
    let (head, body) = response.into_parts();
    let file = NamedTempFile::new()?;
    let mut to = tokio::fs::File::from_std(file.reopen()?);
    let mut parts = body.into_data_stream().map_err(std::io::Error::other);
    while let Some(part) = parts.try_next().await? {
        to.write_all(&part).await?;
    }
    to.flush().await?;
    Ok(Made { head, body: file })
}
