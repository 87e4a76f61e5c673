//! Headers that keep a page to itself: what it may load, who may frame it.

use app::written;
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse as _, Response},
};
use leptos::{nonce::use_nonce, prelude::use_context};
use leptos_axum::ResponseOptions;

use super::{assets, language};

/// Says which scripts the page may run: its own, by the nonce of this answer.
pub fn provide_policy() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// The policy of a page that the server wrote without scripts of its own: files of this server, and nothing else.
const PLAIN: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                     base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Refuses an address with a NUL: no text of ours holds one, and PostgreSQL would take each for a failure of its own.
pub async fn no_nul(request: Request, next: Next) -> Response {
    let uri = request.uri();
    if uri.path().contains("%00") || uri.query().is_some_and(|query| query.contains("%00")) {
        let lang = language::of_query(uri.query());
        let pairs = form_urlencoded::parse(uri.query().unwrap_or("").as_bytes());
        let named = pairs.filter(|(_, value)| value.contains('\0')).map(|(name, _)| name).next();
        let place = named.map_or_else(String::new, |name| format!("{name}: "));
        let why = lang.of(
            "địa chỉ có ký tự rỗng (%00); bỏ nó đi rồi mở lại.",
            "the address holds a NUL (%00); leave it out and open it again.",
        );
        let page =
            written::refusal(&format!("{place}{why}"), written::TO_OVERVIEW, &assets::output_name(), lang);
        return (StatusCode::BAD_REQUEST, Html(page)).into_response();
    }
    next.run(request).await
}

/// What a picture may do that somebody opens by itself: nothing but look as it does.
const DRAWN: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/// What every answer carries.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    let policy = match headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes) {
        Some(kind) if kind.starts_with(b"text/html") => Some(PLAIN),
        Some(b"image/svg+xml") => Some(DRAWN),
        _ => None,
    };
    if let Some(policy) = policy.filter(|_| !headers.contains_key(header::CONTENT_SECURITY_POLICY)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    response
}
