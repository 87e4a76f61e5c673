//! The page on dialogues as it comes from the server: figures, the rows behind them, both languages.

use axum::http::StatusCode;
use intake::Kind;

use crate::helpers::Server;

const YEAR_END: &str = "/doi-thoai?as_of=2023-12-31";

/// Rows of offices in the matrix.
async fn matrix_rows(server: &Server, address: &str) -> usize {
    let (status, _, body) = server.get(address).await;
    assert_eq!(status, StatusCode::OK, "{address}");
    let html = String::from_utf8(body).expect("UTF-8");
    let (_, matrix) = html.split_once("<table class=\"matrix\">").expect("a matrix");
    let (_, body) = matrix.split_once("<tbody>").expect("its rows");
    let (rows, _) = body.split_once("</tbody>").expect("their end");
    rows.matches("<tr").count()
}

#[tokio::test]
async fn the_page_says_its_finding_in_both_languages() {
    let server = Server::city().await;
    let (status, text) = server.page(YEAR_END).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("4 trong 5 người đứng đầu không có đối thoại hợp lệ trong 6 tháng cuối năm 2023"),
        "{text}"
    );
    assert!(text.contains("Có tổ chức, chưa hợp lệ: 1") && text.contains("Không đối thoại: 3"), "{text}");
    assert!(text.contains("● Đã đối thoại, hợp lệ 15/09/2023"), "{text}");
    assert!(text.contains("Lĩnh vực trọng tâm: 1 trong 5 đơn vị"), "{text}");
    let (status, text) = server.page(&format!("{YEAR_END}&lang=en")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("4 of 5 heads held no dialogue that counts in the second half of 2023"), "{text}");
    assert!(text.contains("● Held, counts 15 Sep 2023"), "{text}");
    assert!(text.contains("Priority fields: 1 of 5 offices"), "{text}");
}

#[tokio::test]
async fn each_figure_opens_as_many_offices_as_it_says() {
    let server = Server::city().await;
    assert_eq!(matrix_rows(&server, YEAR_END).await, 5);
    let figures = [
        ("missing", 4, "Chưa có đối thoại hợp lệ: 4 đơn vị , khớp với con số của chỉ tiêu"),
        ("held", 1, "Đã đối thoại, hợp lệ: 1 đơn vị , khớp với con số của chỉ tiêu"),
        ("held_without_minutes", 1, "Có tổ chức, chưa hợp lệ: 1 đơn vị , khớp"),
        ("missed", 3, "Không đối thoại: 3 đơn vị"),
        ("never", 4, "Chưa từng có đối thoại hợp lệ: 4 đơn vị"),
    ];
    for (only, rows, says) in figures {
        let address = format!("{YEAR_END}&only={only}");
        assert_eq!(matrix_rows(&server, &address).await, rows, "{only}");
        let (_, text) = server.page(&address).await;
        assert!(text.contains(says), "{only}: {text}");
    }
    assert_eq!(matrix_rows(&server, &format!("{YEAR_END}&level=commune")).await, 2);
    assert_eq!(matrix_rows(&server, &format!("{YEAR_END}&agency=271")).await, 3);
}

#[tokio::test]
async fn an_issue_past_its_deadline_is_listed_with_its_owner_and_age() {
    let server = Server::city().await;
    let issues = "issue_code,dialogue_code,summary,owner_agency_code,due_on,resolved_on\n\
                  i1,d1,Chồng lấn quy hoạch,271,2023-12-01,\n\
                  i2,d1,Thiếu biểu mẫu,SO-01,2023-10-01,2023-09-30\n";
    server.take_in(Kind::DialogueIssues, issues, None).await;
    let (_, text) = server.page(YEAR_END).await;
    assert!(text.contains("Vướng mắc: 1 trong 2 xử lý đúng hạn"), "{text}");
    assert!(text.contains("Đang xử lý, quá hạn: 1, hạn sớm nhất ở trên"), "{text}");
    assert!(text.contains("i1 Huyện Ba Vì Chồng lấn quy hoạch 15/09/2023 01/12/2023 – 30 ngày"), "{text}");
}

