//! The table: every route, for every role, inside and outside one's agency.

use std::{collections::BTreeSet, fmt::Write as _};

use axum::http::{Method, StatusCode, header};
use server::access::{DOORS, Door, Need};
use thuocdo::access::{Right, Role};

use crate::helpers::Server;

/// What was found, as it is committed: regenerate with `THUOCDO_WRITE=1 cargo test -p server access::rules`.
const TABLE: &str = include_str!("table.md");

/// Who asks.
struct Who {
    name: &'static str,
    role: Option<Role>,
    agency: Option<&'static str>,
}

const WHO: [Who; 8] = [
    Who { name: "nobody", role: None, agency: None },
    Who { name: "leader", role: Some(Role::Leader), agency: None },
    Who { name: "analyst", role: Some(Role::Analyst), agency: None },
    Who { name: "officer", role: Some(Role::DataOfficer), agency: None },
    Who { name: "admin", role: Some(Role::Admin), agency: None },
    Who { name: "analyst-271", role: Some(Role::Analyst), agency: Some("271") },
    Who { name: "officer-271", role: Some(Role::DataOfficer), agency: Some("271") },
    Who { name: "admin-271", role: Some(Role::Admin), agency: Some("271") },
];

impl Who {
    /// What the written rule says: roles by the table of rights, and nothing that is one for the whole city to who is
    /// bound to an agency.
    fn should(&self, need: Need) -> bool {
        let holds = |right: Right| {
            let role = self.role;
            match right {
                Right::ReadFigures | Right::Read => role.is_some(),
                Right::TakeLists => role.is_some_and(|role| role != Role::Leader),
                Right::WriteNotes => matches!(role, Some(Role::Analyst | Role::Admin)),
                Right::Import => matches!(role, Some(Role::DataOfficer | Role::Admin)),
                Right::Administer => role == Some(Role::Admin),
            }
        };
        match need {
            Need::Open | Need::OwnToken => true,
            Need::Person => self.role.is_some(),
            Need::May(right) => holds(right),
            Need::CityWide(right) => holds(right) && self.agency.is_none(),
        }
    }
}

/// An address of a route. Of what is set in type an address that says nothing sensible is enough: the gate comes first.
fn address_of(door: &Door) -> String {
    let path = door
        .path
        .replace("/bieu-do/{file}", "/bieu-do/ho-so-theo-thang.svg")
        .replace("/bang/{file}", "/bang/ho-so-theo-don-vi.csv")
        .replace("/mau/{file}", "/mau/petitions.csv")
        .replace("{kind}", "petitions")
        .replace("{id}", "1");
    let query = match door.path {
        "/bao-cao/thang.pdf"
        | "/bao-cao/thang.docx"
        | "/bao-cao/ii-06a.pdf"
        | "/bao-cao/ii-07b.pdf"
        | "/ho-so/danh-sach.pdf" => "?period=x&reason=thu",
        "/bao-cao/thang.html" | "/bao-cao/thay-doi" => "?period=2023-10",
        "/bao-cao/hop" | "/bao-cao/bien-ban" | "/bao-cao/bang-treo" | "/bao-cao/chot" => "?period=2023-10",
        "/bao-cao/ii-06a.xlsx" => "?period=2023-Q4",
        path if path.starts_with("/ho-so/danh-sach") => "?period=2023&list=late&reason=thu",
        path if path.starts_with("/api/") && !path.starts_with("/api/v1") => "?query=",
        _ => "",
    };
    format!("{path}{query}")
}

/// Whether somebody was let through: what the route itself says of what was asked does not count.
fn is_let_through(status: StatusCode, to: &str) -> bool {
    !matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::METHOD_NOT_ALLOWED)
        && !to.starts_with("/dang-nhap?back=")
        && to != "/dang-nhap"
}

