//! The page on data: a file handed in is looked at, imported, watched, and undone; from elsewhere nobody may write.

use std::{fs, time::Duration};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use intake::desk::Desk;
use thuocdo::upload::{Stage, Upload};

use crate::helpers::{CASE_FILES, Server, TODAY};

const PART: &str = "----part";

/// A form with a file in it, as a browser sends it.
fn file_form(name: &str, bytes: &str) -> Request<Body> {
    let body = format!(
        "--{PART}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: text/csv\r\n\r\n{bytes}\r\n--{PART}--\r\n"
    );
    Request::post("/du-lieu/tep")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={PART}"))
        .body(body.into())
        .expect("a request")
}

fn form(to: &str, body: &str) -> Request<Body> {
    Request::post(to)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body.to_owned().into())
        .expect("a request")
}

/// Hands a file in and says which it became.
async fn hand_in(server: &Server, name: &str, bytes: &str) -> u64 {
    let (status, to, text) = server.send(file_form(name, bytes)).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    to.strip_prefix("/du-lieu?upload=").and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("{to}"))
}

async fn start(server: &Server, id: u64, body: &str) {
    let (status, ..) = server.send(form(&format!("/du-lieu/tep/{id}/nhap"), body)).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

/// The file when its import has ended.
async fn ended(desk: &Desk, id: u64) -> Upload {
    for _ in 0..600 {
        let upload = desk.upload(id).expect("a file");
        if !upload.stage.is_moving() {
            return upload;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the import does not end");
}

async fn page(server: &Server, address: &str) -> String {
    let (status, text) = server.page(address).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    text
}

#[tokio::test]
async fn a_file_is_looked_at_imported_and_undone_without_a_script() {
    let server = Server::empty().await;
    let before = server.readings("").await;
    let id = hand_in(&server, "C:\\thang 3\\hồ sơ.csv", CASE_FILES).await;
    let look = page(&server, &format!("/du-lieu?upload={id}")).await;
    for says in [
        "hồ sơ.csv",
        "Hiểu là Hồ sơ: nhận ra 7 trong 16 cột",
        "Cột không lấy, không giữ gì của chúng: Họ tên",
        "02/10/2023",
    ] {
        assert!(look.contains(says), "{says}: {look}");
    }
    assert!(!look.contains("Nguyễn Văn A"), "what is dropped is not shown: {look}");
    assert_eq!(server.readings("").await, before, "looking imports nothing");

    start(&server, id, "reading=case-files").await;
    let Stage::Done(done) = ended(&server.desk, id).await.stage else { panic!("is in") };
    assert_eq!((done.rows_in, done.added, done.set_aside), (7, 7, 0));
    let receipt = page(&server, &format!("/du-lieu?upload={id}&lang=en")).await;
    for says in ["It is in.", "Rows in 7", "Columns not taken: Họ tên", "Undo this import"] {
        assert!(receipt.contains(says), "{says}: {receipt}");
    }
    assert_eq!(server.readings("").await["on_time_returns"]["received"], 7);
    assert!(
        !server.folder.path().join(format!("uploads/{id}/source")).exists(),
        "the file may hold names of people"
    );

    let batch = done.batch_id;
    let question = page(&server, &format!("/du-lieu?undo={batch}")).await;
    assert!(question.contains("7 dòng mới sẽ bị bỏ"), "{question}");
    let (status, to, _) = server.send(form("/du-lieu/hoan-tac", &format!("batch={batch}"))).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/du-lieu#lan-nhap"));
    assert_eq!(server.readings("").await, before);
    assert!(page(&server, "/du-lieu").await.contains("đã hoàn tác 15/01/2024"));
    let (status, _, text) = server.send(form("/du-lieu/hoan-tac?lang=en", &format!("batch={batch}"))).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(text.contains("is undone already") && text.contains("href=\"/du-lieu?lang=en\""), "{text}");
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_told_and_its_rows_can_be_fetched() {
    let server = Server::city().await;
    let rows =
        "case_code,agency_code,received_on,due_on\nx1,271,2023-10-02,2023-10-09\nx2,271,hôm qua,2023-10-09\n";
    let id = hand_in(&server, "a.csv", rows).await;
    let look = page(&server, &format!("/du-lieu?upload={id}")).await;
    assert!(look.contains("“hôm qua”"), "{look}");
    start(&server, id, "reading=case-files&all_or_nothing=1").await;
    let Stage::Failed(why) = ended(&server.desk, id).await.stage else { panic!("all or nothing") };
    assert!(why.vi.contains("1 dòng có lỗi"), "{why:?}");
    let failed = page(&server, &format!("/du-lieu?upload={id}")).await;
    assert!(failed.contains("1 dòng có lỗi") && failed.contains("Nhập"), "it can be tried again: {failed}");
    start(&server, id, "reading=case-files").await;
    let Stage::Done(done) = ended(&server.desk, id).await.stage else { panic!("is in") };
    assert_eq!((done.rows_in, done.set_aside), (1, 1));
    let get = |name: &str| {
        Request::get(format!("/du-lieu/tep/{id}/{name}.csv")).body(Body::empty()).expect("a request")
    };
    let (status, _, text) = server.send(get("de-rieng")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("x2,271,hôm qua,2023-10-09,3,"), "{text}");
    let (_, _, text) = server.send(get("van-de")).await;
    assert!(text.starts_with('\u{feff}') && text.contains("3,set_aside,"), "{text}");
}

#[tokio::test]
async fn a_file_under_foreign_headers_comes_in_through_a_mapping_made_on_the_page() {
    let server = Server::city().await;
    let rows = "CASE;OPENED;DONE;UNIT\nk1;10/02/2023;10/06/2023;north\nk2;10/02/2023;;north\n";
    let id = hand_in(&server, "cũ.csv", rows).await;
    let look = page(&server, &format!("/du-lieu?upload={id}")).await;
    assert!(look.contains("Thiếu cột cần có"), "{look}");
    let fields = "kind=petitions&name=H%E1%BB%87+c%C5%A9&date_format=MM/dd/yyyy&from.petition_code=CASE&from.sent_on=OPENED\
                  &from.answered_on=DONE&from.agency_code=UNIT&constant.agency_code=271&constant.kind=procedure";
    let (status, to, text) = server.send(form(&format!("/du-lieu/tep/{id}/anh-xa"), fields)).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    let look = page(&server, &to).await;
    assert!(look.contains("Hiểu là Phản ánh, kiến nghị") && look.contains("06/10/2023"), "{look}");
    start(&server, id, "reading=petitions%3AH%E1%BB%87+c%C5%A9").await;
    let Stage::Done(done) = ended(&server.desk, id).await.stage else { panic!("is in") };
    assert_eq!(done.added, 2);
    let again = hand_in(&server, "cũ 2.csv", rows).await;
    let look = page(&server, &format!("/du-lieu?upload={again}")).await;
    assert!(look.contains("Hiểu là Phản ánh, kiến nghị"), "the next file of the kind is recognised: {look}");
}

#[tokio::test]
async fn an_import_that_the_servers_end_interrupted_goes_on_at_its_next_start() {
    let server = Server::city().await;
    let id = hand_in(&server, "a.csv", CASE_FILES).await;
    let folder = server.folder.path().join("uploads");
    let kept = folder.join(format!("{id}/upload.json"));
    let text = fs::read_to_string(&kept).expect("what is kept");
    let running = "\"stage\":{\"running\":{\"rows\":3,\"done\":0,\"all\":0,\"milliseconds\":1,\"set_aside\":0,\
                   \"warnings\":0,\"is_waiting\":false}}";
    let reading = "\"reading\":{\"kind\":\"case-files\",\"mapping\":null,\"all_or_nothing\":false}";
    let text = text.replace("\"stage\":\"waiting\"", running).replace("\"reading\":null", reading);
    assert!(text.contains(running) && text.contains(reading), "{text}");
    fs::write(&kept, &text).expect("written");
    fs::write(folder.join(".incoming-x"), "half a file").expect("written");
    let today = TODAY.parse().expect("a date");
    let desk =
        Desk::open(server.store.clone(), folder.clone(), std::sync::Arc::new(move || today)).expect("a desk");
    let Stage::Done(done) = ended(&desk, id).await.stage else { panic!("is in") };
    assert_eq!((done.rows_in, done.unchanged), (7, 7), "the same file again changes nothing");
    assert!(!folder.join(".incoming-x").exists(), "what never came whole is swept away");

    let thrice = text.replace("\"attempts\":0", "\"attempts\":3");
    fs::write(&kept, thrice).expect("written");
    let desk = Desk::open(server.store.clone(), folder, std::sync::Arc::new(move || today)).expect("a desk");
    let Stage::Failed(why) = ended(&desk, id).await.stage else { panic!("gives up") };
    assert!(why.en.contains("3 times"), "{why:?}");
}

#[tokio::test]
async fn from_elsewhere_nobody_may_write() {
    let server = Server::city().await;
    let refused = async |name: &'static str, value: &'static str| {
        let mut request = file_form("a.csv", CASE_FILES);
        request.headers_mut().insert(name, value.parse().expect("a header"));
        server.send(request).await.0
    };
    for (name, value) in [
        ("x-forwarded-for", "10.0.0.9"),
        ("forwarded", "for=10.0.0.9"),
        ("host", "evil.example:3000"),
        ("sec-fetch-site", "cross-site"),
        ("origin", "http://evil.example"),
    ] {
        let status = refused(name, value).await;
        assert!(
            matches!(status, StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED),
            "{name}: {value}: {status}"
        );
    }
    let unknown = tower::ServiceExt::oneshot(server.router.clone(), file_form("a.csv", CASE_FILES)).await;
    assert_eq!(unknown.expect("an answer").status(), StatusCode::UNAUTHORIZED, "a peer nobody knows");
    assert_eq!(server.desk.uploads(&thuocdo::agency::Scope::All), []);
}

#[tokio::test]
async fn forms_that_make_no_sense_are_answered_with_what_to_do() {
    let server = Server::city().await;
    let (status, _, text) = server.send(file_form("", "")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text.contains("chưa chọn tệp nào"), "{text}");
    for (to, body, expected) in [
        ("/du-lieu/tep/99/nhap", "reading=case-files", StatusCode::NOT_FOUND),
        ("/du-lieu/tep/99/bo", "", StatusCode::NOT_FOUND),
        ("/du-lieu/hoan-tac", "batch=999", StatusCode::NOT_FOUND),
    ] {
        let (status, _, text) = server.send(form(to, body)).await;
        assert_eq!(status, expected, "{to}: {text}");
    }
    let id = hand_in(&server, "a.csv", CASE_FILES).await;
    let (status, ..) = server.send(form(&format!("/du-lieu/tep/{id}/nhap"), "reading=nothing")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    for address in ["/du-lieu?upload=99", "/du-lieu?upload=x", "/du-lieu?undo=x"] {
        let (status, text) = server.page(address).await;
        assert!(status.is_client_error(), "{address}: {text}");
    }
    assert!(page(&server, "/du-lieu?undo=999").await.contains("Không có lần nhập số 999"));
    let pdf = hand_in(&server, "b.pdf", "%PDF-1.7 …").await;
    assert!(page(&server, &format!("/du-lieu?upload={pdf}")).await.contains("Tệp là PDF"));
    let (status, to, _) = server.send(form(&format!("/du-lieu/tep/{pdf}/bo"), "")).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/du-lieu"));
    assert_eq!(server.desk.uploads(&thuocdo::agency::Scope::All).len(), 1);
}
