//! What the server bears: too many at once, too large, too slow. What is too much is refused quickly and in words.

use std::{
    convert::Infallible,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{Method, Request, StatusCode, header},
    response::Response,
};
use futures::{StreamExt as _, stream};
use server::{Running, Serving, limits::Limits, router, tokens};
use tower::ServiceExt as _;

use crate::{
    helpers::{Server, TODAY},
    served::form,
};

/// A server that bears less.
async fn bearing(limits: Limits) -> Server {
    let mut server = Server::city().await;
    let today = TODAY.parse().expect("a date");
    let context = app::context::Context::new(server.store.clone(), Arc::new(move || today));
    let context = context.with_desk(server.desk.clone());
    server.router =
        router(context, Serving { running: Running { limits, ..Running::default() }, ..Serving::default() });
    server
}

/// A form that hands a file in, as a browser on this machine sends it.
fn handing_in(body: Body) -> Request<Body> {
    let mut request = Request::post("/du-lieu/tep")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part")
        .header(header::HOST, "127.0.0.1:3000")
        .body(body)
        .expect("a request");
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000))));
    request
}

async fn answer(server: &Server, request: Request<Body>) -> Response {
    let answer = tokio::time::timeout(Duration::from_secs(20), server.router.clone().oneshot(request));
    answer.await.expect("an answer in time").expect("an answer")
}

async fn text(response: Response) -> String {
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    String::from_utf8_lossy(&body).into_owned()
}

/// A body whose pieces come with a pause before each; without an end when `is_endless`.
fn slowly(text: &str, pieces: usize, pause: Duration, is_endless: bool) -> Body {
    let size = text.len().div_ceil(pieces);
    let pieces: Vec<Bytes> = text.as_bytes().chunks(size).map(Bytes::copy_from_slice).collect();
    let pieces = stream::iter(pieces).then(move |piece| async move {
        tokio::time::sleep(pause).await;
        Ok::<_, Infallible>(piece)
    });
    if is_endless { Body::from_stream(pieces.chain(stream::pending())) } else { Body::from_stream(pieces) }
}

fn left(server: &Server) -> usize {
    std::fs::read_dir(server.folder.path().join("uploads")).expect("a folder").count()
}

#[tokio::test]
async fn one_request_too_many_is_told_so_at_once_and_whoever_watches_is_answered_all_the_same() {
    let server = bearing(Limits { most_requests: 1, ..Limits::default() }).await;
    let router = server.router.clone();
    let endless = handing_in(slowly(&form("a")[..60], 1, Duration::ZERO, true));
    let first = tokio::spawn(async move { router.oneshot(endless).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let begun = Instant::now();
    for address in ["/", "/api/v1/readings"] {
        let response = answer(&server, Request::get(address).body(Body::empty()).expect("a request")).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], "2");
        let is_json = response.headers()[header::CONTENT_TYPE] == "application/json";
        assert_eq!(is_json, address.starts_with("/api"));
        let said = text(response).await;
        assert!(said.contains("máy chủ đang bận") && said.contains("the server is busy"), "{said}");
    }
    assert!(begun.elapsed() < Duration::from_secs(1), "it does not queue: {:?}", begun.elapsed());
    for address in ["/healthz", "/readyz"] {
        assert_eq!(server.get(address).await.0, StatusCode::OK, "{address}");
    }
    first.abort();
    let _ = first.await;
    assert_eq!(server.get("/").await.0, StatusCode::OK, "with room again it is answered");
}

#[tokio::test]
async fn a_slow_file_that_moves_comes_in_and_one_that_stands_still_does_not() {
    let limits = Limits { client_timeout: Duration::from_millis(400), ..Limits::default() };
    let server = bearing(limits).await;
    let file = form(&"case_code,agency_code,received_on\nx,A1,2023-10-02\n".repeat(20));
    let moving = slowly(&file, 12, Duration::from_millis(100), false);
    let response = answer(&server, handing_in(moving)).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER, "it took three times as long as a pause may");
    let before = left(&server);
    let begun = Instant::now();
    let response = answer(&server, handing_in(slowly(&file[..60], 1, Duration::ZERO, true))).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    let said = text(response).await;
    assert!(said.contains("tệp chưa tới hết"), "{said}");
    assert_eq!(left(&server), before, "nothing of it is left");
}

