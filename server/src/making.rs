//! Files that take long to make: who asked for one is led to a page that shows how far it is, may leave, and fetches it later.
//!
//! ```text
//! asked → made within a second → the file
//!      └→ Running → Ready (fetched as often as one likes, for an hour) or Refused (the answer in its place)
//! ```

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::{FromRef, Request, State},
    http::{HeaderMap, Method, StatusCode, header, response::Parts},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use futures::TryStreamExt as _;
use tempfile::NamedTempFile;
use thuocdo::{access::Actor, lang::Lang};
use tokio::{io::AsyncWriteExt as _, task::AbortHandle};
use tokio_util::{io::ReaderStream, task::AbortOnDropHandle};
use tracing::Instrument as _;

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

/// How far a file is, told by who makes it. Cheap to clone.
#[derive(Clone, Default)]
pub struct Progress(Arc<(AtomicI64, AtomicI64)>);

impl Progress {
    /// So many rows there will be.
    pub fn is_of(&self, rows: i64) {
        self.0.0.store(0, Ordering::Relaxed);
        self.0.1.store(rows, Ordering::Relaxed);
    }

    /// So many more are written.
    pub fn came_on(&self, rows: usize) {
        self.0.0.fetch_add(i64::try_from(rows).unwrap_or(i64::MAX), Ordering::Relaxed);
    }

    /// Rows written, of how many; none before anybody knows.
    #[must_use]
    pub fn rows(&self) -> Option<(i64, i64)> {
        let (done, all) = (self.0.0.load(Ordering::Relaxed), self.0.1.load(Ordering::Relaxed));
        (all > 0).then_some((done.min(all), all))
    }
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

