//! `GET /ho-so/danh-sach.xlsx`, `…/danh-sach.pdf`: the files behind a figure, all of them.

use std::{fs::File, io::Seek as _};

use app::{
    context::{Context, Listing, address},
    error::AppError,
    pages::case_files::api::SET_AT_MOST,
    written::people::REASON,
};
use axum::{
    Router,
    body::Body,
    extract::{Extension, RawQuery, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse as _, Response},
    routing::get,
};
use futures::TryStreamExt as _;
use store::CaseFileLine;
use thuocdo::{
    access::{Actor, Identity},
    address::Address,
    lang::Lang,
};
use tokio::sync::{Semaphore, mpsc};
use tokio_util::io::ReaderStream;

use super::{HttpError, reports, table_file::too_long};
use crate::{AppState, access::Access, export, making::Progress};

/// Lists written at a time: a long one keeps a processor busy for some seconds.
static WRITTEN_AT_ONCE: Semaphore = Semaphore::const_new(1);
/// Files handed from the reader to the writer at a time.
const READ_AT_ONCE: usize = 5_000;
/// How often a list is begun anew because an import was committed meanwhile.
const TRIES: usize = 3;

/// The route.
pub fn router() -> Router<AppState> {
    Router::new().route("/ho-so/danh-sach.xlsx", get(list)).route("/ho-so/danh-sach.pdf", get(pdf))
}

async fn list(
    State(context): State<Context>,
    State(access): State<Access>,
    Extension(actor): Extension<Actor>,
    Extension(progress): Extension<Progress>,
    RawQuery(query): RawQuery,
) -> Result<Response, HttpError> {
    let asked = actor.narrowed(address(query.as_deref().unwrap_or(""))?);
    let taken = taken(&actor, query.as_deref(), access.now(), asked.lang);
    let _turn = WRITTEN_AT_ONCE.acquire().await.map_err(|_| AppError::Unavailable)?;
    for _ in 0..TRIES {
        let versions = context.store.versions().await.map_err(AppError::from)?;
        let listing = context.listing(&actor.scope, &asked).await?;
        let name = format!("{}.xlsx", listing.measured.as_str());
        let file = written(&context, &actor, listing, taken.clone(), &asked, &progress).await?;
        if context.store.versions().await.map_err(AppError::from)? != versions {
            continue;
        }
        let body = Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file)));
        let shown_as = format!("attachment; filename=\"{name}\"");
        let head = [(CONTENT_TYPE, export::xlsx::KIND.to_owned()), (CONTENT_DISPOSITION, shown_as)];
        return Ok((head, body).into_response());
    }
    Err(AppError::Unavailable.into())
}

/// A list that is set in type; a long one is refused, and the workbook named instead.
async fn pdf(
    State(context): State<Context>,
    State(access): State<Access>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Result<Response, HttpError> {
    let asked = actor.narrowed(address(query.as_deref().unwrap_or(""))?);
    let listing = context.listing(&actor.scope, &asked).await?;
    if listing.total > SET_AT_MOST {
        return Err(too_long(listing.total).into());
    }
    let (window, measured) = (listing.question.window(), listing.measured);
    let place = (SET_AT_MOST, 0);
    let list = context.store.case_file_list(&actor.scope, &asked.filter, window, measured, None, place);
    let lines = list.await.map_err(AppError::from)?.lines;
    let (name, today) = (format!("{}.pdf", measured.as_str()), context.today());
    let taken = taken(&actor, query.as_deref(), access.now(), asked.lang);
    let set = reports::made(move || export::pdf::list(&listing, &lines, taken.as_deref(), today)).await?;
    let pdf = set.map_err(|error| {
        tracing::error!(%error, "a list could not be set");
        AppError::Unavailable
    })?;
    Ok(reports::file("application/pdf", &name, pdf))
}

/// Who takes a list, when and what for, as it stands in the file itself: rows that went out can be traced. Of visitors, who
/// see invented rows, nothing is said.
fn taken(actor: &Actor, query: Option<&str>, now: i64, lang: Lang) -> Option<String> {
    if actor.identity == Identity::Visitor {
        return None;
    }
    let (name, at) = (actor.name(), lang.moment(now));
    let reason =
        reports::said(query, REASON).map(|reason| format!(": {}", reason.trim())).unwrap_or_default();
    Some(match lang {
        Lang::Vi => format!("Tải bởi {name}, {at}{reason}"),
        Lang::En => format!("Taken by {name}, {at}{reason}"),
    })
}

/// The workbook in a file without a name, from its beginning. Reading goes on while rows are written.
async fn written(
    context: &Context,
    actor: &Actor,
    listing: Listing,
    taken: Option<String>,
    asked: &Address,
    progress: &Progress,
) -> Result<File, AppError> {
    progress.is_of(listing.total);
    let (send, mut receive) = mpsc::channel::<Vec<CaseFileLine>>(1);
    let (measured, window) = (listing.measured, listing.question.window());
    let writing = tokio::task::spawn_blocking(move || {
        let mut file = tempfile::tempfile().map_err(|error| error.to_string())?;
        let rows =
            export::case_file_list::write(&listing, taken.as_deref(), || receive.blocking_recv(), &mut file)
                .map_err(|error| error.to_string())?;
        // Cut short, it would say so only by its length.
        if i64::try_from(rows) != Ok(listing.total) {
            return Err(format!("{rows} rows of {}", listing.total));
        }
        file.rewind().map_err(|error| error.to_string())?;
        Ok::<_, String>(file)
    });
    let mut lines = context.store.each_case_file(&actor.scope, &asked.filter, window, measured).await?;
    let mut some = Vec::new();
    while let Some(line) = lines.try_next().await? {
        some.push(line);
        if some.len() < READ_AT_ONCE {
            continue;
        }
        progress.came_on(some.len());
        // A writer that gave up says why below.
        if send.send(std::mem::take(&mut some)).await.is_err() {
            break;
        }
    }
    if !some.is_empty() {
        progress.came_on(some.len());
        let _ = send.send(some).await;
    }
    drop(send);
    writing.await.map_err(|_| AppError::Unavailable)?.map_err(|error| {
        tracing::error!(error, "a list could not be written");
        AppError::Unavailable
    })
}
