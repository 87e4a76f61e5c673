//! Both languages: every page says everything in each, and the browser's choice is remembered.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use tower::ServiceExt as _;

use crate::helpers::{AGENCIES, FIELDS, Server, here};

/// Every page there is, with what opens on it.
const PAGES: [&str; 20] = [
    "/",
    "/ho-so",
    "/ho-so?list=late",
    "/ho-so?agency=271",
    "/ho-so?field=XD&level=department&channel=online",
    "/phan-anh",
    "/phan-anh?petitions=late",
    "/phan-anh?kind=conduct",
    "/doi-thoai",
    "/doi-thoai?only=missing",
    "/doi-thoai?only=in_field&field=XD",
    "/doi-thoai?dialogues=held",
    "/doi-thoai?issues=raised",
    "/chi-so",
    "/tim-kiem",
    "/tim-kiem?q=ba%20vi",
    "/ho-so?list=letter_missing",
    "/ho-so?period=2023&as_of=2023-11-08&list=strict_late",
    "/phan-anh?agency=271&level=district",
    WRONG,
];
const WRONG: &str = "/ho-so?period=Q9";

/// Names and words of the published facts, and what is said in Vietnamese on purpose.
const PUBLISHED: [&str; 8] = [
    "Thước Đo",
    "Tiếng Việt",
    "Quyết định 280/QĐ-UBND ngày",
    "QĐ 876/QĐ-BNV",
    "trước 2022",
    "từ 2022",
    "Quảng Ninh",
    "Hà Nội",
];

/// Letters that no English text has.
fn is_vietnamese(letter: char) -> bool {
    matches!(letter, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}')
}

/// The names in the data, which no page translates, and what is said in Vietnamese on purpose.
fn without_names(text: &str) -> String {
    let names = AGENCIES.lines().chain(FIELDS.lines()).flat_map(|line| line.split([',', '"']));
    let mut names: Vec<&str> = names.map(str::trim).filter(|name| name.len() > 3).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let names = names.into_iter().chain(PUBLISHED);
    names.fold(text.to_owned(), |text, name| text.replace(name, ""))
}

#[tokio::test]
async fn an_english_page_says_nothing_in_vietnamese() {
    let server = Server::city().await;
    for page in PAGES {
        let joint = if page.contains('?') { '&' } else { '?' };
        let (_, text) = server.page(&format!("{page}{joint}lang=en")).await;
        let text = without_names(&text);
        // What is wrong with an address is said in both languages.
        let text = if page == WRONG { text.split(" / ").last().unwrap_or_default() } else { &text };
        let left: Vec<&str> = text.split(' ').filter(|word| word.chars().any(is_vietnamese)).collect();
        assert_eq!(left, [] as [&str; 0], "{page}: {text}");
    }
}

#[tokio::test]
async fn the_document_says_its_language() {
    let server = Server::city().await;
    for (address, tag) in [("/", "<html lang=\"vi\""), ("/?lang=en", "<html lang=\"en\"")] {
        let (_, _, body) = server.get(address).await;
        assert!(String::from_utf8_lossy(&body).contains(tag), "{address}");
    }
}

#[tokio::test]
async fn the_last_language_is_remembered_until_another_is_asked_for() {
    let server = Server::city().await;
    let ask = async |address: &str, cookie: &str| {
        let request =
            Request::get(address).header(header::ACCEPT, "text/html").header(header::COOKIE, cookie);
        let request = request.body(Body::empty()).expect("a request");
        server.router.clone().oneshot(here(request)).await.expect("an answer")
    };
    let english = ask("/ho-so?period=2023&lang=en", "").await;
    let cookie = english.headers()[header::SET_COOKIE].to_str().expect("text").to_owned();
    assert!(cookie.starts_with("lang=en;"), "{cookie}");
    let led = ask("/ho-so?period=2023", "lang=en").await;
    assert_eq!(led.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(led.headers()[header::LOCATION], "/ho-so?period=2023&lang=en");
    let back = ask("/ho-so?lang=vi", "lang=en").await;
    assert_eq!(back.status(), StatusCode::OK);
    assert!(back.headers()[header::SET_COOKIE].to_str().expect("text").starts_with("lang=vi;"));
    let unknown = ask("/ho-so", "lang=%%; x=").await;
    assert_eq!(unknown.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_language_nobody_speaks_here_is_named_with_what_to_write() {
    let server = Server::city().await;
    let (status, text) = server.page("/?lang=fr").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text.contains("ngôn ngữ là vi hoặc en / the language is vi or en"), "{text}");
}
