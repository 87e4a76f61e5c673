//! What is not a page: readings for machines, chart pictures, the client's files, health.

pub mod api;
pub mod assets;
pub mod case_file_list;
pub mod chart_image;
pub mod data;
pub mod guard;
pub mod health;
pub mod kept;
pub mod language;
pub mod making;
pub mod people;
pub mod reports;
pub mod table_file;
pub mod words;

use app::error::AppError;
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;
use tokio::sync::Semaphore;

/// Pictures and workbooks made at a time: forty downloads at once leave the pages their threads.
static MADE_AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Why an answer is a refusal, in words: for who asks without a browser.
#[derive(Debug, Clone)]
pub struct Why(pub String);

/// An error of a route, as machines get it.
pub struct HttpError(pub AppError);

impl From<AppError> for HttpError {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (field, why) = match &self.0 {
            AppError::Invalid(wrong) => (Some(wrong.field.clone()), wrong.why.clone()),
            other => (None, other.to_string()),
        };
        let said = field.as_ref().map_or_else(|| why.clone(), |field| format!("{field}: {why}"));
        let mut response = (status, Json(json!({ "error": { "field": field, "why": why } }))).into_response();
        response.extensions_mut().insert(Why(said));
        response
    }
}
