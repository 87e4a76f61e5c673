//! `GET /healthz`: the process answers. `GET /readyz`: it can do its work, and if not, what is in its way. Whoever watches
//! restarts it for the first and sends people elsewhere for the second; neither says how it looks inside.

use std::{path::PathBuf, sync::Arc, time::Duration};

use app::context::Context;
use axum::{
    Json, Router,
    extract::{FromRef, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};

use crate::{AppState, disk};

/// How long the database may think before it counts as silent: who asks waits no longer than a few seconds.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where the server writes, and how much room it wants there.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The folders of the database and of the files handed in.
    pub folders: Arc<[PathBuf]>,
    /// Bytes that should be free in each.
    pub least_free: u64,
}

impl FromRef<AppState> for Places {
    fn from_ref(state: &AppState) -> Self {
        state.running.places.clone()
    }
}

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/healthz", get(async || "ok\n")).route("/readyz", get(ready))
}

async fn ready(State(context): State<Context>, State(places): State<Places>) -> Response {
    let tables = tokio::time::timeout(PATIENCE, context.store.is_up_to_date()).await;
    let tables = match tables {
        Ok(Ok(is_up_to_date)) => Some(is_up_to_date),
        Ok(Err(error)) => {
            tracing::error!(%error, "not ready: the database");
            None
        }
        Err(_) => {
            tracing::error!("not ready: the database says nothing for {PATIENCE:?}");
            None
        }
    };
    let disk = has_room(&places).await;
    let checks = [
        check("database", tables.is_some(), "cơ sở dữ liệu trả lời", "the database answers"),
        check(
            "migrations",
            tables == Some(true),
            "bảng dữ liệu đúng phiên bản của chương trình",
            "the tables are those of this version",
        ),
        check("disk", disk, "đĩa còn đủ chỗ để ghi", "the disk has room to write"),
    ];
    let is_ready = checks.iter().all(|check| check["ok"] == true);
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let said = if is_ready { "ready" } else { "not_ready" };
    // An answer of a moment ago says nothing about this one.
    let fresh = [(header::CACHE_CONTROL, "no-store")];
    (status, fresh, Json(json!({ "status": said, "checks": checks }))).into_response()
}

fn check(name: &str, is_ok: bool, vi: &str, en: &str) -> Value {
    let (vi, en) = if is_ok {
        (format!("đạt: {vi}"), format!("yes: {en}"))
    } else {
        (format!("không đạt: {vi}; xem nhật ký của máy chủ"), format!("no: {en}; see the server's log"))
    };
    json!({ "name": name, "ok": is_ok, "vi": vi, "en": en })
}

/// Whether every folder can be asked and has room. A disk that hangs is no reason to hold up the pages.
async fn has_room(places: &Places) -> bool {
    let places = places.clone();
    let look = tokio::task::spawn_blocking(move || {
        places.folders.iter().all(|folder| match disk::free(folder) {
            Ok(free) => {
                let has_room = free.is_none_or(|free| free >= places.least_free);
                if !has_room {
                    tracing::error!(folder = %folder.display(), ?free, "not ready: the disk is nearly full");
                }
                has_room
            }
            Err(error) => {
                tracing::error!(folder = %folder.display(), %error, "not ready: the folder");
                false
            }
        })
    });
    matches!(tokio::time::timeout(PATIENCE, look).await, Ok(Ok(true)))
}
