//! The page on case files in depth: its words, the filters in force, and how the month can still end.

use axum::http::StatusCode;

use crate::helpers::Server;

#[tokio::test]
async fn the_page_says_how_the_month_can_still_end_in_both_languages() {
    let server = Server::city().await;
    let (status, text) = server.page("/ho-so?period=2023&as_of=2023-12-07").await;
    assert_eq!(status, StatusCode::OK);
    let ends = "Nếu 1 hồ sơ đến hạn từ nay đến 31/12/2023 đều xong đúng hạn, tháng kết thúc ở mức 100,00 %.";
    assert!(text.contains(ends), "{text}");
    let (_, text) = server.page("/ho-so?period=2023&as_of=2023-12-07&list=due_in_1").await;
    assert!(text.contains("Còn 1 ngày làm việc: 1 hồ sơ"), "{text}");
    let (_, text) = server.page("/ho-so?period=2023&as_of=2023-12-07&lang=en").await;
    assert!(text.contains("Can still be saved") && text.contains("few files"), "{text}");
    let (_, text) = server.page("/ho-so?as_of=2024-01-10&list=overdue_30").await;
    assert!(text.contains("Quá hạn 11–30 ngày làm việc: 1 hồ sơ"), "{text}");
}

#[tokio::test]
async fn filters_in_force_are_named_with_a_way_to_drop_each() {
    let server = Server::city().await;
    let (_, text) = server.page("/ho-so?period=2023&field=XD&channel=online").await;
    assert!(text.contains("Lĩnh vực: Xây dựng"), "{text}");
    let (_, _, body) = server.get("/ho-so?period=2023&field=XD&channel=online").await;
    let html = String::from_utf8(body).expect("UTF-8").replace("&amp;", "&");
    assert!(html.contains("href=\"/ho-so?period=2023&channel=online\""), "drops the field");
    assert!(html.contains("href=\"/ho-so?period=2023&field=XD\""), "drops the channel");
    let (status, text) = server.page("/ho-so?procedure=NOWHERE").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text.contains("NOWHERE"), "{text}");
    let (_, text) = server.page("/?as_of=2023-12-07").await;
    assert!(text.contains("Còn cứu được"), "{text}");
}
