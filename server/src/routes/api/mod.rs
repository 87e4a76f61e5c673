//! The door for machines: readings out, data in. What it is stands in `openapi.json`, which it serves.

mod imports;
mod readings;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::header,
    response::IntoResponse as _,
    routing::{MethodRouter, get, post},
};

use crate::AppState;

/// The description of the door, in OpenAPI 3.1.
pub const OPENAPI: &str = include_str!("openapi.json");

/// Every route with its path, as the description must have it.
#[must_use]
pub fn routes() -> Vec<(&'static str, MethodRouter<AppState>)> {
    vec![
        (
            "/api/v1/openapi.json",
            get(async || ([(header::CONTENT_TYPE, "application/json")], OPENAPI).into_response()),
        ),
        ("/api/v1/readings", get(readings::get)),
        ("/api/v1/import/{kind}", post(imports::push).layer(DefaultBodyLimit::disable())),
        ("/api/v1/imports/{id}", get(imports::status)),
        ("/api/v1/imports/{id}/problems", get(imports::problems)),
        ("/api/v1/imports/{id}/set-aside", get(imports::set_aside)),
    ]
}

/// The routes, put together.
pub fn router() -> Router<AppState> {
    routes().into_iter().fold(Router::new(), |router, (path, route)| router.route(path, route))
}
