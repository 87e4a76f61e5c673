//! The push door: another system sends its rows, gets an address at once, and asks there what came of them.
//!
//! Every call carries the system's token; a system sees what it sent itself and nothing else.

use std::path::PathBuf;

use app::context::Context;
use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Extension, Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::{Stream, TryStreamExt as _};
use intake::{
    Kind,
    desk::{Desk, DeskError, Sender},
    halves,
};
use serde::Deserialize;
use serde_json::json;
use store::Opens;
use thuocdo::{
    access::Actor,
    audit::Action,
    upload::{Reading, Said, Stage, Upload},
};
use tokio_util::io::ReaderStream;

use crate::{AppState, access::Client, limits, routes::data, tokens};

/// The longest key of a sending, in bytes.
const LONGEST_KEY: usize = 200;

/// Why a call was refused, for the machine that made it and for the person who reads its log.
pub struct Refused(StatusCode, String);

impl Refused {
    fn new(status: StatusCode, words: &str) -> Self {
        Self(status, words.to_owned())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(status, words) = self;
        let (vi, en) = halves(&words);
        let mut response = (status, Json(json!({ "error": { "vi": vi, "en": en } }))).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<DeskError> for Refused {
    fn from(error: DeskError) -> Self {
        if matches!(error, DeskError::Io(_) | DeskError::Store(_)) {
            tracing::error!(%error, "what a system sent was not taken in");
        }
        Self(data::status_of(&error), error.to_string())
    }
}

/// How a sending is to be read.
#[derive(Deserialize)]
pub struct How {
    mapping: Option<String>,
    #[serde(default)]
    all_or_nothing: bool,
}

/// Takes rows in: `202` with the address that tells what comes of them. The same key again answers the same.
pub async fn push(
    State(AppState { context, access, running, .. }): State<AppState>,
    Extension(client): Extension<Client>,
    Path(kind): Path<String>,
    Query(how): Query<How>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let most = running.limits.largest_upload;
    let (desk, system) = door(&context, &headers).await?;
    let kind: Kind = kind
        .parse()
        .map_err(|error: intake::ParseKindError| Refused(StatusCode::NOT_FOUND, error.to_string()))?;
    let key = key(&headers)?;
    if let Some(upload) = key.as_deref().and_then(|key| desk.sent(&system, key)) {
        return Ok(accepted(&upload));
    }
    let too_large = || Refused::new(StatusCode::PAYLOAD_TOO_LARGE, &limits::too_large(most));
    if limits::says_larger(&headers, most) {
        return Err(too_large());
    }
    let mut incoming = desk.incoming()?;
    let mut rows = body.into_data_stream();
    while let Some(bytes) = next(&mut rows).await? {
        incoming.write(&bytes).await.map_err(DeskError::from)?;
        if incoming.bytes() > most {
            return Err(too_large());
        }
    }
    incoming.finish().await.map_err(DeskError::from)?;
    if incoming.bytes() == 0 {
        return Err(Refused::new(
            StatusCode::BAD_REQUEST,
            "không có dòng nào trong nội dung gửi / there is nothing in what was sent",
        ));
    }
    let reading =
        Reading { kind: kind.as_str().to_owned(), mapping: how.mapping, all_or_nothing: how.all_or_nothing };
    let name = format!("{system}: {kind}");
    let sender = Actor::system(system.clone());
    let upload = desk.send_in(incoming, &name, Sender { system, key }, reading).await?;
    access.audit.note(&sender, &client, Action::HandedIn, &address(upload.id), kind.as_str()).await;
    Ok(accepted(&upload))
}

async fn next(
    rows: &mut (impl Stream<Item = Result<Bytes, axum::Error>> + Unpin),
) -> Result<Option<Bytes>, Refused> {
    rows.try_next().await.map_err(|_| {
        let words = "nội dung gửi bị ngắt giữa chừng; gửi lại, chưa có gì được nhập / \
                     what was sent broke off; send it again, nothing was imported";
        Refused::new(StatusCode::BAD_REQUEST, words)
    })
}

/// What came of a sending.
pub async fn status(
    State(context): State<Context>,
    Path(id): Path<u64>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let (desk, system) = door(&context, &headers).await?;
    Ok(Json(told(&own(&desk, &system, id)?)).into_response())
}

/// Everything said of its rows, as CSV.
pub async fn problems(
    State(context): State<Context>,
    Path(id): Path<u64>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let (desk, system) = door(&context, &headers).await?;
    own(&desk, &system, id)?;
    csv(desk.notes_file(id)).await
}

/// Its rows that were set aside, as CSV.
pub async fn set_aside(
    State(context): State<Context>,
    Path(id): Path<u64>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let (desk, system) = door(&context, &headers).await?;
    own(&desk, &system, id)?;
    csv(desk.set_aside_file(id)).await
}

/// The desk, and the system whose token the call carries.
async fn door(context: &Context, headers: &HeaderMap) -> Result<(Desk, String), Refused> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = bearer.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim).unwrap_or_default();
    let system = context.store.token_of(&tokens::hash(token), Opens::Push).await.map_err(DeskError::from)?;
    let system = system.ok_or_else(|| {
        let words = "thiếu hoặc sai mã của hệ thống: gửi «Authorization: Bearer …», cấp mã bằng «thuocdo token give» / \
                     the system's token is missing or wrong: send `Authorization: Bearer …`, get one by `thuocdo token give`";
        Refused::new(StatusCode::UNAUTHORIZED, words)
    })?;
    let desk = context.desk().map_err(|_| {
        Refused::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "máy chủ này không nhận dữ liệu / this server takes no data",
        )
    })?;
    Ok((desk.clone(), system))
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Refused> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY);
    let words = "Idempotency-Key dài 1 đến 200 ký tự ASCII / Idempotency-Key has 1 to 200 ASCII characters";
    key.map(|key| Some(key.to_owned())).ok_or_else(|| Refused::new(StatusCode::BAD_REQUEST, words))
}