    /// The files of one who asks, the newest first.
    #[must_use]
    pub fn of(&self, actor: &Actor) -> Vec<Shown> {
        let jobs = self.jobs();
        let mut own: Vec<_> = jobs.iter().filter(|(_, job)| job.actor == *actor).collect();
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
        let is_it =
            |job: &Job| matches!(job.stage, Stage::Running) && job.actor == *actor && job.address == address;
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

/// A request as it is spoken of when it has gone on.
struct Asked {
    actor: Actor,
    address: String,
    name: String,
    lang: Lang,
}

impl Asked {
    /// A file that a browser asks for, which can be led elsewhere; a program waits for its answer.
    fn of(request: &Request) -> Option<Self> {
        let uri = request.uri();
        let is_file = uri.path().rsplit('/').next().is_some_and(|name| name.contains('.'));
        if request.method() != Method::GET || !is_file || !shows_pages(request.headers()) {
            return None;
        }
        Some(Self {
            actor: request.extensions().get::<Actor>().cloned()?,
            address: uri.to_string(),
            name: uri.path().rsplit('/').next().unwrap_or_default().to_owned(),
            lang: crate::routes::language::of_query(uri.query()),
        })
    }
}

fn shows_pages(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// The page that a file is watched on.
#[must_use]
pub fn address_of(token: &str, lang: Lang) -> String {
    let lang = if lang == Lang::default() { "" } else { "?lang=en" };
    format!("{MAKING}/{token}{lang}")
}

/// Waits a little for a file; when it takes longer, leads to the page that shows how far it is.
pub async fn may_take_long(State(making): State<Making>, mut request: Request, next: Next) -> Response {
    let progress = Progress::default();
    request.extensions_mut().insert(progress.clone());
    let Some(asked) = Asked::of(&request) else { return next.run(request).await };
    let lang = asked.lang;
    if let Some(token) = making.running(&asked.actor, &asked.address) {
        return Redirect::to(&address_of(&token, lang)).into_response();
    }
    // Whoever hangs up while waiting ends it.
    let mut work = AbortOnDropHandle::new(tokio::spawn(next.run(request).in_current_span()));
    match tokio::time::timeout(making.patience, &mut work).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => words::answer(StatusCode::INTERNAL_SERVER_ERROR, NOT_MADE, false),
        },
        Err(_) => match making.take_over(asked, progress, work) {
            Some(token) => Redirect::to(&address_of(&token, lang)).into_response(),
            None => words::answer(StatusCode::SERVICE_UNAVAILABLE, crate::limits::BUSY, false),
        },
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, extract::Extension, middleware, routing::get};
    use tokio::sync::Notify;
    use tower::ServiceExt as _;

    use super::*;

    /// A file that is made once somebody says so.
    fn router(making: &Making, go: &Arc<Notify>, status: StatusCode) -> Router {
        let go = go.clone();
        let slow = move |Extension(progress): Extension<Progress>| {
            let go = go.clone();
            async move {
                progress.is_of(3);
                progress.came_on(2);
                go.notified().await;
                (status, [(header::CONTENT_DISPOSITION, "attachment")], "whole")
            }
        };
        Router::new()
            .route("/a.xlsx", get(slow))
            .layer(middleware::from_fn_with_state(making.clone(), may_take_long))
            .layer(Extension(Actor::machine()))
    }

    async fn asked(router: &Router, accept: &str) -> Response {
        asked_for(router, "/a.xlsx", accept).await
    }

    async fn asked_for(router: &Router, address: &str, accept: &str) -> Response {
        let request =
            Request::get(address).header(header::ACCEPT, accept).body(Body::empty()).expect("a request");
        router.clone().oneshot(request).await.expect("an answer")
    }

    async fn text(response: Response) -> String {
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        String::from_utf8(body.to_vec()).expect("a text")
    }

    fn token(response: &Response) -> String {
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        let to = response.headers()[header::LOCATION].to_str().expect("an address");
        to.strip_prefix("/dang-lam/").expect("the page of the file").to_owned()
    }

    async fn ready(making: &Making, token: &str) -> Shown {
        loop {
            let shown = making.shown(&Actor::machine(), token).expect("a file");
            if shown.is_ready {
                return shown;
            }
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_file_that_takes_long_is_made_though_nobody_waits_and_fetched_as_often_as_one_likes() {
        let (making, go) = (Making::new(Duration::from_millis(1)), Arc::new(Notify::new()));
        let router = router(&making, &go, StatusCode::OK);
        let token = token(&asked(&router, "text/html").await);
        let shown = making.shown(&Actor::machine(), &token).expect("a file");
        assert_eq!((shown.name.as_str(), shown.rows, shown.is_ready), ("a.xlsx", Some((2, 3)), false));
        assert!(making.fetch(&Actor::machine(), &token).is_none(), "nothing before it is whole");
        assert_eq!(self::token(&asked(&router, "text/html").await), token, "asked again it is made once");
        go.notify_one();
        ready(&making, &token).await;
        for _ in 0..2 {
            let file = making.fetch(&Actor::machine(), &token).expect("the file");
            assert_eq!(file.headers()[header::CONTENT_DISPOSITION], "attachment");
            assert_eq!(text(file).await, "whole");
        }
        let somebody = Actor::visitor();
        assert!(
            making.shown(&somebody, &token).is_none() && making.of(&somebody).is_empty(),
            "not another's"
        );
        assert!(making.fetch(&somebody, &token).is_none() && !making.stop(&somebody, &token));
        assert!(making.stop(&Actor::machine(), &token));
        assert!(making.of(&Actor::machine()).is_empty());
    }

    #[tokio::test]
    async fn a_program_waits_for_its_answer_and_what_is_quick_comes_at_once() {
        let (making, go) = (Making::new(Duration::from_millis(1)), Arc::new(Notify::new()));
        let router = router(&making, &go, StatusCode::OK);
        let (answer, ()) = tokio::join!(asked(&router, "*/*"), async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            go.notify_one();
        });
        assert_eq!(text(answer).await, "whole");
        let patient = Making::new(Duration::from_secs(60));
        let router = self::router(&patient, &go, StatusCode::OK);
        go.notify_one();
        assert_eq!(text(asked(&router, "text/html").await).await, "whole");
        assert!(making.of(&Actor::machine()).is_empty() && patient.of(&Actor::machine()).is_empty());
    }

    #[tokio::test]
    async fn what_is_refused_in_the_end_is_answered_in_the_place_of_the_file() {
        let (making, go) = (Making::new(Duration::from_millis(1)), Arc::new(Notify::new()));
        let token = token(&asked(&router(&making, &go, StatusCode::CONFLICT), "text/html").await);
        go.notify_one();
        ready(&making, &token).await;
        assert!(making.is_refused(&token));
        let answer = making.fetch(&Actor::machine(), &token).expect("an answer");
        assert_eq!(answer.status(), StatusCode::CONFLICT);
    }

    #[tokio::test]
    async fn work_that_somebody_stops_is_stopped_and_room_is_given_back() {
        let (making, go) = (Making::new(Duration::from_millis(1)), Arc::new(Notify::new()));
        let router = router(&making, &go, StatusCode::OK);
        for _ in 0..MOST + 8 {
            let token = token(&asked(&router, "text/html").await);
            assert!(making.stop(&Actor::machine(), &token));
        }
        assert!(making.of(&Actor::machine()).is_empty());
    }

    #[tokio::test]
    async fn one_who_asks_for_many_files_leaves_room_for_others() {
        let (making, go) = (Making::new(Duration::from_millis(1)), Arc::new(Notify::new()));
        let router = router(&making, &go, StatusCode::OK);
        for at in 0..OF_ONE {
            token(&asked_for(&router, &format!("/a.xlsx?n={at}"), "text/html").await);
        }
        let one_more = asked_for(&router, "/a.xlsx?n=more", "text/html").await;
        assert_eq!(one_more.status(), StatusCode::SERVICE_UNAVAILABLE);
        let token = making.of(&Actor::machine()).pop().expect("a file").token;
        assert!(making.stop(&Actor::machine(), &token));
        self::token(&asked_for(&router, "/a.xlsx?n=more", "text/html").await);
    }
}
