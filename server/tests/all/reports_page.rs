//! The page on reports: a figure that was downloaded, handed back.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use intake::Kind;

use crate::helpers::Server;

const PART: &str = "part";

/// Hands a file back.
async fn hand_back(server: &Server, name: &str, file: &[u8], query: &str) -> (StatusCode, String) {
    let head = format!(
        "--{PART}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), file, format!("\r\n--{PART}--\r\n").as_bytes()].concat();
    let request = Request::post(format!("/bao-cao/ho-chieu{query}"))
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={PART}"))
        .body(Body::from(body))
        .expect("a request");
    let (status, _, page) = server.send(request).await;
    (status, page)
}

#[tokio::test]
async fn a_picture_opens_its_view_and_after_a_corrected_import_says_which_numbers_moved() {
    let server = Server::city().await;
    let mut files = Vec::new();
    for form in ["png", "svg", "xlsx"] {
        let (_, _, file) = server.get(&format!("/bieu-do/ho-so-theo-thang.{form}?period=2023")).await;
        let (status, page) = hand_back(&server, &format!("x.{form}"), &file, "").await;
        assert_eq!(status, StatusCode::OK, "{form}: {page}");
        assert!(page.contains("Số liệu không đổi"), "{form}: {page}");
        assert!(page.contains("href=\"/ho-so?period=2023&amp;as_of="), "{form}: {page}");
        assert!(page.contains("#ho-so-theo-thang"), "{form}");
        files.push((form, file));
    }
    // The late one of October was in time after all.
    let rows = "case_code,agency_code,received_on,due_on,completed_on\n\
                them-1,Q1,2023-10-02,2023-10-20,2023-10-10\n";
    let outcome = server.take_in(Kind::CaseFiles, rows, None).await;
    assert_eq!(outcome.receipt.added, 1);
    for (form, file) in files {
        let (status, page) = hand_back(&server, &format!("x.{form}"), &file, "").await;
        assert_eq!(status, StatusCode::OK, "{form}");
        assert!(page.contains("1 số đã khác"), "{form}: {page}");
        assert!(
            page.contains("Tháng 10/2023") && page.contains("66,66") && page.contains("75,00"),
            "{form}: {page}"
        );
    }
}

#[tokio::test]
async fn a_file_without_a_passport_is_refused_with_what_to_do() {
    let server = Server::city().await;
    for (name, file, words) in [
        ("x.pdf", "%PDF-1.7".as_bytes(), "PNG, SVG"),
        ("x.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "passport"),
        ("x.png", b"\x89PNG\r\n\x1a\n cut", "passport"),
    ] {
        let (status, page) = hand_back(&server, name, file, "?lang=en").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(page.contains(words) && page.contains("lang=\"en\""), "{name}: {page}");
    }
    let (status, page) = hand_back(&server, "x.png", b"", "").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("chưa chọn tệp nào"), "{page}");
}

#[tokio::test]
async fn a_view_in_a_passport_leads_nowhere_else() {
    let server = Server::city().await;
    let (_, _, svg) = server.get("/bieu-do/ho-so-theo-thang.svg?period=2023").await;
    let svg = String::from_utf8(svg).expect("UTF-8").replace("/ho-so?period", "https://example.org/?period");
    let (status, page) = hand_back(&server, "x.svg", svg.as_bytes(), "").await;
    assert_eq!(status, StatusCode::OK, "only the numbers have a check");
    assert!(!page.contains("example.org"), "the way back is written anew: {page}");
}
