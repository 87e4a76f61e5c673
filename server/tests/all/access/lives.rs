//! The lives of sessions, passwords, links and accounts, and what the log says of them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use axum::http::{StatusCode, header};
use server::access::AccessSettings;
use store::people::Invited;
use thuocdo::{access::Role, audit::Action};

use super::visit::{PASSWORD, clock, noted, with_admin};
use crate::{helpers::Server, read_back::Desk};

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_when_it_is_old_and_when_its_owner_says_so() {
    let at = Arc::new(AtomicI64::new(1_000_000));
    let settings = AccessSettings {
        idle: Duration::from_secs(3_600),
        longest: Duration::from_secs(10_000),
        ..clock(&at)
    };
    let server = Server::city().await.under(settings);
    server.person("lan", Role::Leader, None).await;
    let is_in = async |cookie: &str| server.visit("/tai-khoan", Some(cookie)).await.status == StatusCode::OK;
    let unused = server.sign_in("lan").await;
    let used = server.sign_in("lan").await;
    for _ in 0..3 {
        at.fetch_add(3_000, Ordering::SeqCst);
        assert!(is_in(&used).await, "used in time, it goes on");
    }
    assert!(!is_in(&unused).await, "not used for an hour");
    at.fetch_add(1_000, Ordering::SeqCst);
    assert!(!is_in(&used).await, "as old as a session may be");

    let (one, other, third) =
        (server.sign_in("lan").await, server.sign_in("lan").await, server.sign_in("lan").await);
    let signed_out = server.submit("/dang-xuat", Some(&third), &[]).await;
    assert!(signed_out.header(header::SET_COOKIE).contains("Max-Age=0"));
    assert!(!is_in(&third).await);
    server.submit("/tai-khoan/phien", Some(&one), &[("end", "others")]).await;
    assert!(is_in(&one).await && !is_in(&other).await);
    let text = server.visit("/tai-khoan", Some(&one)).await.text();
    assert!(text.contains("Firefox, Linux") && text.contains("127.0.0.1"), "where and by what it is used");
}