#[tokio::test]
async fn every_route_lets_through_exactly_who_the_written_table_says() {
    let server = Server::city().await;
    let mut cookies = Vec::new();
    for who in &WHO {
        cookies.push(match who.role {
            Some(role) => {
                server.person(who.name, role, who.agency).await;
                Some(server.sign_in(who.name).await)
            }
            None => None,
        });
    }
    let mut table = String::from("| route | needs |");
    for who in &WHO {
        let _ = write!(table, " {} |", who.name);
    }
    let _ = write!(table, "\n|---|---|{}\n", "---|".repeat(WHO.len()));
    for door in DOORS {
        let _ = write!(table, "| `{} {}` | {:?} |", door.method, door.path, door.need);
        for (who, cookie) in WHO.iter().zip(&cookies) {
            let method: Method = door.method.parse().expect("a method");
            // Who signs out, or takes away what others of this test stand on, asks last.
            let is_let_through = if matches!(door.path, "/dang-xuat" | "/dang-nhap") {
                true
            } else {
                let request = super::visit::browser(method, &address_of(door), cookie.as_deref(), &[]);
                let answer = server.answer(request).await;
                let is_own_token = door.need == Need::OwnToken && answer.status == StatusCode::UNAUTHORIZED;
                is_own_token || is_let_through(answer.status, answer.header(header::LOCATION))
            };
            assert_eq!(
                is_let_through,
                who.should(door.need),
                "{} {} for {}",
                door.method,
                door.path,
                who.name
            );
            table.push_str(if is_let_through { " ● |" } else { " – |" });
        }
        table.push('\n');
    }
    if std::env::var_os("THUOCDO_WRITE").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/access/table.md"), &table)
            .expect("writes");
    } else {
        assert_eq!(
            table, TABLE,
            "the committed table is another: look at the difference, then write it anew"
        );
    }
}

#[tokio::test]
async fn no_route_is_without_a_line_and_no_line_without_a_route() {
    let server = Server::empty().await;
    // The router tells its paths to who debugs it, and in no other way.
    let told = format!("{:?}", server.router);
    let mut paths: BTreeSet<&str> = BTreeSet::new();
    for part in told.split("RouteId(").skip(1) {
        let Some(path) = part.split('"').nth(1).filter(|path| path.starts_with('/')) else { continue };
        paths.insert(path);
    }
    // What everybody gets: the client's files, and whether the server lives.
    let open = ["/pkg/{*file}", "/fonts/{file}", "/turn.js", "/favicon.svg", "/healthz", "/readyz"];
    paths.retain(|path| !open.contains(path) && !path.contains("fallback"));
    let known: BTreeSet<&str> = DOORS.iter().map(|door| door.path).collect();
    assert!(paths.len() > 40, "the paths are still told: {told:.300}");
    assert_eq!(paths.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new(), "a route without a line");
    assert_eq!(known.difference(&paths).collect::<Vec<_>>(), Vec::<&&str>::new(), "a line without a route");
}

