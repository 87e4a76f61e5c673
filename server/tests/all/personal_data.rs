//! Names, numbers and addresses of people in a file: after its import they stand nowhere, neither in a table nor in a file.

use std::{fs, path::Path, time::Duration};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use thuocdo::upload::{Done, Stage};

use crate::helpers::Server;

/// What is said of people below.
const PERSONAL: [&str; 5] = ["Bích Ngọc", "0912345678", "001099012345", "ngõ 5 Hàng Bông", "ngoc@example.vn"];

const HEADER: &str =
    "Mã hồ sơ;Họ tên;Số điện thoại;CCCD;Địa chỉ;email;Mã đơn vị;Ngày tiếp nhận;Ngày hẹn trả\n";

fn row(code: &str, received_on: &str) -> String {
    let [name, telephone, identity, address, mail] = PERSONAL;
    format!("{code};Nguyễn Thị {name};{telephone};{identity};{address};{mail};271;{received_on};09/10/2023\n")
}

/// Hands a file in on the page and imports it: its number, and what came of it.
async fn import(server: &Server, kind: &str, text: &str) -> (u64, Done) {
    let body = format!(
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{text}\r\n--B--\r\n"
    );
    let request = Request::post("/du-lieu/tep")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=B")
        .body(Body::from(body))
        .expect("a request");
    let (status, to, said) = server.send(request).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");
    let id = to.split("upload=").nth(1).and_then(|id| id.parse().ok()).expect("a number");
    let (status, ..) = server.get(&format!("/du-lieu?upload={id}")).await;
    assert_eq!(status, StatusCode::OK, "it was looked at, too");
    send(server, &format!("/du-lieu/tep/{id}/nhap"), &format!("reading={kind}")).await;
    for _ in 0..600 {
        match server.desk.upload(id).expect("a file").stage {
            Stage::Done(done) => return (id, done),
            Stage::Failed(why) => panic!("{}", why.vi),
            _ => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    panic!("the import does not end");
}

async fn send(server: &Server, to: &str, form: &str) {
    let request = Request::post(to)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .expect("a request");
    let (status, _, said) = server.send(request).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{said}");
}

/// Every value of every column of every table of a database, as SQLite would write it down.
async fn dump(database: &Path) -> Vec<String> {
    let options = SqliteConnectOptions::new().filename(database).read_only(true);
    let mut connection = SqliteConnection::connect_with(&options).await.expect("opens");
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select t.name, c.name from sqlite_master t, pragma_table_xinfo(t.name) c where t.type = 'table'",
    )
    .fetch_all(&mut connection)
    .await
    .expect("columns");
    let mut values = Vec::new();
    for (table, column) in columns {
        let each = format!("select '{table}.{column}: ' || quote(\"{column}\") from \"{table}\"");
        let some: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(each)).fetch_all(&mut connection).await.expect("values");
        values.extend(some);
    }
    connection.close().await.expect("closes");
    values
}

/// Everything of people that stands in the two databases or, as bytes, in a file of the server: where, and what.
async fn left(server: &Server) -> Vec<String> {
    let folder = server.folder.path();
    let mut found = Vec::new();
    for database in ["city.db", "city.people.db"] {
        let values = dump(&folder.join(database)).await;
        assert!(values.len() > 5, "{database} was looked into");
        found.extend(values.into_iter().filter(|value| PERSONAL.iter().any(|said| value.contains(said))));
    }
    in_files(folder, folder, &mut found);
    found
}

fn in_files(folder: &Path, root: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            in_files(&path, root, found);
            continue;
        }
        let bytes = fs::read(&path).expect("a file");
        let name = path.strip_prefix(root).expect("below it").display();
        let said = PERSONAL.iter().filter(|said| memchr::memmem::find(&bytes, said.as_bytes()).is_some());
        found.extend(said.map(|said| format!("{name}: {said}")));
    }
}

#[tokio::test]
async fn columns_of_people_stand_nowhere_once_the_import_has_ended() {
    let server = Server::city().await;
    // What the tests themselves put there is of other people.
    assert_eq!(left(&server).await, [""; 0]);
    let text = format!("{HEADER}{}{}", row("n1", "02/10/2023"), row("n2", "03/10/2023"));
    let (_, done) = import(&server, "case-files", &text).await;
    assert_eq!((done.rows_in, done.set_aside), (2, 0));
    assert_eq!(done.dropped, ["Họ tên", "Số điện thoại", "CCCD", "Địa chỉ", "email"]);
    assert_eq!(left(&server).await, [""; 0]);
    // Neither does taking it back, for which rows are kept as they were, bring any of it to light.
    send(&server, "/du-lieu/hoan-tac", &format!("batch={}", done.batch_id)).await;
    assert_eq!(left(&server).await, [""; 0]);
}

#[tokio::test]
async fn a_row_set_aside_stands_whole_in_the_file_to_correct_and_goes_with_it() {
    let server = Server::city().await;
    let text = format!("{HEADER}{}{}", row("n1", "02/10/2023"), row("n2", "hôm qua"));
    let (id, done) = import(&server, "case-files", &text).await;
    assert_eq!((done.rows_in, done.set_aside), (1, 1));
    let file = format!("uploads/{id}/set-aside.csv: ");
    let left_of_it = left(&server).await;
    assert_eq!(left_of_it.len(), PERSONAL.len());
    assert!(left_of_it.iter().all(|found| found.starts_with(&file)), "{left_of_it:?}");
    send(&server, &format!("/du-lieu/tep/{id}/bo"), "").await;
    assert_eq!(left(&server).await, [""; 0]);
}

#[tokio::test]
async fn what_nobody_throws_away_goes_by_itself_in_time_and_what_it_brought_in_stays() {
    let server = Server::city().await;
    let text = format!("{HEADER}{}{}", row("n1", "02/10/2023"), row("n2", "hôm qua"));
    let (id, _) = import(&server, "case-files", &text).await;
    let came = server.desk.upload(id).expect("a file").received_on;
    assert_eq!(server.desk.forget_before(came), 0, "not on the day it came");
    assert_ne!(left(&server).await, [""; 0]);
    assert_eq!(server.desk.forget_before(came + chrono::Days::new(1)), 1);
    assert_eq!(left(&server).await, [""; 0]);
    let (_, list) = server.page("/ho-so?period=2023-10&list=received").await;
    assert!(list.contains("n1"), "{list}");
}

#[tokio::test]
async fn a_number_typed_into_a_text_is_remarked_on_and_what_is_said_of_it_does_not_repeat_it() {
    let server = Server::city().await;
    let text =
        format!("issue_code,dialogue_code,summary\nv1,d1,Công dân {} hỏi lại nhiều lần\n", PERSONAL[1]);
    let (id, done) = import(&server, "dialogue-issues", &text).await;
    assert_eq!((done.rows_in, done.warnings), (1, 1), "it goes in");
    let (_, page) = server.page(&format!("/du-lieu?upload={id}")).await;
    assert!(page.contains("có vẻ là số điện thoại") && !page.contains(PERSONAL[1]), "{page}");
    // It is in the column it was written for, and in no note of the import.
    let left = left(&server).await;
    assert!(left.iter().any(|found| found.starts_with("dialogue_issues.summary: ")), "{left:?}");
    assert!(left.iter().all(|found| !found.starts_with("uploads/")), "{left:?}");
}
