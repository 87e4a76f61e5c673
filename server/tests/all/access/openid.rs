//! Signing in at a provider of OpenID Connect, and what is not believed of one.

use std::sync::atomic::Ordering;

use axum::http::{Method, StatusCode, header};
use server::access::NameClaim;
use store::people::NewPerson;
use thuocdo::{access::Role, audit::Action};

use super::{
    provider::{Forgery, Provider},
    visit::{Answer, PASSWORD, browser, noted},
};
use crate::helpers::Server;

/// A server whose people may sign in at a provider, and «lan», known there as `lan@city`.
async fn city() -> (Server, Provider) {
    let provider = Provider::start().await;
    let server = Server::city().await.under(provider.settings(NameClaim::PreferredUsername));
    lets_in(&server, "lan", "lan@city").await;
    provider.is_visited_by("subject-1", Some("Lan@City"));
    (server, provider)
}

async fn lets_in(server: &Server, name: &str, openid_name: &str) -> i64 {
    let new = NewPerson {
        name: name.to_owned(),
        shown_as: format!("Người {name}"),
        role: Role::Leader,
        agency_code: None,
        openid_name: Some(openid_name.to_owned()),
    };
    server.store.people().let_in(&new, "stamp", 1).await.expect("answers").expect("a new name")
}

/// Sets out: where to, and the cookie that the browser keeps.
async fn sets_out(server: &Server, address: &str) -> (String, String) {
    let answer = server.visit(address, None).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let kept = answer.header(header::SET_COOKIE);
    for part in ["__Host-thuocdo-openid=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=600"] {
        assert!(kept.contains(part), "{kept}");
    }
    let cookie = kept.split(';').next().expect("a cookie").to_owned();
    (answer.header(header::LOCATION).to_owned(), cookie)
}

/// The whole way: out, through the provider, and back.
async fn signs_in(server: &Server, provider: &Provider) -> Answer {
    let (there, cookie) = sets_out(server, "/dang-nhap/openid?back=/ho-so?period=2023").await;
    server.visit(&provider.visit(&there).await, Some(&cookie)).await
}

