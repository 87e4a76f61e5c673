//! Files that take long: watched, fetched, stopped, and nobody else's.

use axum::{
    Router,
    extract::{Extension, Request},
    middleware,
    routing::get,
};
use tokio::sync::Notify;
use tower::ServiceExt as _;

use super::*;

/// A file that is made once somebody says so.
fn router(making: &Making, go: &Arc<Notify>, status: StatusCode) -> Router {
    router_for(Actor::machine(), making, go, status)
}

fn router_for(actor: Actor, making: &Making, go: &Arc<Notify>, status: StatusCode) -> Router {
    let go = go.clone();
    let slow = move |Extension(progress): Extension<Progress>| {
        let go = go.clone();
        async move {
            progress.is_of(3);
            progress.came_on(2);
            go.notified().await;
            (status, [(header::CONTENT_DISPOSITION, "attachment")], "whole")
        }
    };
    Router::new()
        .route("/a.xlsx", get(slow))
        .layer(middleware::from_fn_with_state(making.clone(), may_take_long))
        .layer(Extension(actor))
}

async fn asked(router: &Router, accept: &str) -> Response {
    asked_for(router, "/a.xlsx", accept).await
}

async fn asked_for(router: &Router, address: &str, accept: &str) -> Response {
    let request =
        Request::get(address).header(header::ACCEPT, accept).body(Body::empty()).expect("a request");
    router.clone().oneshot(request).await.expect("an answer")
}

async fn text(response: Response) -> String {
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    String::from_utf8(body.to_vec()).expect("a text")
}

fn token(response: &Response) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let to = response.headers()[header::LOCATION].to_str().expect("an address");
    to.strip_prefix("/dang-lam/").expect("the page of the file").to_owned()
}

async fn ready(making: &Making, token: &str) -> Shown {
    loop {
        let shown = making.shown(&Actor::machine(), token).expect("a file");
        if shown.is_ready {
            return shown;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_file_that_takes_long_is_made_though_nobody_waits_and_fetched_as_often_as_one_likes() {
    let (making, go) = (Making::new(Duration::from_millis(1)), Arc::new(Notify::new()));
    let router = router(&making, &go, StatusCode::OK);
    let token = token(&asked(&router, "text/html").await);
    let shown = making.shown(&Actor::machine(), &token).expect("a file");
    assert_eq!((shown.name.as_str(), shown.rows, shown.is_ready), ("a.xlsx", Some((2, 3)), false));
    assert!(making.fetch(&Actor::machine(), &token).is_none(), "nothing before it is whole");
    assert_eq!(self::token(&asked(&router, "text/html").await), token, "asked again it is made once");
    go.notify_one();
    ready(&making, &token).await;
    for _ in 0..2 {
        let file = making.fetch(&Actor::machine(), &token).expect("the file");
        assert_eq!(file.headers()[header::CONTENT_DISPOSITION], "attachment");
        assert_eq!(text(file).await, "whole");
    }
    let somebody = Actor::visitor();
    assert!(making.shown(&somebody, &token).is_none() && making.of(&somebody).is_empty(), "not another's");
    assert!(making.fetch(&somebody, &token).is_none() && !making.stop(&somebody, &token));
    assert!(making.stop(&Actor::machine(), &token));
    assert!(making.of(&Actor::machine()).is_empty());
}

#[tokio::test]
async fn a_program_waits_for_its_answer_and_what_is_quick_comes_at_once() {
    let (making, go) = (Making::new(Duration::from_millis(1)), Arc::new(Notify::new()));
    let router = router(&making, &go, StatusCode::OK);
    let (answer, ()) = tokio::join!(asked(&router, "*/*"), async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        go.notify_one();
    });
    assert_eq!(text(answer).await, "whole");
    let patient = Making::new(Duration::from_secs(60));
    let router = self::router(&patient, &go, StatusCode::OK);
    go.notify_one();
    assert_eq!(text(asked(&router, "text/html").await).await, "whole");
    assert!(making.of(&Actor::machine()).is_empty() && patient.of(&Actor::machine()).is_empty());
}

#[tokio::test]
async fn what_is_refused_in_the_end_is_answered_in_the_place_of_the_file() {
    let (making, go) = (Making::new(Duration::from_millis(1)), Arc::new(Notify::new()));
    let token = token(&asked(&router(&making, &go, StatusCode::CONFLICT), "text/html").await);
    go.notify_one();
    ready(&making, &token).await;
    assert!(making.is_refused(&token));
    let answer = making.fetch(&Actor::machine(), &token).expect("an answer");
    assert_eq!(answer.status(), StatusCode::CONFLICT);
}

#[tokio::test]
async fn work_that_somebody_stops_is_stopped_and_room_is_given_back() {
    let (making, go) = (Making::new(Duration::from_millis(1)), Arc::new(Notify::new()));
    let router = router(&making, &go, StatusCode::OK);
    for _ in 0..MOST + 8 {
        let token = token(&asked(&router, "text/html").await);
        assert!(making.stop(&Actor::machine(), &token));
    }
    assert!(making.of(&Actor::machine()).is_empty());
}

#[tokio::test]
async fn one_who_asks_for_many_files_leaves_room_for_others() {
    let (making, go) = (Making::new(Duration::from_millis(1)), Arc::new(Notify::new()));
    let router = router(&making, &go, StatusCode::OK);
    for at in 0..OF_ONE {
        token(&asked_for(&router, &format!("/a.xlsx?n={at}"), "text/html").await);
    }
    let one_more = asked_for(&router, "/a.xlsx?n=more", "text/html").await;
    assert_eq!(one_more.status(), StatusCode::SERVICE_UNAVAILABLE);
    let token = making.of(&Actor::machine()).pop().expect("a file").token;
    assert!(making.stop(&Actor::machine(), &token));
    self::token(&asked_for(&router, "/a.xlsx?n=more", "text/html").await);
}

#[tokio::test]
async fn a_visitor_has_the_token_alone_to_know_a_file_by() {
    let (making, go) = (Making::new(Duration::from_millis(1)), Arc::new(Notify::new()));
    let router = router_for(Actor::visitor(), &making, &go, StatusCode::OK);
    let (one, other) = (token(&asked(&router, "text/html").await), token(&asked(&router, "text/html").await));
    assert_ne!(one, other, "another visitor is not led to the first one's file");
    assert!(making.of(&Actor::visitor()).is_empty(), "nor told of it");
    assert!(making.shown(&Actor::visitor(), &one).is_some());
}
