//! How the server is run: whether it lives, whether it can work, and what it says of itself.

use axum::http::StatusCode;
use serde_json::Value;
use server::{Running, Serving, router, routes::health::Places};
use sqlx::{Connection as _, SqliteConnection};

use crate::helpers::Server;

async fn readiness(server: &Server) -> (StatusCode, Value) {
    let (status, kind, body) = server.get("/readyz").await;
    assert_eq!(kind, "application/json");
    (status, serde_json::from_slice(&body).expect("JSON"))
}

/// The checks that fail.
fn failing(said: &Value) -> Vec<&str> {
    let checks = said["checks"].as_array().expect("checks");
    checks.iter().filter(|check| check["ok"] == false).filter_map(|check| check["name"].as_str()).collect()
}

async fn in_the_database(server: &Server, sql: &'static str) {
    let url = format!("sqlite://{}/city.db", server.folder.path().display());
    let mut connection = SqliteConnection::connect(&url).await.expect("opens");
    sqlx::query(sql).execute(&mut connection).await.expect("runs");
    connection.close().await.expect("closes");
}

#[tokio::test]
async fn a_server_that_can_work_says_so_check_by_check_in_both_languages() {
    let server = Server::empty().await;
    let (status, said) = readiness(&server).await;
    assert_eq!(status, StatusCode::OK, "{said}");
    assert_eq!(said["status"], "ready");
    let names: Vec<_> = said["checks"].as_array().expect("checks").iter().map(|c| &c["name"]).collect();
    assert_eq!(names, ["database", "migrations", "disk"]);
    assert_eq!(said["checks"][0]["vi"], "đạt: cơ sở dữ liệu trả lời");
    assert_eq!(said["checks"][0]["en"], "yes: the database answers");
}

#[tokio::test]
async fn a_server_without_its_database_lives_but_is_not_ready() {
    let server = Server::empty().await;
    server.store.close().await;
    let (status, _, body) = server.get("/healthz").await;
    assert_eq!((status, body.as_slice()), (StatusCode::OK, &b"ok\n"[..]), "it needs no database to live");
    let (status, said) = readiness(&server).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(failing(&said), ["database", "migrations"]);
    let text = said.to_string();
    assert!(!text.contains("sqlite") && !text.contains("pool"), "nothing of the inside: {text}");
}

#[tokio::test]
async fn a_server_beside_a_newer_one_that_changed_the_tables_is_not_ready() {
    let server = Server::empty().await;
    in_the_database(
        &server,
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
         values (9999, 'of tomorrow', true, x'00', 0)",
    )
    .await;
    let (status, said) = readiness(&server).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(failing(&said), ["migrations"]);
}

#[tokio::test]
async fn a_disk_that_is_nearly_full_or_a_folder_that_is_gone_is_not_ready() {
    let mut server = Server::empty().await;
    let here = server.folder.path().to_owned();
    for (folder, least_free, is_ready) in
        [(here.clone(), 1, true), (here.clone(), u64::MAX, false), (here.join("gone"), 0, false)]
    {
        let places = Places { folders: [folder].into(), least_free };
        let context = app::context::Context::new(
            server.store.clone(),
            std::sync::Arc::new(|| crate::helpers::TODAY.parse().expect("a date")),
        );
        server.router = router(
            context,
            Serving { running: Running { places, ..Running::default() }, ..Serving::default() },
        );
        let (status, said) = readiness(&server).await;
        assert_eq!(status == StatusCode::OK, is_ready, "{said}");
        assert_eq!(failing(&said), if is_ready { vec![] } else { vec!["disk"] });
        assert!(!said.to_string().contains(&*here.to_string_lossy()), "no paths: {said}");
    }
}