#[tokio::test]
async fn a_new_password_ends_every_other_session_and_needs_the_old_one() {
    let server = Server::city().await;
    server.person("lan", Role::Leader, None).await;
    let (one, other) = (server.sign_in("lan").await, server.sign_in("lan").await);
    let change = async |old: &str, new: &str, again: &str| {
        server
            .submit("/tai-khoan/mat-khau", Some(&one), &[("old", old), ("password", new), ("again", again)])
            .await
    };
    let new = "một câu khác hẳn câu kia";
    assert_eq!(change("sai", new, new).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(change(PASSWORD, new, "khác").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(change(PASSWORD, "ngắn", "ngắn").await.status, StatusCode::BAD_REQUEST);
    let changed = change(PASSWORD, new, new).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text());
    let moved = changed.cookie().expect("the session goes on under a new number");
    assert_eq!(server.visit("/tai-khoan", Some(&moved)).await.status, StatusCode::OK);
    for ended in [&one, &other] {
        assert_eq!(server.visit("/tai-khoan", Some(ended)).await.status, StatusCode::SEE_OTHER);
    }
    let old = server.submit("/dang-nhap", None, &[("name", "lan"), ("password", PASSWORD)]).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn another_role_or_a_shut_account_ends_what_was_open_and_the_last_administrator_stays() {
    let (server, admin) = with_admin().await;
    let id = server.person("lan", Role::Analyst, None).await;
    let own = server.sign_in("lan").await;
    let at = format!("/quan-tri/nguoi/{id}");
    let change = [("do", "change"), ("shown_as", "Lan"), ("role", "data_officer"), ("agency", "271")];
    assert_eq!(server.submit(&at, Some(&admin), &change).await.status, StatusCode::SEE_OTHER);
    assert_eq!(server.visit("/tai-khoan", Some(&own)).await.status, StatusCode::SEE_OTHER);
    let own = server.sign_in("lan").await;
    assert!(server.visit("/tai-khoan", Some(&own)).await.text().contains("Cán bộ dữ liệu"));
    let page = server.visit(&at, Some(&admin)).await.text();
    let page = crate::helpers::visible(&page);
    assert!(page.contains("Hồ sơ 5 "), "what the person sees is counted: {page}");
    assert_eq!(server.submit(&at, Some(&admin), &[("do", "disable")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(server.visit("/tai-khoan", Some(&own)).await.status, StatusCode::SEE_OTHER);
    let shut = server.submit("/dang-nhap", None, &[("name", "lan"), ("password", PASSWORD)]).await;
    assert_eq!(shut.status, StatusCode::UNAUTHORIZED);

    let admin_id =
        server.store.people().account("admin").await.expect("known").expect("one").person.person_id;
    let at = format!("/quan-tri/nguoi/{admin_id}");
    for form in [
        &[("do", "disable")][..],
        &[("do", "change"), ("shown_as", "A"), ("role", "leader"), ("agency", "")][..],
        &[("do", "change"), ("shown_as", "A"), ("role", "admin"), ("agency", "271")][..],
    ] {
        assert_eq!(server.submit(&at, Some(&admin), form).await.status, StatusCode::CONFLICT, "{form:?}");
    }
    let lines = noted(&server, Action::PersonChanged).await;
    assert_eq!(lines[1], ("admin".to_owned(), "lan".to_owned(), "data_officer · 271".to_owned()));
}

#[tokio::test]
async fn an_administrator_of_an_agency_gives_nothing_beyond_it_and_sees_no_other_people() {
    let server = Server::city().await;
    let far = server.person("far", Role::Leader, None).await;
    server.person("bavi", Role::Admin, Some("271")).await;
    let bavi = server.sign_in("bavi").await;
    let page = server.visit("/quan-tri", Some(&bavi)).await.text();
    assert!(page.contains("bavi") && !page.contains(">far<"));
    let at = format!("/quan-tri/nguoi/{far}");
    assert_eq!(server.visit(&at, Some(&bavi)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.submit(&at, Some(&bavi), &[("do", "link")]).await.status, StatusCode::NOT_FOUND);
    let let_in = async |agency: &str| {
        let form = [("name", "moi"), ("shown_as", "Mới"), ("role", "admin"), ("agency", agency)];
        server.submit("/quan-tri/nguoi", Some(&bavi), &form).await.status
    };
    assert_eq!(let_in("").await, StatusCode::BAD_REQUEST, "not the whole city");
    assert_eq!(let_in("SO-01").await, StatusCode::BAD_REQUEST, "not another office");
    assert_eq!(let_in("271-01").await, StatusCode::OK, "a commune below");
    let list = server.visit("/quan-tri/nhat-ky", Some(&bavi)).await;
    assert_eq!(list.status, StatusCode::FORBIDDEN, "the log is the whole city's");
}

#[tokio::test]
async fn the_first_link_makes_one_administrator_and_a_persons_link_sets_one_password() {
    let server = Server::city().await;
    let now = server::clock::seconds();
    let (people, token) = (server.store.people(), "thuocdo_first");
    people.invite(Invited::FirstAdmin, &server::tokens::hash(token), now + 60).await.expect("invites");
    let page = server.visit(&format!("/dang-nhap/lien-ket?ma={token}"), None).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Người quản trị đầu tiên"));
    let form = |name: &'static str, password: &'static str| {
        vec![("ma", token), ("name", name), ("shown_as", "Lan"), ("password", password), ("again", password)]
    };
    let short = server.submit("/dang-nhap/lien-ket", None, &form("lan", "ngắn")).await;
    assert_eq!(short.status, StatusCode::BAD_REQUEST);
    assert!(short.text().contains("value=\"lan\""), "what was typed stays");
    let came = server.submit("/dang-nhap/lien-ket", None, &form("lan", PASSWORD)).await;
    let admin = came.cookie().expect("signed in at once");
    assert_eq!(server.visit("/quan-tri", Some(&admin)).await.status, StatusCode::OK);
    let again = server.submit("/dang-nhap/lien-ket", None, &form("evil", PASSWORD)).await;
    assert_eq!(again.status, StatusCode::GONE);

    let new = [("name", "minh"), ("shown_as", "Trần Minh"), ("role", "analyst"), ("agency", "")];
    let page = server.submit("/quan-tri/nguoi", Some(&admin), &new).await.text();
    let link = page.split("ma=").nth(1).and_then(|rest| rest.split(['<', '&', '"']).next()).expect("a link");
    assert_eq!(server.submit("/quan-tri/nguoi", Some(&admin), &new).await.status, StatusCode::CONFLICT);
    let form = [("ma", link), ("password", PASSWORD), ("again", PASSWORD)];
    assert!(server.submit("/dang-nhap/lien-ket", None, &form).await.cookie().is_some());
    assert_eq!(server.submit("/dang-nhap/lien-ket", None, &form).await.status, StatusCode::GONE);
    server.sign_in("minh").await;
}

#[tokio::test]
async fn a_list_is_offered_to_who_may_take_it_alone() {
    let server = Server::city().await;
    server.person("lan", Role::Analyst, None).await;
    server.person("lanh-dao", Role::Leader, None).await;
    for (who, is_offered) in [("lan", true), ("lanh-dao", false)] {
        let cookie = server.sign_in(who).await;
        for page in ["/ho-so?period=2023&list=late", "/bao-cao?period=2023"] {
            let text = server.visit(page, Some(&cookie)).await.text();
            assert_eq!(text.contains("/ho-so/danh-sach."), is_offered, "{page} for {who}");
        }
    }
}

#[tokio::test]
async fn a_list_of_files_is_taken_with_a_reason_and_the_log_keeps_it() {
    let server = Server::city().await;
    server.person("lan", Role::Analyst, None).await;
    server.person("lanh-dao", Role::Leader, None).await;
    let (lan, leader) = (server.sign_in("lan").await, server.sign_in("lanh-dao").await);
    let list = "/ho-so/danh-sach.xlsx?period=2023&list=late";
    let asked = server.visit(list, Some(&lan)).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(
        asked.text().contains("name=\"reason\"") && asked.text().contains("value=\"late\""),
        "asks first"
    );
    let taken = server.visit(&format!("{list}&reason=Họp+giao+ban"), Some(&lan)).await;
    let cells = Desk::new().xlsx(&taken.body);
    let says_who = |value: &str| value.contains("Tải bởi lan, ") && value.contains(": Họp giao ban");
    assert!(cells.iter().any(|(value, _)| says_who(value)), "the file itself says who took it: {cells:?}");
    let refused = server.visit(list, Some(&leader)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let lines = noted(&server, Action::ListTaken).await;
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].0.as_str(), lines[0].2.as_str()), ("lan", "Họp giao ban"));
    assert!(lines[0].1.contains("list=late"));
    let lines = noted(&server, Action::Refused).await;
    assert_eq!(lines[0].0, "lanh-dao");
    // The log names them to who may read it, and that it was read.
    server.person("admin", Role::Admin, None).await;
    let admin = server.sign_in("admin").await;
    let log = server.visit("/quan-tri/nhat-ky?who=lan", Some(&admin)).await.text();
    assert!(log.contains("Họp giao ban") && log.contains("nguyên vẹn"));
    let file = server.visit("/quan-tri/nhat-ky.csv?what=list_taken", Some(&admin)).await.text();
    assert!(file.contains("Họp giao ban") && file.lines().count() == 2, "{file}");
    assert_eq!(noted(&server, Action::AuditRead).await.len(), 2);
}
