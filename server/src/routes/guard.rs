//! Headers that keep a page to itself: what it may load, who may frame it.

use std::net::{IpAddr, SocketAddr};

use axum::{
    Extension,
    extract::{ConnectInfo, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use leptos::{nonce::use_nonce, prelude::use_context};
use leptos_axum::ResponseOptions;

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

/// Lets in only who sits at this machine: as long as nobody can sign in, nobody else may write. Behind a proxy everybody
/// seems to sit here, and a page of elsewhere may call this machine by another name; neither is let in.
pub async fn this_machine_only(
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    request: Request,
    next: Next,
) -> Response {
    let is_here = peer.is_some_and(|Extension(ConnectInfo(peer))| peer.ip().to_canonical().is_loopback());
    let headers = request.headers();
    let is_passed_on =
        ["forwarded", "x-forwarded-for", "x-real-ip", "via"].iter().any(|name| headers.contains_key(*name));
    if is_here && !is_passed_on && is_this_machine(headers) {
        return next.run(request).await;
    }
    let why = "chỉ nhận từ chính máy chủ này, khi chưa có đăng nhập: mở http://127.0.0.1 trên máy chủ, hoặc dùng \
               «thuocdo import» / only from this machine, as long as nobody can sign in: open http://127.0.0.1 on it, or \
               use `thuocdo import`\n";
    (StatusCode::FORBIDDEN, why).into_response()
}

/// Whether the request calls us by a name of this machine.
fn is_this_machine(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// What every answer carries.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_elsewhere_that_points_its_own_name_here_is_not_this_machine() {
        let is_here = |host: &'static str| {
            is_this_machine(&HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]))
        };
        for host in ["localhost", "localhost:3000", "127.0.0.1:3000", "127.8.8.8", "[::1]:3000", "[::1]"] {
            assert!(is_here(host), "{host}");
        }
        for host in
            ["", "evil.example:3000", "localhost.evil.example", "10.0.0.1", "127.0.0.1.evil.example", ":3000"]
        {
            assert!(!is_here(host), "{host}");
        }
    }
}