#[tokio::test]
async fn who_signs_in_at_the_provider_comes_back_to_the_page_one_came_for() {
    let (server, provider) = city().await;
    let page = server.visit("/dang-nhap?back=/ho-so", None).await.text();
    assert!(page.contains("Đăng nhập bằng tài khoản công vụ"), "{page}");
    assert!(page.contains("/dang-nhap/openid?back=%2Fho-so"), "{page}");
    let back = signs_in(&server, &provider).await;
    assert_eq!((back.status, back.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/ho-so?period=2023"));
    let cookies: Vec<_> = back.headers.get_all(header::SET_COOKIE).into_iter().collect();
    assert!(
        cookies
            .iter()
            .any(|cookie| cookie.to_str().is_ok_and(|text| text.starts_with("__Host-thuocdo-openid=;"))),
        "what was kept is given up: {cookies:?}"
    );
    let cookie = back.cookie().expect("a session");
    assert_eq!(server.visit("/", Some(&cookie)).await.status, StatusCode::OK);
    let (who, _, how) = noted(&server, Action::SignedIn).await.remove(0);
    assert_eq!((who.as_str(), how.as_str()), ("lan", "OpenID Connect"));
    // Of who has no password here, none is asked for.
    let account = server.visit("/tai-khoan", Some(&cookie)).await.text();
    assert!(account.contains("lan@city") && !account.contains("name=\"old\""), "{account}");
}

#[tokio::test]
async fn a_name_that_the_provider_tells_only_when_asked_is_asked_for() {
    let (server, provider) = city().await;
    provider.tells_the_name_only_when_asked();
    assert_eq!(signs_in(&server, &provider).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_account_stays_with_who_came_first_although_the_name_is_given_to_somebody_else_there() {
    let (server, provider) = city().await;
    assert_eq!(signs_in(&server, &provider).await.status, StatusCode::SEE_OTHER);
    provider.is_visited_by("subject-1", Some("lan.nguyen@city"));
    assert_eq!(signs_in(&server, &provider).await.status, StatusCode::SEE_OTHER, "renamed there");
    provider.is_visited_by("subject-2", Some("lan@city"));
    let other = signs_in(&server, &provider).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    assert!(other.cookie().is_none() && other.text().contains("lan@city"), "{}", other.text());
}

#[tokio::test]
async fn who_has_no_account_here_or_a_shut_one_stays_outside_and_is_told_the_name_to_give() {
    let (server, provider) = city().await;
    server.person("minh", Role::Admin, None).await;
    provider.is_visited_by("subject-9", Some("minh"));
    let answer = signs_in(&server, &provider).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "a sign-in name of here says nothing there");
    assert!(answer.text().contains("«minh»"), "{}", answer.text());
    assert_eq!(noted(&server, Action::SignInRefused).await.len(), 1);
    let lan =
        server.store.people().account("lan").await.expect("known").expect("an account").person.person_id;
    server.store.people().set_disabled(lan, Some(5), "shut").await.expect("shuts");
    provider.is_visited_by("subject-1", Some("lan@city"));
    assert_eq!(signs_in(&server, &provider).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_no_honest_provider_says_is_not_believed() {
    let (server, provider) = city().await;
    for forgery in [
        Forgery::OfAnotherSignIn,
        Forgery::ForSomebodyElse,
        Forgery::OfAnotherProvider,
        Forgery::Old,
        Forgery::SignedByAnother,
        Forgery::SignedWithTheClientsSecret,
        Forgery::NotSigned,
        Forgery::OfAnotherAccessToken,
    ] {
        provider.forges(Some(forgery));
        let answer = signs_in(&server, &provider).await;
        assert!(answer.cookie().is_none(), "{forgery:?}");
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{forgery:?}");
    }
    provider.forges(None);
    assert_eq!(signs_in(&server, &provider).await.status, StatusCode::SEE_OTHER);
    provider.changes_its_key();
    assert_eq!(
        signs_in(&server, &provider).await.status,
        StatusCode::SEE_OTHER,
        "its keys are asked for anew"
    );
}

#[tokio::test]
async fn an_answer_that_this_browser_did_not_set_out_for_is_refused_without_asking_the_provider() {
    let (server, provider) = city().await;
    let (there, cookie) = sets_out(&server, "/dang-nhap/openid").await;
    let back = provider.visit(&there).await;
    let (_, elsewhere) = sets_out(&server, "/dang-nhap/openid").await;
    for cookie in [None, Some(elsewhere.as_str())] {
        let answer = server.visit(&back, cookie).await;
        assert_eq!((answer.status, answer.cookie()), (StatusCode::BAD_REQUEST, None));
    }
    assert_eq!(provider.exchanges.load(Ordering::SeqCst), 0);
    // A code that somebody else got, with one's own state: the provider sees that it is not this browser's.
    let (own, own_cookie) = sets_out(&server, "/dang-nhap/openid").await;
    let own_back = provider.visit(&own).await;
    let (code, state) =
        (back.split(['=', '&']).nth(1).expect("a code"), own_back.split("state=").nth(1).expect("a state"));
    let mixed = format!("/dang-nhap/openid/tro-lai?code={code}&state={state}");
    assert_eq!(server.visit(&mixed, Some(&own_cookie)).await.status, StatusCode::FORBIDDEN);
    // And the honest one was used up by it.
    assert_eq!(server.visit(&back, Some(&cookie)).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn who_cancels_at_the_provider_reads_so_and_may_still_use_a_password() {
    let (server, _provider) = city().await;
    server.person("minh", Role::Leader, None).await;
    let (there, cookie) = sets_out(&server, "/dang-nhap/openid").await;
    let state = there.split("state=").nth(1).and_then(|rest| rest.split('&').next()).expect("a state");
    let cancelled = format!("/dang-nhap/openid/tro-lai?error=access_denied&state={state}");
    let answer = server.visit(&cancelled, Some(&cookie)).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text().contains("bạn đã huỷ"), "{}", answer.text());
    let request = browser(Method::POST, "/dang-nhap", None, &[("name", "minh"), ("password", PASSWORD)]);
    assert_eq!(server.answer(request).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_provider_that_is_away_stops_nobody_who_has_a_password() {
    let provider = Provider::away().await;
    let server = Server::city().await.under(provider.settings(NameClaim::Sub));
    server.person("minh", Role::Leader, None).await;
    let answer = server.visit("/dang-nhap/openid", None).await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert!(answer.text().contains("hệ thống đăng nhập chung"), "{}", answer.text());
    assert!(server.visit("/", Some(&server.sign_in("minh").await)).await.status.is_success());
    let without = Server::city().await;
    without.person("minh", Role::Leader, None).await;
    assert_eq!(without.visit("/dang-nhap/openid", None).await.status, StatusCode::NOT_FOUND);
    assert!(!without.visit("/dang-nhap", None).await.text().contains("/dang-nhap/openid"));
}

#[tokio::test]
async fn codes_that_somebody_makes_up_are_slowed_down_like_passwords() {
    let (server, provider) = city().await;
    let mut last = StatusCode::OK;
    for _ in 0..31 {
        let (there, cookie) = sets_out(&server, "/dang-nhap/openid").await;
        let state = there.split("state=").nth(1).and_then(|rest| rest.split('&').next()).expect("a state");
        let made_up = format!("/dang-nhap/openid/tro-lai?code=made-up&state={state}");
        last = server.visit(&made_up, Some(&cookie)).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(provider.exchanges.load(Ordering::SeqCst), 30);
}

#[tokio::test]
async fn an_administrator_writes_down_the_name_at_the_provider_instead_of_handing_over_a_link() {
    let (server, provider) = city().await;
    server.person("admin", Role::Admin, None).await;
    let admin = server.sign_in("admin").await;
    let form = [
        ("name", "hoa"),
        ("shown_as", "Người hoa"),
        ("role", "leader"),
        ("agency", ""),
        ("openid_name", "Hoa@City"),
    ];
    let page = server.submit("/quan-tri/nguoi", Some(&admin), &form).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("hoa@city") && !page.text().contains("lien-ket?ma="), "{}", page.text());
    provider.is_visited_by("subject-7", Some("hoa@city"));
    let hoa = signs_in(&server, &provider).await.cookie().expect("a session");
    assert_eq!(server.visit("/", Some(&hoa)).await.status, StatusCode::OK);
    let taken = [
        ("name", "mai"),
        ("shown_as", "Mai"),
        ("role", "leader"),
        ("agency", ""),
        ("openid_name", "hoa@city"),
    ];
    assert_eq!(server.submit("/quan-tri/nguoi", Some(&admin), &taken).await.status, StatusCode::CONFLICT);
    // A link that is handed over begins with the address of the settings, not with what the browser calls the server.
    let plain = [("name", "mai"), ("shown_as", "Mai"), ("role", "leader"), ("agency", "")];
    let mut request = browser(Method::POST, "/quan-tri/nguoi", Some(&admin), &plain);
    request.headers_mut().insert(header::HOST, header::HeaderValue::from_static("evil.example"));
    request.headers_mut().insert(header::ORIGIN, header::HeaderValue::from_static("http://evil.example"));
    let page = server.answer(request).await.text();
    assert!(page.contains("https://thuocdo.example/dang-nhap/lien-ket?ma="), "{page}");
}
