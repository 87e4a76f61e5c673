//! What the server bears: how many requests at once, how large a file, how slow a sender; and how it refuses the rest,
//! quickly and in words.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{FromRef, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use tokio::sync::Semaphore;

use crate::{AppState, monitoring, routes::words};

/// What the server bears.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Requests whose answer has not begun: one more is turned away at once rather than put in an endless queue.
    pub most_requests: usize,
    /// Bytes of a file handed in or pushed.
    pub largest_upload: u64,
    /// How long the head of a request may take to come, and its body to come on: a file of gigabytes may take hours as long
    /// as it moves.
    pub client_timeout: Duration,
    /// How long requests and an import may take to end once the server is told to stop.
    pub stop_within: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            most_requests: 512,
            largest_upload: 4 << 30,
            client_timeout: Duration::from_secs(30),
            stop_within: Duration::from_secs(30),
        }
    }
}

impl FromRef<AppState> for Limits {
    fn from_ref(state: &AppState) -> Self {
        state.running.limits.clone()
    }
}

/// After how many seconds to ask again.
const SOON: HeaderValue = HeaderValue::from_static("2");

/// Turns away what comes while too much is being answered.
pub async fn one_more(State(room): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    let Ok(_place) = room.try_acquire() else {
        metrics::counter!(monitoring::TURNED_AWAY).increment(1);
        let machine = words::is_for_a_machine(&request);
        let mut response = words::answer(StatusCode::SERVICE_UNAVAILABLE, BUSY, machine);
        response.headers_mut().insert(header::RETRY_AFTER, SOON);
        return response;
    };
    next.run(request).await
}

pub(crate) const BUSY: &str =
    "máy chủ đang bận, xin thử lại sau vài giây / the server is busy, please try again in a few seconds";

/// Whether a request says of itself that it is larger than that.
#[must_use]
pub fn says_larger(headers: &axum::http::HeaderMap, most: u64) -> bool {
    let says =
        headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    says.is_some_and(|length| length > most)
}

/// Why a file was not taken: it is larger than the server takes.
#[must_use]
pub fn too_large(most: u64) -> String {
    let mb = most >> 20;
    format!(
        "tệp lớn hơn {mb} MB mà máy chủ nhận: chia tệp, hoặc tăng --largest-upload / \
         the file is larger than the {mb} MB this server takes: split it, or raise --largest-upload"
    )
}
