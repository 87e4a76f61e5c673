//! Pages as they come from the server, before any script.

use axum::http::StatusCode;

use crate::helpers::Server;

#[tokio::test]
async fn the_overview_says_its_finding_first_and_shows_five_targets() {
    let server = Server::city().await;
    let (status, text) = server.page("/").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("Đến 10/12/2023") || text.contains("Đến 08/12/2023") || text.contains("Đến 01/12/2023"),
        "{text}"
    );
    for target in [
        "Hồ sơ trả đúng hạn và trước hạn",
        "Phản ánh, kiến nghị xử lý kịp thời",
        "Đối thoại của người đứng đầu",
        "Xếp hạng PAR INDEX",
        "Chỉ số hài lòng SIPAS",
    ] {
        assert!(text.contains(target), "{target}: {text}");
    }
    assert!(text.contains("80,00 %"), "four of five in time: {text}");
    assert!(text.contains("1 trễ trong 5"), "{text}");
}

#[tokio::test]
async fn what_cannot_be_known_yet_is_said_so() {
    let server = Server::city().await;
    let (_, text) = server.page("/?as_of=2023-12-31").await;
    assert!(text.contains("Chưa công bố kết quả 2023: khoảng tháng 4/2024"), "{text}");
    assert!(text.contains("kết quả 2022, công bố 19/04/2023"), "{text}");
}

#[tokio::test]
async fn an_empty_installation_says_what_to_do_and_still_shows_the_published_indexes() {
    let server = Server::empty().await;
    let (status, text) = server.page("/").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Chưa có số liệu nào được nhập"), "{text}");
    assert!(text.contains("thuocdo import case-files"), "{text}");
    assert!(text.contains("kết quả 2022, công bố 19/04/2023"), "{text}");
    assert!(!text.contains("Số liệu mô phỏng"), "{text}");
}

#[tokio::test]
async fn case_files_list_agencies_with_most_late_files_first() {
    let server = Server::city().await;
    let (status, text) = server.page("/ho-so?period=2023").await;
    assert_eq!(status, StatusCode::OK);
    let (department, district) = (text.rfind("Sở Xây dựng"), text.rfind("Huyện Ba Vì"));
    assert!(department.is_some() && district.is_some(), "{text}");
    assert!(text.contains("2 đơn vị, nhiều hồ sơ trễ nhất ở trên"), "{text}");
    assert!(
        text.contains("Toàn thành phố: 80,00 % đúng hạn và trước hạn, thấp hơn chỉ tiêu 100 % là 20,00 điểm"),
        "{text}"
    );
}

#[tokio::test]
async fn an_agency_opens_with_what_is_below_it_and_the_way_back() {
    let server = Server::city().await;
    let (status, text) = server.page("/ho-so?period=2023&agency=271").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Toàn thành phố Huyện Ba Vì"), "crumbs: {text}");
    assert!(text.contains("Xã số 1, Huyện Ba Vì") && text.contains("Xã số 2, Huyện Ba Vì"), "{text}");
    let (status, text) = server.page("/ho-so?period=2023&level=commune").await;
    assert_eq!(status, StatusCode::OK);
    assert!(!text.contains("Sở Xây dựng 2"), "{text}");
    assert!(text.contains("2 đơn vị, nhiều"), "{text}");
}

#[tokio::test]
async fn each_figure_opens_its_files_and_proves_that_they_are_as_many() {
    let server = Server::city().await;
    let (_, text) = server.page("/ho-so?period=2023&list=late").await;
    assert!(text.contains("Trễ hạn: 1 hồ sơ"), "{text}");
    assert!(text.contains("khớp với con số trong bảng"), "{text}");
    assert!(text.contains("09/10/2023 10/10/2023"), "{text}");
    let (_, text) = server.page("/ho-so?as_of=2024-01-10&list=open_overdue").await;
    assert!(text.contains("quá hạn: 1 hồ sơ"), "{text}");
}

#[tokio::test]
async fn no_page_shows_a_person() {
    let server = Server::city().await;
    for address in ["/", "/ho-so?period=2023&list=received", "/api/v1/readings"] {
        let (_, _, body) = server.get(address).await;
        let text = String::from_utf8(body).expect("UTF-8");
        assert!(!text.contains("Nguyễn Văn A"), "{address}");
    }
}

#[tokio::test]
async fn an_address_that_is_wrong_is_answered_with_what_to_write() {
    let server = Server::city().await;
    for (address, says) in [
        ("/?period=Q1", "2023-Q1"),
        ("/ho-so?as_of=2126-01-01", "chưa tới"),
        ("/ho-so?as_of=2999-01-01", "1900–2200"),
        ("/ho-so?agency=NOWHERE", "NOWHERE"),
        ("/?level=ward", "district"),
    ] {
        let (status, text) = server.page(address).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{address}");
        assert!(text.contains(says), "{address}: {text}");
        assert!(text.contains("Về tổng quan"), "a way on: {text}");
    }
    let (status, text) = server.page("/khong-co").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(text.contains("Không có trang này"), "{text}");
}

#[tokio::test]
async fn a_slash_too_many_leads_to_the_page_and_a_page_too_far_to_the_last_one() {
    let server = Server::city().await;
    assert_eq!(server.get("/ho-so/?period=2023").await.0, StatusCode::PERMANENT_REDIRECT);
    let (status, text) = server.page("/ho-so?period=2023&list=received&page=999").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("6 hồ sơ") && text.contains("02/11/2023"), "{text}");
}

#[tokio::test]
async fn a_page_may_run_its_own_scripts_only() {
    let server = Server::city().await;
    let request = axum::http::Request::get("/").body(axum::body::Body::empty()).expect("a request");
    let response = tower::ServiceExt::oneshot(server.router.clone(), crate::helpers::here(request))
        .await
        .expect("an answer");
    let policy = response.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.contains("script-src 'nonce-") && policy.contains("default-src 'none'"), "{policy}");
}

#[tokio::test]
async fn a_failing_database_is_told_without_its_words() {
    let server = Server::city().await;
    server.store.close().await;
    let (status, text) = server.page("/").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(text.contains("Máy chủ chưa trả lời được"), "{text}");
    assert!(!text.to_lowercase().contains("sqlite") && !text.contains("pool"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_readers_at_once_are_all_answered() {
    let server = std::sync::Arc::new(Server::city().await);
    let ask = |number: usize| {
        let server = std::sync::Arc::clone(&server);
        let address = ["/", "/ho-so?period=2023", "/ho-so?period=2023&list=late", "/?period=Q1"][number % 4];
        tokio::spawn(async move { server.get(address).await })
    };
    let asked: Vec<_> = (0..200).map(ask).collect();
    for (number, answer) in asked.into_iter().enumerate() {
        let (status, _, body) = answer.await.expect("no thread dies of it");
        let expected = if number % 4 == 3 { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        assert_eq!(status, expected);
        assert!(String::from_utf8_lossy(&body).contains("</html>"), "the whole page");
    }
}