/// A sending of the system's own; another's is as unknown as one that never was.
fn own(desk: &Desk, system: &str, id: u64) -> Result<Upload, Refused> {
    desk.sent_by(system, id)
        .ok_or_else(|| Refused::new(StatusCode::NOT_FOUND, "không có lần gửi này / there is no such sending"))
}

fn accepted(upload: &Upload) -> Response {
    let at = address(upload.id);
    (StatusCode::ACCEPTED, [(header::LOCATION, at)], Json(told(upload))).into_response()
}

fn address(id: u64) -> String {
    format!("/api/v1/imports/{id}")
}

fn told(upload: &Upload) -> serde_json::Value {
    let both = |said: &Said| json!({ "vi": said.vi, "en": said.en });
    let (state, figures) = match &upload.stage {
        Stage::Waiting => ("waiting", json!({})),
        Stage::Queued => ("queued", json!({})),
        Stage::Running(progress) => (
            "running",
            json!({ "rows_in": progress.rows, "set_aside": progress.set_aside, "warnings": progress.warnings }),
        ),
        Stage::Done(done) => (
            "done",
            json!({
                "batch": done.batch_id, "rows_in": done.rows_in, "added": done.added, "changed": done.changed,
                "unchanged": done.unchanged, "set_aside": done.set_aside, "warnings": done.warnings,
                "dropped_columns": done.dropped, "milliseconds": done.milliseconds,
            }),
        ),
        Stage::Failed(why) => ("failed", json!({ "error": both(why) })),
    };
    let said: Vec<_> = upload
        .said
        .iter()
        .map(|often| {
            let severity = if often.first.is_hard { "set_aside" } else { "warning" };
            json!({ "times": often.times, "severity": severity, "line": often.first.line, "first": both(&often.first.said) })
        })
        .collect();
    let mut told = json!({ "id": upload.id, "status": address(upload.id), "state": state, "problems": said });
    if let (Some(told), Some(figures)) = (told.as_object_mut(), figures.as_object()) {
        told.extend(figures.clone());
    }
    told
}

async fn csv(path: Option<PathBuf>) -> Result<Response, Refused> {
    let none = || Refused::new(StatusCode::NOT_FOUND, "không có dòng nào như vậy / there are no such rows");
    let file = tokio::fs::File::open(path.ok_or_else(none)?).await.map_err(|_| none())?;
    let body = Body::from_stream(ReaderStream::new(file));
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], body).into_response())
}
