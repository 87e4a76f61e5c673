//! Refusals that no route words by itself: the same sentence for the same thing in both languages, for a person as text, for
//! a machine as JSON; nothing of how the server looks inside.

use std::any::Any;

use axum::{
    Json,
    body::Body,
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use intake::halves;
use serde_json::json;

/// The header of a server function's own error, which the browser's part understands.
const SERVER_FUNCTION: &str = "serverfnerror";

/// Whether it asks for JSON by its address.
#[must_use]
pub fn is_for_a_machine(request: &Request) -> bool {
    request.uri().path().starts_with("/api/v1/")
}

/// A refusal in these words, which hold both languages.
#[must_use]
pub fn answer(status: StatusCode, words: &str, is_for_a_machine: bool) -> Response {
    if is_for_a_machine {
        let (vi, en) = halves(words);
        (status, Json(json!({ "error": { "vi": vi, "en": en } }))).into_response()
    } else {
        (status, format!("{words}\n")).into_response()
    }
}

/// Puts words in the place of a refusal that has none, or that speaks of types and parsers.
pub async fn plain(request: Request, next: Next) -> Response {
    let is_for_a_machine = is_for_a_machine(&request);
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_text = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let Some(words) = of(response.status()).filter(|_| {
        let is_forbidden = response.status() == StatusCode::FORBIDDEN;
        // Who is kept out for a reason is told it where that is found.
        (kind.is_none() || (is_text && !is_forbidden)) && !response.headers().contains_key(SERVER_FUNCTION)
    }) else {
        return response;
    };
    let mut plain = answer(response.status(), words, is_for_a_machine);
    for (name, value) in response.headers() {
        if ![header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING].contains(name) {
            plain.headers_mut().append(name, value.clone());
        }
    }
    *plain.extensions_mut() = response.extensions().clone();
    plain
}

/// What a status says.
fn of(status: StatusCode) -> Option<&'static str> {
    Some(match status {
        StatusCode::BAD_REQUEST => {
            "địa chỉ hoặc nội dung gửi không đúng; quay lại trang trước và thử lại / \
             the address or what was sent cannot be understood; go back and try again"
        }
        StatusCode::FORBIDDEN => {
            "yêu cầu đến từ một trang khác nên không được nhận; mở trang của Thước Đo và gửi lại từ đó / \
             the request came from another site and was not taken; open Thước Đo and send it from there"
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            "địa chỉ này không nhận cách gọi như vậy / this address does not take such a call"
        }
        StatusCode::REQUEST_TIMEOUT => {
            "nội dung gửi đến quá chậm; kiểm tra đường truyền và gửi lại / \
             what was sent came too slowly; check the connection and send it again"
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            "nội dung gửi quá lớn; chưa có gì được nhận / what was sent is too large; nothing of it was taken"
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY => {
            "biểu mẫu gửi thiếu hoặc sai; quay lại trang trước và điền lại / \
             the form is incomplete or wrong; go back and fill it in again"
        }
        StatusCode::INTERNAL_SERVER_ERROR => FAULT,
        _ => return None,
    })
}

const FAULT: &str = "máy chủ gặp lỗi khi trả lời, số liệu không bị ảnh hưởng; thử lại, và báo người quản trị kèm giá trị \
                     x-request-id của câu trả lời / the server made a mistake in answering, the figures are as they were; \
                     try again, and tell the administrator with the answer's x-request-id";

/// What is answered in the place of a request that panicked; why stands in the log alone.
#[must_use]
pub fn of_panic(panic: Box<dyn Any + Send>) -> Response<Body> {
    let why = panic.downcast_ref::<String>().map(String::as_str);
    let why = why.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words");
    tracing::error!(why, "a request panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::to_bytes, middleware::from_fn, routing::get};
    use tower::ServiceExt as _;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;

    async fn ask(router: &Router, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let response = router.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        (status, String::from_utf8(body.to_vec()).expect("UTF-8"))
    }

    #[tokio::test]
    async fn a_request_that_panics_is_answered_in_plain_words_without_the_inside() {
        async fn broken() -> &'static str {
            panic!("index out of bounds at src/inside.rs")
        }
        let router = Router::new()
            .route("/trang", get(broken))
            .route("/api/v1/readings", get(broken))
            .layer(CatchPanicLayer::custom(of_panic))
            .layer(from_fn(plain));
        let (status, said) = ask(&router, "/trang").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(said.contains("máy chủ gặp lỗi") && said.contains("the server made a mistake"), "{said}");
        assert!(!said.contains("inside"), "{said}");
        let (_, said) = ask(&router, "/api/v1/readings").await;
        let said: serde_json::Value = serde_json::from_str(&said).expect("JSON for a machine");
        assert!(said["error"]["en"].as_str().is_some_and(|en| en.starts_with("the server made")), "{said}");
    }

    #[tokio::test]
    async fn what_a_route_says_itself_is_left_as_it_is() {
        let router = Router::new()
            .route("/kept", get(async || (StatusCode::FORBIDDEN, "chỉ ở đây / only here")))
            .route(
                "/typed",
                get(async || (StatusCode::BAD_REQUEST, [(header::CONTENT_TYPE, "text/html")], "<p>")),
            )
            .route("/parser", get(async || (StatusCode::BAD_REQUEST, "Cannot parse `x` to a `u64`")))
            .layer(from_fn(plain));
        assert_eq!(ask(&router, "/kept").await.1, "chỉ ở đây / only here");
        assert_eq!(ask(&router, "/typed").await.1, "<p>");
        let (status, said) = ask(&router, "/parser").await;
        assert!(status == StatusCode::BAD_REQUEST && !said.contains("u64") && said.contains(" / "), "{said}");
    }
}
