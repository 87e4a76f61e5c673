//! Every figure that is a link opens as many rows as it says: followed from every page, in both languages.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use intake::Kind;

use crate::{helpers::Server, petitions_page};

/// Cleared in time, cleared late, open in time, open late, open without a deadline.
const ISSUES: &str = "\
issue_code,dialogue_code,summary,owner_agency_code,due_on,resolved_on
i1,d1,a,SO-01,2023-10-15,2023-10-10
i2,d1,b,SO-01,2023-10-15,2023-10-20
i3,d1,c,271,2024-02-01,
i4,d1,d,271,2023-11-01,
i5,d1,e,HN,,
";

/// Open within due dates near and far, overdue, waiting, withdrawn, with and without letters.
const FILES: &str = "\
case_code,agency_code,field_code,channel,received_on,due_on,original_due_on,completed_on,status,status_on,paused_on,apology_on,reschedules
m1,271,HT,online,2023-12-01,2024-01-02,,,,,,,
m2,271-01,HT,online,2023-12-01,2023-12-29,,,,,,,
m3,271-01,XD,postal,2023-12-01,2023-12-20,,,,,,,
m4,SO-01,XD,online,2023-11-01,2023-11-30,2023-11-20,2023-11-28,,,,2023-11-17,1
m5,SO-01,XD,online,2023-11-01,2023-11-30,2023-11-20,2023-11-29,,,,,2
m6,SO-01,XD,in_person,2023-12-01,2024-01-05,,,5,2023-12-05,2023-12-05,,
m7,SO-01,,in_person,2023-12-01,,,2023-12-06,,,,,
m8,HN,,in_person,2023-12-01,2024-01-05,,,7,2023-12-08,,,
m9,HN,,in_person,2022-12-01,2023-02-05,,2023-01-10,,,,,
";

async fn city() -> Server {
    let server = Server::city().await;
    server.take_in(Kind::Petitions, petitions_page::MORE, None).await;
    server.take_in(Kind::DialogueIssues, ISSUES, None).await;
    server.take_in(Kind::CaseFiles, FILES, None).await;
    server
}

/// A link and its words.
type Link = (String, String);

fn links(html: &str) -> Vec<Link> {
    let mut links = Vec::new();
    for part in html.split("<a ").skip(1) {
        let Some((tag, rest)) = part.split_once('>') else { continue };
        let Some((words, _)) = rest.split_once("</a>") else { continue };
        let Some(href) = tag.split("href=\"").nth(1).and_then(|href| href.split('"').next()) else {
            continue;
        };
        let words =
            words.split('<').map(|piece| piece.rsplit('>').next().unwrap_or(piece)).collect::<String>();
        links.push((href.replace("&amp;", "&"), words));
    }
    links
}

/// The figure a link says: the first number after a colon, else the first of all.
fn figure(words: &str) -> Option<i64> {
    let after = words.split_once(": ").map_or(words, |(_, after)| after);
    let number: String = after
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || *c == '.' || *c == ',')
        .filter(char::is_ascii_digit)
        .collect();
    number.parse().ok()
}

fn opens_rows(href: &str) -> bool {
    let query = href.split_once('?').map_or("", |(_, query)| query);
    let names: BTreeSet<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    ["list", "petitions", "only", "dialogues", "issues"].iter().any(|list| names.contains(list))
        && !names.contains("page")
        && !href.starts_with("/bieu-do/")
}

/// How many rows a page lists, and whether it says that the figure agrees.
fn listed(html: &str, href: &str) -> (i64, bool) {
    let is_matrix = href.contains("only=");
    let class = if is_matrix { "<table class=\"matrix\">" } else { "<table class=\"files" };
    let section = if is_matrix || href.contains("issues=") {
        html
    } else {
        html.split("id=\"danh-sach\"").nth(1).expect("a list")
    };
    let rows = section.split(class).nth(1).and_then(|table| {
        table.split("<tbody>").nth(1)?.split("</tbody>").next().map(|body| body.matches("<tr").count())
    });
    let agrees = html.contains("khớp với con số") || html.contains("as many as the figure says");
    (rows.map_or(0, |rows| i64::try_from(rows).expect("few")), is_matrix || agrees)
}