#[tokio::test]
async fn who_is_bound_to_an_agency_sees_it_and_what_is_below_and_nothing_else() {
    let server = Server::city().await;
    server.person("officer", Role::Analyst, Some("271")).await;
    let cookie = server.sign_in("officer").await;
    let cookie = Some(cookie.as_str());
    for page in ["/", "/ho-so", "/phan-anh", "/doi-thoai", "/chi-so", "/bao-cao"] {
        let answer = server.visit(&format!("{page}?period=2023"), cookie).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{page} leads to the own agency");
        let to = answer.header(header::LOCATION).to_owned();
        assert!(to.contains("agency=271") && to.contains("period=2023"), "{to}");
        let answer = server.visit(&to, cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{to}");
        let text = answer.text();
        assert!(text.contains("Ba Vì"), "{page}");
        assert!(!text.contains("Sở Xây dựng"), "{page} shows another office");
        let outside = server.visit(&format!("{page}?period=2023&agency=SO-01"), cookie).await;
        assert_eq!(outside.status, StatusCode::BAD_REQUEST, "{page}: another office is as unknown as none");
    }
    // The same from every door that gives numbers: machines, charts, tables, lists, forms, briefs, search.
    let readings = server.visit("/api/v1/readings?period=2023&as_of=2023-12-31", cookie).await;
    let readings: serde_json::Value = serde_json::from_slice(&readings.body).expect("JSON");
    assert_eq!(readings["on_time_returns"]["received"], 4, "{readings}");
    for address in [
        "/bieu-do/don-vi-co-ho-so-tre.csv?period=2023",
        "/bieu-do/don-vi-theo-thang.json?period=2023",
        "/bang/ho-so-theo-don-vi.csv?period=2023",
        "/bao-cao/thang.html?period=2023-10",
        "/bao-cao/ii-06a.pdf?period=2023-Q4&by=unit",
        "/api/overview?query=period%3D2023",
        "/api/case-files?query=period%3D2023",
    ] {
        let answer = server.visit(address, cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        assert!(!answer.text().contains("Sở Xây dựng"), "{address} shows another office");
    }
    for outside in [
        "/api/v1/readings?agency=SO-01",
        "/bieu-do/ho-so-theo-thang.csv?agency=SO-01",
        "/bang/ho-so-theo-don-vi.csv?agency=HN",
        "/ho-so/danh-sach.xlsx?list=late&agency=SO-01&reason=x",
        "/bao-cao/thang.pdf?period=2023-10&agency=SO-01",
    ] {
        let answer = server.visit(outside, cookie).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{outside}");
    }
    let found = server.visit("/tim-kiem?find=Xây", cookie).await.text();
    assert!(!found.contains("Sở Xây dựng"), "a search shows another office");
    // The late file of the other office is in nobody else's list.
    let list = server.visit("/ho-so?agency=271&period=2023&list=received", cookie).await.text();
    assert!(list.contains(">c<") && !list.contains(">b<"), "the list holds the own files alone");
}

#[tokio::test]
async fn what_one_may_not_do_is_not_shown() {
    let server = Server::city().await;
    for (name, role) in [("leader", Role::Leader), ("analyst", Role::Analyst), ("officer", Role::DataOfficer)]
    {
        server.person(name, role, None).await;
    }
    let leader = server.sign_in("leader").await;
    let analyst = server.sign_in("analyst").await;
    let officer = server.sign_in("officer").await;
    let page = async |address: &str, cookie: &str| server.visit(address, Some(cookie)).await.text();
    let has_hand_in = |text: &str| text.contains("/du-lieu/tep");
    assert!(has_hand_in(&page("/du-lieu", &officer).await));
    assert!(
        !has_hand_in(&page("/du-lieu", &leader).await) && !has_hand_in(&page("/du-lieu", &analyst).await)
    );
    assert!(
        page("/du-lieu", &officer).await.contains("undo=")
            && !page("/du-lieu", &analyst).await.contains("undo=")
    );
    let reports = "/bao-cao?period=2023";
    assert!(page(reports, &analyst).await.contains("/bao-cao/chot"));
    assert!(!page(reports, &leader).await.contains("/bao-cao/chot"));
    let meeting = "/bao-cao/hop?period=2023-10";
    assert!(
        page(meeting, &analyst).await.contains("<form") && !page(meeting, &leader).await.contains("<form")
    );
    let account = page("/tai-khoan", &leader).await;
    assert!(
        account.contains("Người leader") && !account.contains("/quan-tri"),
        "no way to where one may not go"
    );
}

#[tokio::test]
async fn while_nobody_has_an_account_this_machine_works_and_no_other_is_let_in() {
    let server = Server::city().await;
    assert_eq!(server.visit("/", None).await.status, StatusCode::OK);
    let mut far = super::visit::browser(Method::GET, "/", None, &[]);
    let there: std::net::SocketAddr = "10.0.0.9:4000".parse().expect("an address");
    far.extensions_mut().insert(axum::extract::ConnectInfo(there));
    let answer = server.answer(far).await;
    assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/dang-nhap"));
    let admin = server.visit("/quan-tri", None).await;
    assert_ne!(admin.status, StatusCode::OK, "people are let in by a link, not by sitting there");
    server.person("admin", Role::Admin, None).await;
    let answer = server.visit("/ho-so?period=2023", None).await;
    let back = "/dang-nhap?back=%2Fho-so%3Fperiod%3D2023";
    assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, back));
    let readings = server.get("/api/v1/readings").await;
    assert_eq!(readings.0, StatusCode::UNAUTHORIZED, "from then on also here");
}

#[tokio::test]
async fn a_program_reads_with_a_token_of_its_own_that_opens_nothing_else() {
    let server = Server::city().await;
    server.person("admin", Role::Admin, None).await;
    let today = crate::helpers::TODAY.parse().expect("a date");
    let give = async |name: &str, opens| {
        server.store.give_token(name, &server::tokens::hash(name), opens, today).await.expect("gives");
    };
    give("doc", store::Opens::Readings).await;
    give("gui", store::Opens::Push).await;
    let asked = async |method: Method, address: &str, token: &str| {
        let mut request = super::visit::browser(method, address, None, &[]);
        let bearer = format!("Bearer {token}").parse().expect("a header");
        request.headers_mut().insert(header::AUTHORIZATION, bearer);
        server.answer(request).await
    };
    let readings = asked(Method::GET, "/api/v1/readings?period=2023", "doc").await;
    assert_eq!(readings.status, StatusCode::OK, "{}", readings.text());
    assert_eq!(asked(Method::GET, "/api/v1/readings", "gui").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(asked(Method::GET, "/api/v1/readings", "khac").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(asked(Method::POST, "/api/v1/import/petitions", "doc").await.status, StatusCode::UNAUTHORIZED);
    assert_ne!(asked(Method::GET, "/ho-so", "doc").await.status, StatusCode::OK, "no page");
}
