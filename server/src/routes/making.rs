//! `/dang-lam/…`: files that take long to make, how far they are, and the files themselves once they are made.

use app::{error::AppError, written};
use axum::{
    Router,
    extract::{Extension, Path, RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use thuocdo::access::Actor;

use super::{HttpError, assets, language};
use crate::{
    AppState,
    making::{MAKING, Making, Shown, address_of},
};

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(MAKING, get(all))
        .route("/dang-lam/{token}", get(one))
        .route("/dang-lam/{token}/tep", get(fetch))
        .route("/dang-lam/{token}/dung", post(stop))
}

/// One's files that are being made, and those that are made.
async fn all(
    State(making): State<Making>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Response {
    let lang = language::of_query(query.as_deref());
    let files: Vec<_> = making.of(&actor).into_iter().map(as_written).collect();
    html(written::making::all(&files, &actor, lang, &assets::output_name()))
}

/// How far one is. What was refused in the end is answered in its place.
async fn one(
    State(making): State<Making>,
    Extension(actor): Extension<Actor>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, HttpError> {
    let lang = language::of_query(query.as_deref());
    let shown = making.shown(&actor, &token);
    if shown.is_some() && making.is_refused(&token) {
        return making.fetch(&actor, &token).ok_or(AppError::NotFound.into());
    }
    let file = shown.map(as_written);
    let status = if file.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let page = written::making::one(file.as_ref(), &actor, lang, &assets::output_name());
    Ok((status, html(page)).into_response())
}

/// The file.
async fn fetch(
    State(making): State<Making>,
    Extension(actor): Extension<Actor>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    match making.fetch(&actor, &token) {
        Some(response) => response,
        // Not made yet, or no longer kept: its page says which.
        None => Redirect::to(&address_of(&token, language::of_query(query.as_deref()))).into_response(),
    }
}

/// Stops the work, or throws the file away.
async fn stop(
    State(making): State<Making>,
    Extension(actor): Extension<Actor>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
) -> Redirect {
    making.stop(&actor, &token);
    let lang = language::of_query(query.as_deref());
    Redirect::to(&written::making::all_address(lang))
}

fn as_written(shown: Shown) -> written::making::File {
    let Shown { token, name, since, rows, is_ready } = shown;
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    written::making::File { token, name, seconds, rows, is_ready }
}

fn html(page: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], page)
        .into_response()
}
