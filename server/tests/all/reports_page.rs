//! The page on reports: the official form, and a figure that was downloaded, handed back.

use std::io::Cursor;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use calamine::{Data, Reader as _, Xlsx};
use intake::Kind;

use crate::helpers::Server;

const PART: &str = "part";

/// Hands a file back.
pub async fn hand_back(server: &Server, name: &str, file: &[u8], query: &str) -> (StatusCode, String) {
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
    for form in ["png", "svg", "pdf", "xlsx"] {
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
        ("x.txt", "words".as_bytes(), "PNG, SVG"),
        ("x.pdf", b"%PDF-1.7", "passport"),
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

/// The cells of a workbook's first sheet, row by row, as text.
fn cells(file: Vec<u8>) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("that can be read");
    sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[tokio::test]
async fn form_ii_06a_is_cut_at_the_15th_adds_up_and_says_what_the_readings_say() {
    let server = Server::city().await;
    let said = server.readings("?period=2023-Q4&cycle=reporting").await;
    let returns = &said["on_time_returns"];
    let of = |name: &str| returns[name].as_i64().expect("a number");
    for by in ["field", "unit"] {
        let (status, _, file) = server.get(&format!("/bao-cao/ii-06a.xlsx?period=2023-Q4&by={by}")).await;
        assert_eq!(status, StatusCode::OK, "{by}");
        let rows = cells(file);
        let text = rows.concat().join("|");
        assert!(text.contains("Biểu số II.06a/VPCP/KSTT"), "{text}");
        assert!(text.contains("(Từ ngày 15/09/2023 đến ngày 14/12/2023)"), "{text}");
        let total = rows.iter().find(|row| row[1] == "TỔNG SỐ").expect("a total");
        let numbers: Vec<i64> = total[2..].iter().map(|cell| cell.parse().expect("a number")).collect();
        let [received, online, direct, before, resolved, early, on_time, late, in_process, within, overdue] =
            numbers[..].try_into().expect("eleven columns");
        assert_eq!(online + direct, of("received"), "{by}");
        assert_eq!(before, of("carried_over"), "{by}");
        assert_eq!(received, online + direct + before, "{by}");
        assert_eq!(early, of("early"), "{by}");
        assert_eq!(on_time, of("on_time") + of("withdrawn") + of("undetermined"), "{by}");
        assert_eq!(late, of("late"), "{by}");
        assert_eq!(within, of("open_within_due") + of("paused") + of("open_undetermined"), "{by}");
        assert_eq!(overdue, of("open_overdue"), "{by}");
        assert_eq!(received, resolved + in_process, "{by}");
        assert!(
            text.contains(&format!("(3) = (7) + (11): {received} = {resolved} + {in_process}")),
            "{text}"
        );
        assert!(received > 0 && late > 0, "the city has something to count");
    }
}

#[tokio::test]
async fn form_ii_06a_of_a_period_without_files_says_so() {
    let server = Server::city().await;
    let (status, _, file) = server.get("/bao-cao/ii-06a.xlsx?period=2019&lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(cells(file).concat().join("|").contains("There are no case files in this period."));
    let (status, _, body) = server.get("/bao-cao/ii-06a.xlsx?by=colour").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(String::from_utf8(body).expect("UTF-8").contains("unit"));
}

/// Two procedures of departments, one through no one-stop unit; one that nobody is in charge of and nobody placed.
const PROCEDURES: &str = "\
Mã TTHC;Cấp thực hiện;Mã đơn vị chủ trì;Một cửa;Quy trình nội bộ
TT-1;Cấp tỉnh;SO-01;có;có
TT-2;Cấp xã;SO-01;không;
TT-3;;;có;không
";

#[tokio::test]
async fn form_ii_07b_counts_the_procedures_that_each_agency_is_in_charge_of_as_the_list_says() {
    let server = Server::city().await;
    server.take_in(Kind::Procedures, PROCEDURES, None).await;
    let (status, _, file) = server.get("/bao-cao/ii-07b.xlsx").await;
    assert_eq!(status, StatusCode::OK);
    let rows = cells(file);
    let line = |name: &str| {
        let row = rows.iter().find(|row| row[1] == name).unwrap_or_else(|| panic!("{name} in {rows:?}"));
        row[2..].join(" ")
    };
    assert_eq!(
        line("Sở Xây dựng"),
        "2 1 0 1 1 1 0 0 1 1 0 …",
        "of TT-2 nobody says whether it has a process"
    );
    assert_eq!(line("Chưa gắn đơn vị"), ["…"; 12].join(" "), "without a level in no column");
    assert_eq!(line("TỔNG SỐ"), "2 1 0 1 1 1 0 0 1 1 0 …");
    let text = rows.concat().join("|");
    for words in [
        "Biểu số II.07b/VPCP/KSTT",
        "(Theo danh mục tại ngày 15/01/2024)",
        "Tại BPMC cấp huyện",
        "(11)=(12)+(13)+(14)",
        "Kiểm tra: (3) = (4) + (5) + (6): 2 = 1 + 0 + 1",
        "Danh mục có 3 thủ tục",
        "1 thủ tục chưa có cấp thực hiện",
        "1 thủ tục chưa rõ đã có quy trình nội bộ",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // What the page of an agency hands out is that agency's.
    let (_, _, file) = server.get("/bao-cao/ii-07b.xlsx?agency=271").await;
    let text = cells(file).concat().join("|");
    assert!(!text.contains("Sở Xây dựng") && text.contains("chưa có thủ tục hành chính nào"), "{text}");
    let (_, page) = server.page("/bao-cao?period=2023").await;
    assert!(page.contains("Biểu II.07b/VPCP/KSTT"), "{page}");
}

#[tokio::test]
async fn form_ii_07b_of_a_list_without_its_columns_says_so_and_prints_no_zero() {
    let server = Server::city().await;
    server.take_in(Kind::Procedures, "procedure_code,name\nTT-1,Một\nTT-2,Hai\n", None).await;
    let (_, _, file) = server.get("/bao-cao/ii-07b.xlsx").await;
    let rows = cells(file);
    let total = rows.iter().find(|row| row[1] == "TỔNG SỐ").expect("a total");
    assert_eq!(total[2..].concat(), "…".repeat(12));
    let text = rows.concat().join("|");
    assert!(text.contains("«Cấp thực hiện» (level)") && text.contains("không phải số 0"), "{text}");
    // Nobody keeps the list of another day.
    let (status, _, body) = server.get("/bao-cao/ii-07b.xlsx?as_of=2023-12-31").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(String::from_utf8(body).expect("UTF-8").contains("as_of"));
    // As a list with the columns comes in, the form has its numbers, and undoing takes them away again.
    let outcome = server.take_in(Kind::Procedures, PROCEDURES, None).await;
    let total = async || {
        let (_, _, file) = server.get("/bao-cao/ii-07b.xlsx").await;
        cells(file).into_iter().find(|row| row[1] == "TỔNG SỐ").expect("a total")[2..].join(" ")
    };
    assert_eq!(total().await, "2 1 0 1 1 1 0 0 1 1 0 …");
    let today = crate::helpers::TODAY.parse().expect("a date");
    server.store.undo(outcome.receipt.batch_id, today).await.expect("undoes");
    assert_eq!(total().await, ["…"; 12].join(" "));
}

#[tokio::test]
async fn a_list_comes_as_a_workbook_with_as_many_rows_as_its_figure_codes_as_text_and_days_as_days() {
    let server = Server::city().await;
    let said = server.readings("?period=2023&as_of=2023-12-31").await;
    for (list, figure) in [("late", "late"), ("received", "received"), ("open_overdue", "open_overdue")] {
        let (status, _, file) =
            server.get(&format!("/ho-so/danh-sach.xlsx?period=2023&as_of=2023-12-31&list={list}")).await;
        assert_eq!(status, StatusCode::OK, "{list}");
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).expect("a workbook");
        let sheet = book.worksheet_range("Danh sách").expect("a sheet");
        let rows: Vec<_> = sheet.rows().skip(5).filter(|row| matches!(row[0], Data::Float(_))).collect();
        let figure = said["on_time_returns"][figure].as_i64().expect("a number");
        assert_eq!(i64::try_from(rows.len()), Ok(figure), "{list}");
        for row in rows {
            assert!(matches!(row[1], Data::String(_)), "{row:?}");
            assert!(matches!(row[2], Data::DateTime(_)), "{row:?}");
        }
    }
    let (_, _, file) = server.get("/ho-so/danh-sach.xlsx?period=2019&list=late").await;
    assert!(cells(file).concat().join("|").contains("Không có hồ sơ nào."));
    let (status, _, body) = server.get("/ho-so/danh-sach.xlsx?period=2023").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(String::from_utf8(body).expect("UTF-8").contains("list=late"));
}
