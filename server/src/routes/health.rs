//! `GET /health`: whether the server and its database answer.

use app::{context::Context, error::AppError};
use axum::extract::State;

use super::HttpError;

/// `ok`, or an error status.
pub async fn get(State(context): State<Context>) -> Result<&'static str, HttpError> {
    context.store.versions().await.map_err(AppError::from)?;
    Ok("ok")
}
