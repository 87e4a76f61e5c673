//! The rest of the year on the page of case files, and what would be if.

use axum::http::StatusCode;

use crate::helpers::Server;

/// Four files in time, one late, one open and overdue.
const PAGE: &str = "/ho-so?period=2023&as_of=2023-12-15";

#[tokio::test]
async fn the_page_says_what_the_year_ends_at_in_both_languages() {
    let server = Server::city().await;
    let (status, vi) = server.page(PAGE).await;
    assert_eq!(status, StatusCode::OK);
    for says in [
        "Dự báo đến hết năm 2023: 66,66 %",
        "vượt 2 hồ sơ",
        "chỉ tiêu 100 % cho phép 0 hồ sơ trễ; đã trễ 1, đang quá hạn 1",
        "Mức 100 % của năm 2023 không thể đạt nữa từ ngày 10/10/2023.",
        "Chưa đủ 8 tháng trọn vẹn",
    ] {
        assert!(vi.contains(says), "{says}: {vi}");
    }
    let (status, en) = server.page(&format!("{PAGE}&lang=en")).await;
    assert_eq!(status, StatusCode::OK);
    for says in [
        "2023 is heading for 66.66%",
        "overspent by 2 case files",
        "100% for 2023 has been out of reach since 10 Oct 2023.",
        "Fewer than 8 whole months",
        "Best still reachable",
    ] {
        assert!(en.contains(says), "{says}: {en}");
    }
}

#[tokio::test]
async fn an_assumption_in_the_address_changes_what_the_year_ends_at() {
    let server = Server::city().await;
    for (assumed, says) in [
        ("&rest=94&rest_rate=100", "Khi đó cả năm là 97,97 %: 2 trễ trong 99"),
        ("&rest=94&rest_rate=50", "Khi đó cả năm là 51,51 %: 48 trễ trong 99"),
        ("&rest=94&rest_rate=50&improved=1", "Khi đó cả năm là 97,97 %: 2 trễ trong 99"),
    ] {
        let (status, text) = server.page(&format!("{PAGE}{assumed}")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(text.contains(says), "{assumed}: {text}");
        assert!(text.contains("Dự báo đến hết năm 2023: 66,66 %"), "the forecast assumes nothing: {text}");
    }
}

#[tokio::test]
async fn the_form_works_without_scripts_and_keeps_the_rest_of_the_address() {
    let server = Server::city().await;
    let (_, _, body) = server.get(&format!("{PAGE}&agency=271&rest=94")).await;
    let html = String::from_utf8(body).expect("UTF-8");
    let form = html.split("class=\"what-if\"").nth(1).and_then(|rest| rest.split("</form>").next());
    let form = form.expect("a form");
    for part in ["name=\"agency\" value=\"271\"", "name=\"rest\"", "name=\"rest_rate\"", "type=\"submit\""] {
        assert!(form.contains(part), "{part}: {form}");
    }
    assert_eq!(form.matches("name=\"rest\"").count(), 1, "a slider sends nothing: {form}");
    assert!(!form.contains("type=\"hidden\" name=\"rest\""), "{form}");
}

#[tokio::test]
async fn an_assumption_that_is_no_number_is_answered_with_what_to_write() {
    let server = Server::city().await;
    for (assumed, says) in [
        ("&rest=-1", "write how many files are left"),
        ("&rest_rate=101", "viết tỷ lệ phần trăm từ 0 đến 100"),
        ("&improved=two", "viết số đơn vị"),
    ] {
        let (status, text) = server.page(&format!("{PAGE}{assumed}")).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{assumed}");
        assert!(text.contains(says), "{assumed}: {text}");
    }
}

#[tokio::test]
async fn a_year_that_is_over_has_no_form_and_an_empty_installation_no_section() {
    let server = Server::city().await;
    let (_, over) = server.page("/ho-so?period=2022&as_of=2022-12-31").await;
    assert!(over.contains("Năm 2022 đã kết thúc ở 100,00 %") && !over.contains("Nếu như"), "{over}");
    let (status, empty) = Server::empty().await.page("/ho-so").await;
    assert_eq!(status, StatusCode::OK);
    assert!(!empty.contains("Dự báo đến hết năm"), "{empty}");
}
