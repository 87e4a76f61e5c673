//! The client, the style and the fonts: embedded in the binary, under names that change with their content.

use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash, Hasher},
    sync::LazyLock,
};

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::AppState;

#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

const NAME: &str = "thuocdo";
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
const FOR_A_DAY: &str = "public, max-age=86400";

/// One hash over client and style: they belong together.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = DefaultHasher::new();
    for end in ["js", "wasm", "css"] {
        if let Some(file) = Site::get(&format!("pkg/{NAME}.{end}")) {
            file.data.hash(&mut hasher);
        }
    }
    format!("{:016x}", hasher.finish())
});

/// The name that pages ask for the client and the style under.
#[must_use]
pub fn output_name() -> String {
    format!("{NAME}.{}", *HASH)
}

/// Routes of the embedded files.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/pkg/{*file}", get(package))
        .route(
            "/fonts/{file}",
            get(async |Path(file): Path<String>, headers: HeaderMap| {
                serve(&format!("fonts/{file}"), &headers, FOR_GOOD)
            }),
        )
        .route("/turn.js", get(async |headers: HeaderMap| serve("turn.js", &headers, FOR_A_DAY)))
        .route("/favicon.svg", get(async |headers: HeaderMap| serve("favicon.svg", &headers, FOR_A_DAY)))
}

async fn package(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let plain = file.replacen(&format!(".{}", *HASH), "", 1);
    let keep = if plain == file { "no-cache" } else { FOR_GOOD };
    serve(&format!("pkg/{plain}"), &headers, keep)
}

/// A file, in the smallest form that the asker understands.
fn serve(path: &str, asked: &HeaderMap, keep: &'static str) -> Response {
    let accepts = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let packed = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(name, _)| {
            accepts.split(',').any(|accepted| accepted.trim().split(';').next() == Some(*name))
        })
        .find_map(|(name, end)| Some((Some(name), Site::get(&format!("{path}{end}"))?)));
    let Some((encoding, EmbeddedFile { data, .. })) = packed.or_else(|| Some((None, Site::get(path)?)))
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    (headers, data).into_response()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
