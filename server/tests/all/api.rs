//! The door for machines: its description and its routes say the same; what a system pushes in is taken once.

use std::time::Duration;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use serde_json::Value;
use server::{routes::api, tokens};

use crate::helpers::{Server, TODAY};

const ROWS: &str = "{\"case_code\":\"p1\",\"agency_code\":\"271\",\"received_on\":\"2023-10-02\",\"due_on\":\"2023-10-09\",\
                    \"completed_on\":\"2023-10-06\"}\n\
                    {\"case_code\":\"p2\",\"agency_code\":\"271\",\"received_on\":\"mai\"}\n";

fn description() -> Value {
    serde_json::from_str(api::OPENAPI).expect("JSON")
}

async fn token(server: &Server, system: &str) -> String {
    let token = tokens::new().expect("chance");
    let today = TODAY.parse().expect("a date");
    server.store.give_token(system, &tokens::hash(&token), store::Opens::Push, today).await.expect("given");
    token
}

fn push(token: &str, kind: &str, key: &str, rows: &str) -> Request<Body> {
    Request::post(format!("/api/v1/import/{kind}"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header("idempotency-key", key)
        .body(rows.to_owned().into())
        .expect("a request")
}

async fn ask(server: &Server, token: &str, at: &str) -> (StatusCode, String) {
    let request = Request::get(at).header(header::AUTHORIZATION, format!("Bearer {token}"));
    let (status, _, text) = server.send(request.body(Body::empty()).expect("a request")).await;
    (status, text)
}

/// What came of a sending.
async fn ended(server: &Server, token: &str, at: &str) -> Value {
    for _ in 0..600 {
        let (status, text) = ask(server, token, at).await;
        assert_eq!(status, StatusCode::OK, "{text}");
        let told: Value = serde_json::from_str(&text).expect("JSON");
        if !matches!(told["state"].as_str(), Some("queued" | "running")) {
            return told;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the import does not end");
}

#[tokio::test]
async fn the_description_and_the_routes_say_the_same() {
    let description = description();
    let described: Vec<&String> = description["paths"].as_object().expect("paths").keys().collect();
    let mut routed: Vec<&str> = api::routes().into_iter().map(|(path, _)| path).collect();
    routed.sort_unstable();
    assert_eq!(described, routed);
    let server = Server::city().await;
    for (path, item) in description["paths"].as_object().expect("paths") {
        let at = path.replace("{kind}", "case-files").replace("{id}", "1");
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
            let request = Request::builder().method(&method).uri(&at).body(Body::empty()).expect("a request");
            let (status, _, text) = server.send(request).await;
            let is_described = item.get(method.as_str().to_lowercase()).is_some();
            assert_eq!(status != StatusCode::METHOD_NOT_ALLOWED, is_described, "{method} {path}: {status}");
            let Some(operation) = item.get(method.as_str().to_lowercase()) else { continue };
            assert!(
                operation["responses"].get(status.as_str()).is_some(),
                "{method} {path} answers {status}: {text}"
            );
        }
    }
    let kinds = &description["paths"]["/api/v1/import/{kind}"]["post"]["parameters"][0]["schema"]["enum"];
    let kinds: Vec<&str> = kinds.as_array().expect("kinds").iter().filter_map(Value::as_str).collect();
    assert_eq!(kinds, intake::Kind::ALL.map(intake::Kind::as_str));
}

#[tokio::test]
async fn what_a_system_pushes_in_is_imported_once_and_told_to_it_alone() {
    let server = Server::city().await;
    let one = token(&server, "một cửa").await;
    let other = token(&server, "khác").await;
    let received = async || server.readings("").await["on_time_returns"]["received"].clone();
    let before = received().await.as_i64().expect("a number");
    let (status, at, text) = server.send(push(&one, "case-files", "night-1", ROWS)).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{text}");
    let told = ended(&server, &one, &at).await;
    assert_eq!(
        (&told["state"], &told["rows_in"], &told["set_aside"]),
        (&"done".into(), &1.into(), &1.into()),
        "{told}"
    );
    assert_eq!(
        (&told["problems"][0]["line"], &told["problems"][0]["severity"]),
        (&2.into(), &"set_aside".into())
    );
    assert_eq!(received().await, before + 1);

    let (status, again, _) = server.send(push(&one, "case-files", "night-1", ROWS)).await;
    assert_eq!((status, &again), (StatusCode::ACCEPTED, &at), "the same key is the same sending");
    let (_, second, _) = server.send(push(&one, "case-files", "night-2", ROWS)).await;
    assert_ne!(second, at);
    assert_eq!(ended(&server, &one, &second).await["unchanged"], 1);

    let (status, text) = ask(&server, &one, &format!("{at}/set-aside")).await;
    assert!(status == StatusCode::OK && text.contains("mai"), "{text}");
    for at in [at.clone(), format!("{at}/problems"), "/api/v1/imports/999".to_owned()] {
        assert_eq!(ask(&server, &other, &at).await.0, StatusCode::NOT_FOUND, "{at}");
    }
}

#[tokio::test]
async fn without_its_token_a_system_gets_nothing_in() {
    let server = Server::city().await;
    let given = token(&server, "một cửa").await;
    for token in ["", "x", &given[1..]] {
        let (status, ..) = server.send(push(token, "case-files", "k", ROWS)).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{token}");
    }
    let mut request = push(&given, "case-files", "k", ROWS);
    request.headers_mut().remove(header::AUTHORIZATION);
    assert_eq!(server.send(request).await.0, StatusCode::UNAUTHORIZED);
    assert!(server.store.revoke_token("một cửa", TODAY.parse().expect("a date")).await.expect("revokes"));
    assert_eq!(
        server.send(push(&given, "case-files", "k", ROWS)).await.0,
        StatusCode::UNAUTHORIZED,
        "taken back"
    );
    assert_eq!(server.desk.uploads(&thuocdo::agency::Scope::All), []);
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_with_a_reason() {
    let server = Server::city().await;
    let given = token(&server, "một cửa").await;
    for (kind, key, rows, expected) in [
        ("files", "k", ROWS, StatusCode::NOT_FOUND),
        ("case-files", "k", "", StatusCode::BAD_REQUEST),
        ("case-files?mapping=none", "k", ROWS, StatusCode::BAD_REQUEST),
        ("case-files", &"k".repeat(201), ROWS, StatusCode::BAD_REQUEST),
    ] {
        let (status, _, text) = server.send(push(&given, kind, key, rows)).await;
        assert_eq!(status, expected, "{kind} {key}: {text}");
        let told: Value = serde_json::from_str(&text).expect("JSON");
        assert!(told["error"]["vi"].is_string() && told["error"]["en"].is_string(), "{text}");
    }
    assert_eq!(server.desk.uploads(&thuocdo::agency::Scope::All), []);
    let (_, at, _) = server.send(push(&given, "case-files", "k", "a,b\n1,2\n")).await;
    let told = ended(&server, &given, &at).await;
    assert!(
        told["state"] == "failed" && told["error"]["en"].as_str().is_some_and(|why| why.contains("missing")),
        "{told}"
    );
}
