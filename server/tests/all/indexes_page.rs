//! The page on the yearly indexes, as it comes from the server.

use axum::http::StatusCode;
use intake::Kind;

use crate::helpers::Server;

#[tokio::test]
async fn published_indexes_come_in_both_languages_with_what_is_not_held() {
    let server = Server::city().await;
    let (status, text) = server.page("/chi-so?period=2023").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("PAR INDEX 2022: hạng 3/63, đạt mức nhóm 8 tỉnh, thành phố đứng đầu"), "{text}");
    assert!(text.contains("Kết quả 2023 sẽ được công bố vào khoảng tháng 4/2024."), "{text}");
    assert!(text.contains("Đã công bố nhưng chưa có số liệu: 2019–2021."), "{text}");
    assert!(text.contains("2 trong 63 tỉnh có số liệu."), "Hanoi and Quảng Ninh: {text}");
    assert!(text.contains("đổi từ: trước 2022"), "a new method is said so: {text}");
    assert!(!text.contains("91,43"), "not published before April 2024: {text}");
    let (status, text) = server.page("/chi-so?period=2023&lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("PAR INDEX 2022: rank 3/63, in line with the target, among the first 8 provinces"),
        "{text}"
    );
    assert!(text.contains("Published, but not held here: 2019–2021."), "{text}");
    assert!(text.contains("89.58") && text.contains("19 Apr 2023"), "{text}");
    let (_, overview) = (server.page("/").await, server.get("/").await);
    let html = String::from_utf8(overview.2).expect("UTF-8");
    assert!(html.contains("href=\"/chi-so"), "the way from the overview");
}

#[tokio::test]
async fn without_surveys_and_criteria_the_page_says_how_to_bring_them_in() {
    let server = Server::empty().await;
    let (status, text) = server.page("/chi-so?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("thuocdo import surveys FILE"), "{text}");
    assert!(text.contains("thuocdo import criteria FILE"), "{text}");
}

#[tokio::test]
async fn own_surveys_are_summed_with_their_interval_and_never_called_sipas() {
    let server = Server::city().await;
    let surveys = "agency_code,surveyed_on,asked,answered,satisfied\n\
                   SO-01,2023-10-09,100,95,90\n271,2023-10-10,150,145,131\n271-01,2023-10-10,30,20,20\n";
    server.take_in(Kind::Surveys, surveys, None).await;
    let (_, text) = server.page("/chi-so?period=2023").await;
    assert!(text.contains("Khảo sát nội bộ, không phải SIPAS"), "{text}");
    assert!(text.contains("Tất cả 260 241 92,69 % 88,86–95,28 % ▲ Có thể đạt"), "241 of 260: {text}");
    assert!(text.contains("Xã số 1, Huyện Ba Vì 20 20 100,00 %"), "{text}");
    assert!(text.contains("Chưa đủ phiếu"), "{text}");
    let (_, below) = server.page("/chi-so?period=2023&agency=271").await;
    assert!(below.contains("Tất cả 165 151"), "the district and its communes: {below}");
    let (_, before) = server.page("/chi-so?period=2023&as_of=2023-10-08").await;
    assert!(before.contains("thuocdo import surveys FILE"), "nobody had been asked: {before}");
}

#[tokio::test]
async fn own_scores_say_what_is_at_risk_and_that_the_points_do_not_add_up() {
    let server = Server::city().await;
    let criteria = "code,name,max_points,planned,achieved,owner_agency_code,due_on,evidence\n\
                    1.1,Ban hành kế hoạch,1.5,1.5,1.5,SO-01,2023-03-31,QĐ 280\n\
                    1.2,Kiểm tra,2,2,1,SO-01,2023-11-30,\n1.3,Tuyên truyền,1,1,,271,2024-03-31,\n";
    server.take_in(Kind::Criteria, criteria, None).await;
    let (_, text) = server.page("/chi-so?period=2023&as_of=2023-12-10&lang=en").await;
    assert!(text.contains("The points entered add up to 4.5, the frame has 68."), "{text}");
    assert!(text.contains("10 days overdue, short of the plan"), "{text}");
    assert!(text.contains("points and evidence there") && text.contains("112 days left"), "{text}");
    assert!(text.contains("Criteria at risk 1"), "{text}");
}