#[tokio::test]
async fn every_figure_of_every_page_opens_as_many_rows_as_it_says() {
    let server = city().await;
    let pages = [
        "/?period=2023",
        "/?period=2023-Q4&as_of=2023-12-28&lang=en",
        "/ho-so?period=2023&as_of=2023-12-28",
        "/ho-so?period=2023-12&as_of=2023-12-28&lang=en",
        "/ho-so?period=2023&as_of=2023-12-28&agency=271",
        "/ho-so?period=2023-Q4&as_of=2023-12-28&level=commune",
        "/ho-so?period=2023-Q4&cycle=reporting&field=XD&channel=online",
        "/phan-anh?period=2023-Q4&as_of=2023-12-29",
        "/phan-anh?period=2023-Q4&as_of=2023-12-29&agency=271&lang=en",
        "/phan-anh?period=2023-Q4&as_of=2023-12-29&kind=procedure",
        "/doi-thoai?as_of=2023-12-31",
        "/doi-thoai?as_of=2023-12-15&agency=271&lang=en",
        "/doi-thoai?as_of=2023-12-31&level=commune",
    ];
    let mut followed = BTreeSet::new();
    for page in pages {
        let (status, _, body) = server.get(page).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        let html = String::from_utf8(body).expect("UTF-8");
        for (href, words) in links(&html).into_iter().filter(|(href, _)| opens_rows(href)) {
            let Some(says) = figure(&words) else { continue };
            if !followed.insert((href.clone(), says)) {
                continue;
            }
            let address = href.split('#').next().expect("an address");
            let (status, _, body) = server.get(address).await;
            assert_eq!(status, StatusCode::OK, "{href} of {page}");
            let html = String::from_utf8(body).expect("UTF-8");
            assert_eq!(listed(&html, &href), (says, true), "“{words}” opens {href} on {page}");
        }
    }
    assert!(followed.len() > 150, "{} figures alone were followed", followed.len());
}

#[tokio::test]
async fn a_figure_of_nothing_opens_nothing() {
    let server = city().await;
    let (_, _, body) = server.get("/ho-so?period=2023&as_of=2023-12-28").await;
    let html = String::from_utf8(body).expect("UTF-8");
    let zeros = links(&html).into_iter().filter(|(href, words)| opens_rows(href) && words == "0");
    assert_eq!(zeros.count(), 0);
}

#[tokio::test]
async fn any_address_typed_by_hand_is_answered_with_a_page_and_a_way_on() {
    let server = city().await;
    let junk = "x".repeat(2_000);
    let names = [
        "plan",
        "cycle",
        "period",
        "as_of",
        "agency",
        "level",
        "field",
        "channel",
        "procedure",
        "list",
        "only",
        "dialogues",
        "issues",
        "petitions",
        "kind",
        "page",
        "rest",
        "rest_rate",
        "improved",
        "q",
        "lang",
    ];
    for path in ["/", "/ho-so", "/phan-anh", "/doi-thoai", "/chi-so", "/tim-kiem"] {
        for name in names {
            for value in [
                junk.as_str(),
                "%F0%9F%92%A9",
                "%00",
                "%3Cscript%3Ealert(1)%3C/script%3E",
                "-1",
                "2099-Q9",
                "%C3%28",
            ] {
                let (status, _, body) = server.get(&format!("{path}?{name}={value}")).await;
                let html = String::from_utf8_lossy(&body);
                assert!(status != StatusCode::INTERNAL_SERVER_ERROR, "{path} {name}={value}");
                assert!(html.contains("<h1>") && html.contains("</html>"), "{path} {name}={value}: a page");
                assert!(!html.contains("<script>alert"), "{path} {name}");
                if status == StatusCode::BAD_REQUEST {
                    assert!(html.contains("role=\"alert\"") && html.contains(name), "{path} {name}={value}");
                }
            }
        }
    }
    for address in [
        "/ho-so?period=2099",
        "/ho-so?as_of=1990-01-01",
        "/?as_of=1900-01-01&period=1901",
        "/phan-anh?period=2199-12&as_of=1950-06-06",
        "/doi-thoai?as_of=1990-01-01&only=missing",
        "/chi-so?as_of=1990-01-01",
    ] {
        let (status, text) = server.page(address).await;
        assert_eq!(status, StatusCode::OK, "{address}: {text}");
    }
}