#[tokio::test]
async fn every_number_of_issues_dialogues_and_fields_opens_as_many_rows() {
    let server = Server::city().await;
    let issues = "issue_code,dialogue_code,summary,owner_agency_code,due_on,resolved_on\n\
                  i1,d1,a,271,2023-12-01,\n\
                  i2,d1,b,SO-01,2023-10-01,2023-09-30\n";
    server.take_in(Kind::DialogueIssues, issues, None).await;
    for (list, rows) in [
        ("issues=raised", 2),
        ("issues=due_open", 1),
        ("only=overdue_issues", 1),
        ("issues=open_within", 0),
        ("dialogues=held-9", 1),
        ("dialogues=held_without_minutes", 1),
        ("dialogues=planned", 0),
    ] {
        let (status, text) = server.page(&format!("{YEAR_END}&{list}")).await;
        assert_eq!(status, StatusCode::OK, "{list}");
        assert!(
            text.contains(&format!("Danh sách có {rows} dòng, khớp với con số trong bảng.")),
            "{list}: {text}"
        );
    }
    assert_eq!(matrix_rows(&server, &format!("{YEAR_END}&only=in_field&field=XD")).await, 1);
    assert_eq!(matrix_rows(&server, &format!("{YEAR_END}&only=priority")).await, 1);
    for (wrong, says) in [("dialogues=held-13", "held-9"), ("issues=soon", "due_open")] {
        let (status, text) = server.page(&format!("{YEAR_END}&{wrong}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(text.contains(says), "{wrong}: {text}");
    }
}

#[tokio::test]
async fn offices_still_to_hold_one_are_reminded_by_a_letter_ready_to_send() {
    let server = Server::city().await;
    let (_, text) = server.page(&format!("{YEAR_END}&only=missing")).await;
    assert!(text.contains("Kính gửi: UBND thành phố; Huyện Ba Vì;"), "{text}");
    let (_, text) = server.page(YEAR_END).await;
    assert!(!text.contains("Kính gửi:"), "nobody is asked for");
}

#[tokio::test]
async fn a_word_that_names_no_rows_is_answered_with_the_words_there_are() {
    let server = Server::city().await;
    let (status, text) = server.page("/doi-thoai?only=lazy").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text.contains("only") && text.contains("missing, soon, overdue"), "{text}");
}

#[tokio::test]
async fn the_overview_leads_to_the_page() {
    let server = Server::city().await;
    let (_, _, body) = server.get("/?as_of=2023-12-31").await;
    let html = String::from_utf8(body).expect("UTF-8");
    assert!(html.contains("href=\"/doi-thoai?as_of=2023-12-31\""), "a link with the state of the page");
}

#[tokio::test]
async fn a_whole_city_stays_a_light_page() {
    let server = Server::empty().await;
    let mut agencies = "agency_code,name,level,parent_code\nHN,UBND thành phố,city,\n".to_owned();
    for n in 1..=22 {
        agencies.push_str(&format!("SO-{n:02},Sở Tài nguyên và Môi trường số {n},department,HN\n"));
    }
    for district in 1..=30 {
        agencies.push_str(&format!("{district:03},Huyện số {district},district,HN\n"));
        for n in 1..=19 {
            agencies.push_str(&format!(
                "{district:03}-{n:02},\"Xã số {n}, Huyện số {district}\",commune,{district:03}\n"
            ));
        }
    }
    server.take_in(Kind::Agencies, &agencies, None).await;
    for address in
        [YEAR_END, "/doi-thoai?as_of=2023-12-31&only=missing", "/doi-thoai?as_of=2023-12-31&level=commune"]
    {
        let (status, _, body) = server.get(address).await;
        assert_eq!(status, StatusCode::OK);
        assert!(body.len() < 150_000, "{address}: {} bytes", body.len());
    }
    assert_eq!(matrix_rows(&server, YEAR_END).await, 53, "communes stand in sums of their district");
    let (_, text) = server.page("/doi-thoai?as_of=2023-12-31&only=missing").await;
    assert!(text.contains("623 đơn vị , khớp") && text.contains("Trang 1 / 11"), "{text}");
}
