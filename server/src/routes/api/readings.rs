//! `GET /api/v1/readings`: the five targets for machines, under the parameters of page addresses.

use app::context::{Context, address};
use axum::{
    Json,
    extract::{Extension, RawQuery, State},
};
use thuocdo::{access::Actor, indicator::Readings};

use crate::routes::HttpError;

/// The readings of an address.
pub async fn get(
    State(context): State<Context>,
    Extension(actor): Extension<Actor>,
    RawQuery(query): RawQuery,
) -> Result<Json<Readings>, HttpError> {
    let address = actor.narrowed(address(query.as_deref().unwrap_or(""))?);
    Ok(Json(context.readings(&actor.scope, &address).await?))
}
