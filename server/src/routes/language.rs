//! The language of a page: what its address says, else what the browser was shown last.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use cookie::{Cookie, SameSite, time::Duration};
use leptos::prelude::use_context;
use thuocdo::lang::Lang;

/// The cookie that remembers it. It says nothing of the person.
const COOKIE: &str = "lang";

/// The language of the request being answered.
#[must_use]
pub fn of_request() -> Lang {
    use_context::<axum::http::request::Parts>()
        .and_then(|parts| said(parts.uri.query().unwrap_or("")))
        .unwrap_or_default()
}

/// The language that a query string asks for.
#[must_use]
pub fn of_query(query: Option<&str>) -> Lang {
    query.and_then(said).unwrap_or_default()
}

/// Remembers the language an address asks for, and leads an address that asks for none to the one remembered.
pub async fn remember(request: Request, next: Next) -> Response {
    let is_page = request.method() == Method::GET && accepts_page(request.headers());
    if !is_page {
        return next.run(request).await;
    }
    let uri = request.uri();
    let query = uri.query().unwrap_or("");
    let has_lang = form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "lang");
    match said(query) {
        Some(lang) => {
            let mut response = next.run(request).await;
            let cookie = Cookie::build((COOKIE, lang.as_str()))
                .path("/")
                .same_site(SameSite::Lax)
                .http_only(true)
                .max_age(Duration::days(365));
            if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
            response
        }
        // No page has two strokes before it; led on, such an address would be one of another host.
        None if !has_lang && is_ours(uri.path()) && remembered(request.headers()) == Some(Lang::En) => {
            let joint = if query.is_empty() { "" } else { "&" };
            Redirect::temporary(&format!("{}?{query}{joint}lang=en", uri.path())).into_response()
        }
        None => next.run(request).await,
    }
}

/// Whether a path, written where a browser is led to, stays in this house: `//elsewhere` is the name of another, and
/// browsers take a backslash for a stroke.
#[must_use]
pub fn is_ours(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains('\\')
}

fn said(query: &str) -> Option<Lang> {
    let last = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "lang").last();
    last.and_then(|(_, lang)| lang.parse().ok())
}

/// Browsers ask for pages by name; programs and pictures do not.
fn accepts_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

fn remembered(headers: &HeaderMap) -> Option<Lang> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|cookies| cookies.to_str().ok());
    all.flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == COOKIE)
        .and_then(|cookie| cookie.value().parse().ok())
}
