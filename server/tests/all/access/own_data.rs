//! Somebody bound to an agency brings its data in, sees and undoes what was brought for it, and touches nothing else.

use std::time::Duration;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use thuocdo::{access::Role, agency::Scope, upload::Stage};

use crate::helpers::Server;

/// Of the own district, of a commune below it, of another office, and under the code of another office's file.
const ROWS: &str = "\
case_code,agency_code,received_on,due_on,completed_on
m1,271,2023-11-01,2023-11-08,2023-11-07
m2,271-01,2023-11-01,2023-11-08,2023-11-10
m3,SO-01,2023-11-01,2023-11-08,2023-11-07
b,271,2023-11-01,2023-11-08,2023-11-07
";

async fn hand_in(server: &Server, cookie: &str, name: &str, text: &str) -> (StatusCode, String) {
    let body = format!(
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{text}\r\n--B--\r\n"
    );
    let request = Request::post("/du-lieu/tep")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=B")
        .header(header::COOKIE, cookie)
        .body(Body::from(body))
        .expect("a request");
    let answer = server.answer(request).await;
    (answer.status, answer.header(header::LOCATION).to_owned())
}

/// Imports a file as a kind: the number of its batch.
async fn import(server: &Server, cookie: &str, kind: &str, text: &str) -> (u64, Option<i64>) {
    let (status, to) = hand_in(server, cookie, "a.csv", text).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let id: u64 =
        to.split("upload=").nth(1).and_then(|id| id.split('&').next()?.parse().ok()).expect("a number");
    let answer = server.submit(&format!("/du-lieu/tep/{id}/nhap"), Some(cookie), &[("reading", kind)]).await;
    if answer.status != StatusCode::SEE_OTHER {
        return (id, None);
    }
    for _ in 0..600 {
        match server.desk.upload(id).expect("is there").stage {
            Stage::Done(done) => return (id, Some(done.batch_id)),
            Stage::Failed(said) => panic!("{}", said.vi),
            Stage::Waiting | Stage::Queued | Stage::Running(_) => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
    panic!("the import never ends");
}

#[tokio::test]
async fn rows_of_other_offices_and_codes_of_their_files_are_set_aside() {
    let server = Server::city().await;
    server.person("bavi", Role::DataOfficer, Some("271")).await;
    server.person("xa", Role::DataOfficer, Some("271-02")).await;
    server.person("city", Role::DataOfficer, None).await;
    let (bavi, other, city) =
        (server.sign_in("bavi").await, server.sign_in("xa").await, server.sign_in("city").await);
    let before = server.visit("/api/v1/readings?period=2023&agency=SO-01", Some(&city)).await.text();
    let (id, batch) = import(&server, &bavi, "case-files", ROWS).await;
    let batch = batch.expect("imported");
    let receipt = server.visit(&format!("/du-lieu?upload={id}"), Some(&bavi)).await.text();
    assert!(receipt.contains("ngoài phạm vi của người nhập"), "{receipt}");
    let aside = server.visit(&format!("/du-lieu/tep/{id}/de-rieng.csv"), Some(&bavi)).await.text();
    assert_eq!(aside.lines().count(), 3, "a header and two rows, whole: {aside}");
    assert!(aside.contains("m3,SO-01") && aside.contains("b,271"), "{aside}");
    let after = server.visit("/api/v1/readings?period=2023&agency=SO-01", Some(&city)).await.text();
    assert_eq!(before, after, "the other office is as it was");
    let own = server.visit("/api/v1/readings?period=2023&agency=271", Some(&city)).await.text();
    assert!(own.contains("\"received\":6"), "{own}");

    // The file, its rows and its batch are the own agency's and the city's; nobody else sees or undoes them.
    for address in [format!("/du-lieu?upload={id}"), format!("/du-lieu/tep/{id}/de-rieng.csv")] {
        assert_eq!(server.visit(&address, Some(&other)).await.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(server.visit(&address, Some(&city)).await.status, StatusCode::OK, "{address}");
    }
    let batches = async |cookie: &str| server.visit("/du-lieu", Some(cookie)).await.text();
    assert!(batches(&bavi).await.contains(&format!("undo={batch}")) && batches(&bavi).await.contains("bavi"));
    assert!(!batches(&other).await.contains("undo="));
    let undo = async |cookie: &str, batch: &str| {
        server.submit("/du-lieu/hoan-tac", Some(cookie), &[("batch", batch)]).await.status
    };
    let batch = batch.to_string();
    assert_eq!(undo(&other, &batch).await, StatusCode::NOT_FOUND);
    assert_eq!(undo(&bavi, "3").await, StatusCode::NOT_FOUND, "a batch of the whole city");
    assert_eq!(undo(&bavi, &batch).await, StatusCode::SEE_OTHER);
    assert_eq!(server.store.verify().await.expect("verifies"), []);
    assert_eq!(server.desk.uploads(&Scope::Below("271".to_owned())).len(), 1);
}

#[tokio::test]
async fn what_is_one_for_the_whole_city_is_not_brought_by_who_is_bound_to_an_agency() {
    let server = Server::city().await;
    server.person("bavi", Role::DataOfficer, Some("271")).await;
    let bavi = server.sign_in("bavi").await;
    for (kind, text) in [
        ("agencies", "agency_code,name,level\n271,Khác,city\n"),
        ("holidays", "date,name,kind\n2023-10-10,Nghỉ,day_off\n"),
        ("targets", "indicator,value,from,to\non_time_returns,50,2023-01-01,2023-12-31\n"),
    ] {
        let (_, batch) = import(&server, &bavi, kind, text).await;
        assert_eq!(batch, None, "{kind}");
    }
    let page = server.visit("/du-lieu?upload=1", Some(&bavi)).await.text();
    assert!(!page.contains("anh-xa"), "mappings are one for the whole city");
    let (_, batch) = import(
        &server,
        &bavi,
        "petitions",
        "petition_code,agency_code,kind,sent_on\np1,SO-01,procedure,2023-10-02\n",
    )
    .await;
    assert!(batch.is_some(), "it may bring petitions");
    let petition =
        server.store.petitions(&Scope::All, &thuocdo::filter::Filter::default()).await.expect("read");
    assert!(
        petition.iter().all(|petition| petition.agency_code != "SO-01"),
        "and takes none away from its office"
    );
}
