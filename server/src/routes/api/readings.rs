//! `GET /api/v1/readings`: the five targets for machines, under the parameters of page addresses.

use app::context::{Context, address};
use axum::{
    Json,
    extract::{RawQuery, State},
};
use thuocdo::{agency::Scope, indicator::Readings};

use crate::routes::HttpError;

/// The readings of an address.
pub async fn get(
    State(context): State<Context>,
    RawQuery(query): RawQuery,
) -> Result<Json<Readings>, HttpError> {
    let address = address(query.as_deref().unwrap_or(""))?;
    Ok(Json(context.readings(&Scope::All, &address).await?))
}