#[tokio::test]
async fn a_form_of_the_door_that_drips_in_keeps_no_place_for_hours() {
    let server = bearing(Limits { client_timeout: Duration::from_millis(400), ..Limits::default() }).await;
    for address in ["/dang-nhap", "/dang-nhap/lien-ket"] {
        let begun = Instant::now();
        let dripping = slowly("ma=a&name=lan&password=sai&again=sai", 36, Duration::from_millis(200), false);
        let mut request = handing_in(dripping);
        *request.uri_mut() = address.parse().expect("an address");
        let form = "application/x-www-form-urlencoded".parse().expect("a value");
        request.headers_mut().insert(header::CONTENT_TYPE, form);
        let response = answer(&server, request).await;
        assert!(response.status().is_client_error(), "{address}: {}", response.status());
        assert!(begun.elapsed() < Duration::from_secs(4), "{address}: {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn forms_that_drip_in_at_the_door_leave_those_who_are_in_their_places() {
    let server = bearing(Limits { most_requests: 4, ..Limits::default() }).await;
    let router = server.router.clone();
    let mut dripping = handing_in(slowly("name=lan", 1, Duration::ZERO, true));
    *dripping.uri_mut() = "/dang-nhap".parse().expect("an address");
    let form = "application/x-www-form-urlencoded".parse().expect("a value");
    dripping.headers_mut().insert(header::CONTENT_TYPE, form);
    let first = tokio::spawn(async move { router.oneshot(dripping).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(server.get("/dang-nhap").await.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(server.get("/").await.0, StatusCode::OK, "pages are as before");
    first.abort();
    let _ = first.await;
    assert_eq!(server.get("/dang-nhap").await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_file_larger_than_the_server_takes_is_refused_before_it_fills_the_disk() {
    let server = bearing(Limits { largest_upload: 1 << 20, ..Limits::default() }).await;
    let large = "x".repeat(3 << 20);
    let before = left(&server);
    // It says how large it is, or it does not.
    let mut said_so = handing_in(Body::from(form(&large)));
    said_so.headers_mut().insert(header::CONTENT_LENGTH, form(&large).len().into());
    for request in [said_so, handing_in(slowly(&form(&large), 50, Duration::ZERO, false))] {
        let response = answer(&server, request).await;
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
        let said = text(response).await;
        assert!(said.contains("tệp lớn hơn 1 MB"), "{said}");
    }
    let token = tokens::new().expect("a token");
    let today = TODAY.parse().expect("a date");
    server.store.give_token("test", &tokens::hash(&token), store::Opens::Push, today).await.expect("given");
    let push = |body: Body| {
        Request::post("/api/v1/import/case-files")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(body)
            .expect("a request")
    };
    let response = answer(&server, push(slowly(&large, 50, Duration::ZERO, false))).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let said: serde_json::Value = serde_json::from_str(&text(response).await).expect("JSON");
    assert!(said["error"]["en"].as_str().is_some_and(|en| en.contains("larger than the 1 MB")), "{said}");
    assert_eq!(left(&server), before, "nothing of it is left");
}

/// Every form whose content is read, but those that take files.
const TAKES_A_BODY: [&str; 5] = [
    "/du-lieu/tep/1/nhap",
    "/du-lieu/tep/1/anh-xa",
    "/du-lieu/hoan-tac",
    "/bao-cao/dau-van-ban",
    "/bao-cao/hop",
];

#[tokio::test]
async fn no_form_takes_a_body_of_any_size() {
    let server = bearing(Limits::default()).await;
    let large = format!("name={}", "x".repeat(30 << 20));
    for address in TAKES_A_BODY {
        let mut request = handing_in(Body::from(large.clone()));
        *request.uri_mut() = address.parse().expect("an address");
        let form = "application/x-www-form-urlencoded".parse().expect("a value");
        request.headers_mut().insert(header::CONTENT_TYPE, form);
        let response = answer(&server, request).await;
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE, "{address}");
        let said = text(response).await;
        assert!(said.contains("quá lớn") && said.contains("too large"), "{address}: {said}");
    }
}

#[tokio::test]
async fn what_cannot_be_understood_is_refused_in_words_of_people() {
    let server = bearing(Limits::default()).await;
    for (method, address, status) in [
        (Method::DELETE, "/du-lieu/hoan-tac", StatusCode::METHOD_NOT_ALLOWED),
        (Method::POST, "/du-lieu/tep/mot/dung", StatusCode::BAD_REQUEST),
        (Method::POST, "/du-lieu/hoan-tac", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let mut request = handing_in(Body::from("a=b"));
        *request.method_mut() = method;
        *request.uri_mut() = address.parse().expect("an address");
        let form = "application/x-www-form-urlencoded".parse().expect("a value");
        request.headers_mut().insert(header::CONTENT_TYPE, form);
        let response = answer(&server, request).await;
        assert_eq!(response.status(), status, "{address}");
        let said = text(response).await;
        assert!(said.contains(" / ") && !said.contains("deserialize") && !said.contains("parse"), "{said}");
    }
    let mut foreign = Request::post("/du-lieu/hoan-tac")
        .header(header::HOST, "127.0.0.1:3000")
        .header("sec-fetch-site", "cross-site")
        .body(Body::from("batch=1"))
        .expect("a request");
    foreign.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000))));
    let response = answer(&server, foreign).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(text(response).await.contains("another site"));
}
