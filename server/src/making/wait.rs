//! Waits a little for a file that a browser asks for, and leads it to the file's page when it takes longer.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use thuocdo::{access::Actor, lang::Lang};
use tokio_util::task::AbortOnDropHandle;
use tracing::Instrument as _;

use super::{MAKING, Making, NOT_MADE, Progress};
use crate::{
    limits::BUSY,
    routes::{language, words},
};

/// A request as it is spoken of when it has gone on.
pub(super) struct Asked {
    pub(super) actor: Actor,
    pub(super) address: String,
    pub(super) name: String,
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
            lang: language::of_query(uri.query()),
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
            None => words::answer(StatusCode::SERVICE_UNAVAILABLE, BUSY, false),
        },
    }
}
